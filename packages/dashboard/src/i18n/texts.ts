import type en from './en.ts';
import type more from './en-more.ts';
import type { ProblemSentences } from './problems.ts';

export type Language = 'en' | 'de';

/** The same keys with any words: what each language has to have, no more and no less. */
type Worded<Words> = { [Key in keyof Words]: Words[Key] extends string ? string : Worded<Words[Key]> };

export type FirstTexts = Worded<typeof en>;
export type MoreTexts = Worded<typeof more>;
type Texts = FirstTexts & MoreTexts;

/** What refusals say; in English that is the server's own. */
export interface Problems {
  problems: ProblemSentences;
}

/** The texts of one page in another language than English. */
export type PageTexts<Page extends keyof Texts> = Texts[Page];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en & typeof more;
  }
}
