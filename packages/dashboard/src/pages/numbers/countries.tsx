import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import type { Option } from '../../ui/combobox.tsx';
import { Flag } from '../../ui/flag.tsx';

/** Where most numbers are bought; they come first. */
const FIRST = ['US', 'CA', 'GB', 'DE'];

/** All countries that have telephone numbers, by their names in a language. */
export function countriesIn(language: string): Option[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  const collator = new Intl.Collator(language);
  const all = getCountries().map((code) => ({ code, name: names.of(code) ?? code }));
  const rank = (code: string) => (FIRST.includes(code) ? FIRST.indexOf(code) : FIRST.length);
  return all
    .sort((one, other) => rank(one.code) - rank(other.code) || collator.compare(one.name, other.name))
    .map(({ code, name }) => ({
      value: code,
      label: `${name} +${getCountryCallingCode(code)}`,
      icon: <Flag country={code} />,
      keywords: code,
    }));
}
