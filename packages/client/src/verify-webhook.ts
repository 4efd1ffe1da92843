import { TalkturoError } from './errors.ts';

/** What the server sends to a webhook. */
export interface WebhookEvent {
  /** Like `phone_number.purchased`. New ones come; ignore what you do not know. */
  type: string;
  timestamp: string;
  data: {
    /** The same each time that the event is sent: what has an id that you have seen is a copy. */
    id: string;
    type: string;
    /** The id of the record that it happened to. */
    subject: string;
    mode: 'live' | 'test' | null;
    actor: { type: string; id: string | null; name: string | null; email: string | null };
    /** The fields that changed, as they were and as they are. */
    before: Record<string, unknown> | null;
    after: Record<string, unknown> | null;
    data: Record<string, unknown> | null;
    created_at: string;
  };
}

export type WebhookVerificationReason =
  | 'missing_headers'
  | 'malformed_timestamp'
  | 'too_old'
  | 'too_new'
  | 'no_match'
  | 'not_an_event';

/** What came is not to be believed. Answer it with 401. */
export class WebhookVerificationError extends TalkturoError {
  override readonly name = 'WebhookVerificationError';
  readonly reason: WebhookVerificationReason;

  constructor(reason: WebhookVerificationReason, sentence: string) {
    super(sentence);
    this.reason = reason;
  }
}

export interface VerifyWebhookOptions {
  /** How far `webhook-timestamp` may be from now, in either direction; 300 unless said otherwise. */
  toleranceSeconds?: number;
  now?: Date;
}

/** Those of a `Request`, or of Node.js's `IncomingMessage`. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | string[] | undefined>>;

/**
 * Checks what came to a webhook, by Standard Webhooks (standardwebhooks.com), and gives the event.
 * @param body as it came, byte by byte: what was parsed and made into text again does not verify
 * @param secrets `whsec_…`, or several while one is being changed
 * @throws WebhookVerificationError with the reason
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = new Date() }: VerifyWebhookOptions = {},
): Promise<WebhookEvent> {
  const keys = await Promise.all([secrets].flat().map(importSecret));
  if (keys.length === 0) throw new TypeError('verifyWebhook needs a secret, and got none');
  const bytes = bytesOf(body);
  const { id, timestamp, signatures } = readHeaders(headers);
  checkAge(timestamp, toleranceSeconds, now);
  const content = joined(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  for (const signature of readSignatures(signatures)) {
    for (const key of keys) {
      // Takes as long for a signature that is nearly right as for any other.
      if (await crypto.subtle.verify('HMAC', key, signature, content)) return readEvent(bytes);
    }
  }
  throw new WebhookVerificationError(
    'no_match',
    'No signature fits the body and the secret. Is the body what came, byte by byte? One that was parsed and made into text again does not verify. And is the secret that of this endpoint?',
  );
}

function bytesOf(body: unknown): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError(
    'body must be the text or the bytes of the request as they came, not what was parsed from them',
  );
}

function readHeaders(headers: WebhookHeaders): { id: string; timestamp: string; signatures: string } {
  const read = (name: string) => {
    if (typeof headers.get === 'function') return headers.get(name);
    const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
    return Array.isArray(value) ? value.join(' ') : value;
  };
  const [id, timestamp, signatures] = [
    read('webhook-id'),
    read('webhook-timestamp'),
    read('webhook-signature'),
  ];
  if (id && timestamp && signatures) return { id, timestamp, signatures };
  throw new WebhookVerificationError(
    'missing_headers',
    'webhook-id, webhook-timestamp and webhook-signature have to be there: this is no webhook, or something on the way has taken them out.',
  );
}

function checkAge(timestamp: string, toleranceSeconds: number, now: Date): void {
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookVerificationError('malformed_timestamp', 'webhook-timestamp is not a time in seconds.');
  }
  const age = Math.floor(now.getTime() / 1000) - Number(timestamp);
  if (Math.abs(age) <= toleranceSeconds) return;
  const [reason, apart] =
    age > 0 ? (['too_old', 'old'] as const) : (['too_new', 'ahead of this clock'] as const);
  throw new WebhookVerificationError(
    reason,
    `The webhook is ${Math.abs(age)} seconds ${apart}, and may be ${toleranceSeconds}: it is somebody's recording, or a clock is wrong.`,
  );
}

/** Those of version 1; others are for other ways of signing. */
function readSignatures(header: string): Uint8Array<ArrayBuffer>[] {
  return header.split(' ').flatMap((each) => {
    const [version, value = ''] = each.split(',');
    const signature = version === 'v1' ? fromBase64(value) : null;
    return signature ? [signature] : [];
  });
}

async function importSecret(secret: string) {
  // From a variable that is not set it may be no text at all.
  const raw = fromBase64(String(secret ?? '').replace(/^whsec_/, ''));
  if (!raw?.length)
    throw new TypeError('the secret must be one like whsec_…, as it was shown when the endpoint was made');
  return crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}

function readEvent(bytes: Uint8Array): WebhookEvent {
  try {
    const event = JSON.parse(new TextDecoder().decode(bytes)) as WebhookEvent | null;
    if (typeof event?.type === 'string') return event;
  } catch {
    // Said below.
  }
  throw new WebhookVerificationError('not_an_event', 'The signature is right, and the body is not an event.');
}
