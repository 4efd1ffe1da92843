import { keep, kept } from '../session/kept.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function chosenTheme(): Theme {
  return THEMES.find((each) => each === kept('theme')) ?? 'system';
}

/** Shows the page as it was chosen before, or as it is chosen now. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  keep('theme', theme === 'system' ? null : theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
