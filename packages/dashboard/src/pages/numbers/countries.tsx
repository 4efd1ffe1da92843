import { CALLING_CODES } from '../../format/calling-codes.ts';
import type { Option } from '../../ui/combobox.tsx';
import { Flag } from '../../ui/flag.tsx';

/** Where most numbers are bought; they come first. */
const FIRST = ['US', 'CA', 'GB', 'DE'];

/** All countries that have telephone numbers, by their names in a language. */
export function countriesIn(language: string): Option[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const collator = new Intl.Collator(language);
  const all = [...CALLING_CODES].map(([code, calling]) => ({ code, calling, name: names.of(code) ?? code }));
  const rank = (code: string) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  return all
    .sort((one, other) => rank(one.code) - rank(other.code) || collator.compare(one.name, other.name))
    .map(({ code, calling, name }) => ({
      value: code,
      label: `${name} +${calling}`,
      icon: <Flag country={code} />,
      keywords: code,
    }));
}
