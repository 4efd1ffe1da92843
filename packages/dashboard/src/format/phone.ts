import type { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { useSyncExternalStore } from 'react';
import { nanpCountry } from './nanp.ts';

export interface FormattedNumber {
  /** As people of its country write it, `(415) 555-0101`. */
  national: string;
  /** ISO 3166-1 alpha-2; null where the number does not say, or it is not known yet. */
  country: string | null;
  type: 'local' | 'toll-free';
}

/** Area codes of the North American plan whose calls cost the caller nothing. */
const NANP_TOLL_FREE = /^\+1(800|822|833|844|855|866|877|88[0-9])/;

/** Elsewhere most numbers that cost the caller nothing begin so, after the country. */
const TOLL_FREE = /^80[08]/;

/** What is known of every country's numbers is large: it comes when the first number from elsewhere is to be shown. */
let parse: typeof parsePhoneNumberFromString | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();
const known = new Map<string, FormattedNumber>();

export function formatPhone(e164: string): FormattedNumber {
  const before = known.get(e164);
  if (before) return before;
  const nanp = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  if (!nanp && !parse) {
    void loadFormats();
    return { national: e164, country: null, type: 'local' };
  }
  const formatted = nanp ? formatNanp(e164, nanp) : formatOther(e164);
  known.set(e164, formatted);
  return formatted;
}

/** {@link formatPhone} for a component, which is drawn again when more is known. */
export function usePhones(): typeof formatPhone {
  useSyncExternalStore(subscribe, () => parse);
  return formatPhone;
}

/** Loads what is needed for numbers from everywhere. */
export function loadFormats(): Promise<void> {
  loading ??= import('libphonenumber-js/min').then(
    (library) => {
      parse = library.parsePhoneNumberFromString;
      for (const listener of listeners) listener();
    },
    () => {
      // Numbers stay as they are; the next one tries again.
      loading = null;
    },
  );
  return loading;
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function formatNanp(e164: string, [, area = '', exchange = '', line = '']: RegExpExecArray): FormattedNumber {
  return {
    national: `(${area}) ${exchange}-${line}`,
    country: nanpCountry(area),
    type: NANP_TOLL_FREE.test(e164) ? 'toll-free' : 'local',
  };
}

function formatOther(e164: string): FormattedNumber {
  const parsed = parse?.(e164);
  return {
    national: parsed?.formatNational() ?? e164,
    country: parsed?.country ?? null,
    type: TOLL_FREE.test(parsed?.nationalNumber ?? '') ? 'toll-free' : 'local',
  };
}
