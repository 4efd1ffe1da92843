import type en from './en.ts';
import type { ProblemSentences } from './problems.ts';

export type Language = 'en' | 'de';

/** The same keys with any words: what each language has to have, no more and no less. */
type Worded<Words> = { [Key in keyof Words]: Words[Key] extends string ? string : Worded<Words[Key]> };

export type Texts = Worded<typeof en>;

/** A language file; what refusals say in English is the server's own. */
export type LanguageFile = Texts & { problems: ProblemSentences };

/** The texts of one page in another language than English. */
export type PageTexts<Page extends keyof Texts> = Texts[Page];

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}
