import type { Eligibility } from '@talkturo/client';
import i18next from 'i18next';

/** Why a purchase would be refused, in the person's language where we know the code. */
export function sayRefusal(refusal: { code: string; error: string }, slots: Eligibility | undefined): string {
  const key = `problems:${refusal.code}`;
  return i18next.exists(key) ? i18next.t(key as never, { ...slots }) : refusal.error;
}
