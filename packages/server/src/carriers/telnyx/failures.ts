import Telnyx from 'telnyx';
import { CarrierError, type OrderOutcome, type RejectionReason } from '../carrier.ts';
import { isRecord, type JsonRecord, recordsIn, textIn, UnreadableAnswer } from './json-fields.ts';

/** What became of a call that did not end well. `text` is for the log: no key, no headers, no whole body. */
export type Failure =
  | { kind: 'answered'; status: number; errors: JsonRecord[]; text: string; retryAfterMs: number | undefined }
  /** The connection was never made, so the request cannot have arrived. */
  | { kind: 'not_sent'; text: string }
  /** The request may have arrived; the answer did not, or made no sense. */
  | { kind: 'lost'; text: string };

/** Telnyx's error codes that mean one thing. From its list of API errors. */
const REASON_BY_CODE: Readonly<Record<string, RejectionReason>> = {
  '10009': 'unauthorised',
  '10010': 'unauthorised',
  '10011': 'rate_limited',
  // Feature not permitted, and feature limited.
  '10038': 'unauthorised',
  '10039': 'unauthorised',
  '20100': 'insufficient_funds',
  '85000': 'must_search_first',
  '85001': 'number_unavailable',
  '85004': 'invalid_connection',
  // Already reserved, and too many reservations.
  '85006': 'number_unavailable',
  '85007': 'number_unavailable',
};

/** The state of the account (20012–20017): inactive, blocked, not verified. */
const ACCOUNT_STATE = /^200\d\d$/;

/**
 * Statuses with which a server says that it did not do what was asked. Missing on purpose: 408 and 409, after
 * which an order may stand (the request came late; the same order is being worked on), and all of 3xx and 5xx.
 */
const REASON_BY_STATUS: Readonly<Record<number, RejectionReason>> = {
  400: 'invalid_request',
  401: 'unauthorised',
  402: 'insufficient_funds',
  403: 'unauthorised',
  404: 'invalid_request',
  405: 'invalid_request',
  410: 'invalid_request',
  413: 'invalid_request',
  415: 'invalid_request',
  422: 'invalid_request',
  429: 'rate_limited',
};

/** ECONNREFUSED comes from connect(2) and the other two from name resolution: nothing was written yet. */
const NEVER_CONNECTED: readonly unknown[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'];

/** Reads what the SDK threw. The API key is struck out of the text. */
export function readFailure(error: unknown, context: { apiKey: string; now: Date }): Failure {
  if (error instanceof UnreadableAnswer) return { kind: 'lost', text: error.message };
  if (error instanceof Telnyx.APIUserAbortError || error instanceof Telnyx.APIConnectionTimeoutError) {
    return { kind: 'lost', text: 'timed out' };
  }
  if (error instanceof Telnyx.APIConnectionError) return connectionFailure(error);
  if (error instanceof Telnyx.APIError && error.status !== undefined) {
    const errors = isRecord(error.error) ? recordsIn(error.error, 'errors') : [];
    return {
      kind: 'answered',
      status: error.status,
      errors,
      text: struckOut(describe(error.status, errors), context.apiKey),
      retryAfterMs: retryAfterMs(error.status, error.headers, context.now),
    };
  }
  return { kind: 'lost', text: struckOut(`unexpected: ${String(error)}`, context.apiKey) };
}

/** The outcome of an order whose call failed: refused only where it is certain that nothing was ordered. */
export function failedOrder(failure: Failure): OrderOutcome {
  if (failure.kind === 'not_sent') return { kind: 'rejected', reason: 'not_sent', detail: failure.text };
  const reason = rejectionReason(failure);
  if (failure.kind === 'lost' || reason === null) return { kind: 'unknown', detail: failure.text };
  const wait = failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs };
  return { kind: 'rejected', reason, detail: failure.text, ...wait };
}

