import type { PhoneNumber } from '@talkturo/client';
import { formatPhone } from '../../format/phone.ts';
import type { NumbersSearch } from './search-params.ts';

/** The numbers that fit what stands in the address. */
export function narrow(numbers: readonly PhoneNumber[], wish: NumbersSearch): PhoneNumber[] {
  const words = wish.search?.trim().toLocaleLowerCase() ?? '';
  // Digits are looked for in numbers only where all of it could be a number: "Team 2" is a name.
  const digits = /^[\d\s()+./-]+$/.test(words) ? words.replace(/\D/g, '') : '';
  return numbers.filter(
    (number) =>
      (wish.status === undefined || number.status === wish.status) &&
      (wish.assistant === undefined || (number.assistant_id ?? 'none') === wish.assistant) &&
      (wish.type === undefined || formatPhone(number.phone_number).type === wish.type) &&
      (words === '' || hasDigits(number, digits) || hasWords(number, words)),
  );
}

function hasDigits({ phone_number }: PhoneNumber, digits: string): boolean {
  return digits !== '' && phone_number.includes(digits);
}

function hasWords({ label, assistant_name, created_by_name }: PhoneNumber, words: string): boolean {
  return [label, assistant_name, created_by_name].some((text) => text?.toLocaleLowerCase().includes(words));
}
