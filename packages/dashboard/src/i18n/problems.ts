import {
  ConnectionError,
  type RefusalCode,
  RefusalError,
  TimeoutError,
  UnexpectedResponseError,
} from '@talkturo/client';
import i18next from 'i18next';

/** Codes in words of a language; the server's own sentences are English. */
export type ProblemSentences = Partial<Record<RefusalCode, string>>;

/** Of codes that are no fault of whoever asks: with the id, the operators find what happened. */
const WORTH_AN_ID = ['internal', 'carrier_error'];

/** What went wrong, as a sentence. */
export function sayProblem(error: Error): string {
  if (error instanceof RefusalError) return sentenceOf(error);
  if (
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    error instanceof UnexpectedResponseError
  )
    return i18next.t('problem.noAnswer');
  return i18next.t('problem.unforeseen');
}

function sentenceOf({ code, message, eligibility }: RefusalError): string {
  const key = `problems:${code}`;
  return i18next.exists(key) ? i18next.t(key as never, { ...eligibility }) : message;
}

export function requestIdOf(error: Error): string | null {
  return error instanceof RefusalError && WORTH_AN_ID.includes(error.code) ? error.requestId : null;
}

/** What the server says is wrong with one field of a request: `areaCode` of `filters.areaCode`. */
export function problemAt(error: Error | null, field: string): string | undefined {
  if (!(error instanceof RefusalError)) return undefined;
  return error.issues?.find(({ path }) => path === field || path.endsWith(`.${field}`))?.message;
}