/** The error of a read, or of a change other than an order. */
export function carrierError(failure: Failure): CarrierError {
  const wait =
    failure.kind === 'answered' && failure.retryAfterMs !== undefined ? failure.retryAfterMs : null;
  const options = wait === null ? {} : { retryAfterMs: wait };
  switch (rejectionReason(failure)) {
    case 'rate_limited':
      return new CarrierError('rate_limited', failure.text, options);
    case 'unauthorised':
    case 'insufficient_funds':
      return new CarrierError('unauthorised', failure.text);
    case 'invalid_connection':
      return new CarrierError('invalid_connection', failure.text);
    case null:
      return new CarrierError(isConflict(failure) ? 'refused' : 'unavailable', failure.text, options);
    default:
      return new CarrierError('invalid_request', failure.text);
  }
}

/**
 * The error of a change to one number. Its id is ours and well formed, so a 4xx that is not about the account or
 * the connection is about the number: a deletion lock, a port-out, a state.
 */
export function numberChangeError(failure: Failure): CarrierError {
  const error = carrierError(failure);
  return error.kind === 'invalid_request' ? new CarrierError('refused', failure.text) : error;
}

/** Why an answered request was refused, null where that is not certain. */
function rejectionReason(failure: Failure): RejectionReason | null {
  if (failure.kind !== 'answered' || !isClientError(failure.status)) return null;
  for (const error of failure.errors) {
    const reason = reasonOf(error);
    if (reason !== null) return reason;
  }
  return REASON_BY_STATUS[failure.status] ?? null;
}

/** Whether the error codes of the body can be believed: a 5xx or a 408 may name one and still have ordered. */
function isClientError(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408;
}

function reasonOf(error: JsonRecord): RejectionReason | null {
  const code = textIn(error, 'code') ?? '';
  const known = REASON_BY_CODE[code];
  if (known !== undefined) return known;
  if (ACCOUNT_STATE.test(code)) return 'unauthorised';
  const pointer = isRecord(error.source) ? (textIn(error.source, 'pointer') ?? '') : '';
  if (pointer.includes('connection_id')) return 'invalid_connection';
  // No code is documented for it; the field at fault, or the words, tell.
  if (/requirement/.test(pointer) || /regulatory/i.test(textIn(error, 'title') ?? ''))
    return 'regulatory_requirements';
  return null;
}

function isConflict(failure: Failure): boolean {
  return failure.kind === 'answered' && (failure.status === 409 || failure.status === 423);
}

function connectionFailure(error: Error): Failure {
  const code = causeCode(error);
  const text = code === null ? 'the connection failed' : `the connection failed: ${code}`;
  return { kind: NEVER_CONNECTED.includes(code) ? 'not_sent' : 'lost', text };
}

/** The system's error code: `fetch` wraps it one or two deep. */
function causeCode(error: Error): string | null {
  let cause: unknown = error.cause;
  for (let depth = 0; depth < 4 && cause instanceof Error; depth++) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
    cause = cause.cause;
  }
  return null;
}

/** Milliseconds until the carrier wants to be asked again: `retry-after`, or for a 429 its own header. */
function retryAfterMs(status: number, headers: Headers | undefined, now: Date): number | undefined {
  const wait = headers?.get('retry-after');
  if (wait) return /^\d+(\.\d+)?$/.test(wait) ? seconds(wait) : dateFromNow(wait, now);
  const reset = headers?.get('x-ratelimit-reset');
  return status === 429 && reset && /^\d+$/.test(reset) ? seconds(reset) : undefined;
}

function seconds(text: string): number {
  return Math.ceil(Number(text) * 1000);
}

function dateFromNow(text: string, now: Date): number | undefined {
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

function describe(status: number, errors: JsonRecord[]): string {
  const parts = errors.slice(0, 3).map((error) => {
    const [code, title, detail] = ['code', 'title', 'detail'].map((field) => textIn(error, field) ?? '');
    return `${code} ${title}: ${detail}`;
  });
  return [`status ${status}`, ...parts].join('; ');
}

/** Telnyx's answer to a wrong key quotes a part of it. */
function struckOut(text: string, apiKey: string): string {
  const safe = apiKey === '' ? text : text.replaceAll(apiKey, '***');
  return safe.replace(/\bKEY[0-9A-Za-z]{6,}\w*/g, 'KEY***').slice(0, 500);
}
