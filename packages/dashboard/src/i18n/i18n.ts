import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keep, kept } from '../session/kept.ts';
import type { FirstTexts, Language, MoreTexts, Problems } from './texts.ts';

interface LanguageFiles {
  first: () => Promise<{ default: FirstTexts }>;
  more: () => Promise<{ default: MoreTexts & Partial<Problems> }>;
}

/** Each in files of its own, so that nobody loads the others; and what the first pages do not need, later. */
const LANGUAGES: Record<Language, LanguageFiles> = {
  en: { first: () => import('./en.ts'), more: () => import('./en-more.ts') },
  de: { first: () => import('./de.ts'), more: () => import('./de-more.ts') },
};

export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', de: 'Deutsch' };

/** The one that was chosen before, else the first of the browser's that there is, else English. */
function firstLanguage(): Language {
  const wanted = [kept('language'), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find(isLanguage) ?? 'en';
}

function isLanguage(text: string | null | undefined): text is Language {
  return text !== null && text !== undefined && Object.hasOwn(LANGUAGES, text);
}

export async function startLanguage(): Promise<void> {
  const language = firstLanguage();
  const { default: texts } = await LANGUAGES[language].first();
  await i18next.use(initReactI18next).init({
    lng: language,
    defaultNS: 'common',
    resources: { [language]: texts },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

/** The texts of the pages that are not among the first, and what refusals say in this language. */
export async function loadMoreTexts(language = currentLanguage()): Promise<void> {
  const { default: texts } = await LANGUAGES[language].more();
  addTexts(language, texts);
}

export async function chooseLanguage(language: Language): Promise<void> {
  const [{ default: texts }] = await Promise.all([LANGUAGES[language].first(), loadMoreTexts(language)]);
  addTexts(language, texts);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  keep('language', language);
}

function addTexts(language: Language, texts: object): void {
  for (const [page, words] of Object.entries(texts)) i18next.addResourceBundle(language, page, words);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}
