import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { keep, kept } from '../session/kept.ts';
import type { Language, LanguageFile, Texts } from './texts.ts';

/** Each comes with a file of its own, so that nobody loads the others. */
const LANGUAGES: Record<Language, () => Promise<{ default: Texts & Partial<LanguageFile> }>> = {
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
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
  const { default: texts } = await LANGUAGES[language]();
  await i18next.use(initReactI18next).init({
    lng: language,
    defaultNS: 'common',
    resources: { [language]: texts },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  document.documentElement.lang = language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  const { default: texts } = await LANGUAGES[language]();
  for (const [page, words] of Object.entries(texts)) i18next.addResourceBundle(language, page, words);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
  keep('language', language);
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : 'en';
}
