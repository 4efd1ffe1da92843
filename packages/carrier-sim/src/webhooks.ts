import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Faults } from './faults.ts';
import type { Waits } from './waits.ts';

/** One `number_order.complete` to send. */
export interface DueEvent {
  /** Stays the same over every delivery: what a receiver deduplicates on. */
  eventId: string;
  orderId: string;
  phoneNumbers: readonly string[];
  /** ISO 8601, on the simulator's clock. */
  dueAt: string;
}

export interface Webhooks {
  /** base64 of the 32 raw bytes of the Ed25519 key. */
  readonly publicKey: string;
  setUrl(url: string | undefined): void;
  url(): string | undefined;
  schedule(event: DueEvent): void;
  /** Delivers all that is due by the simulator's clock; resolves when each is answered or given up. */
  flush(): Promise<void>;
  clear(): void;
}

export interface WebhookSettings {
  url: string | undefined;
  privateKey: KeyObject;
  /** Milliseconds before each further attempt. */
  retryDelaysMs: readonly number[];
  now: () => Date;
  faults: Faults;
  waits: Waits;
  /** The `payload` of an event, or undefined where the order is gone. */
  payloadOf(orderId: string): Promise<unknown>;
  /** False where another process has already taken this event. */
  claim(eventId: string): Promise<boolean>;
}

/** The carrier waits this long for a 2xx before it counts a delivery as failed. */
const ANSWER_TIMEOUT_MS = 2_000;
/** How often an event is looked at whose time has not come on a clock that is not the system's. */
const CLOCK_POLL_MS = 200;
// RFC 8410: an Ed25519 private key in PKCS #8 is these 16 bytes and the 32 of the seed.
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * An Ed25519 key from a KeyObject, a PEM text, or base64 of the 32 raw bytes; a new one where none is given.
 * @throws TypeError where the text is neither.
 */
export function toPrivateKey(key: KeyObject | string | undefined): KeyObject {
  if (key === undefined) return generateKeyPairSync('ed25519').privateKey;
  if (typeof key !== 'string') return key;
  if (key.includes('-----BEGIN')) return createPrivateKey(key);
  const seed = Buffer.from(key, 'base64');
  if (seed.length !== 32) throw new TypeError('The webhook key must be PEM or base64 of 32 bytes.');
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function rawPublicKey(privateKey: KeyObject): string {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64');
}

export function createWebhooks(settings: WebhookSettings): Webhooks {
  const { privateKey, retryDelaysMs, now, faults, waits, payloadOf, claim } = settings;
  let url = settings.url;
  let queue: DueEvent[] = [];
  const underWay = new Set<Promise<void>>();
  let delivered = new EventTarget();

  async function send(event: DueEvent, payload: unknown, attempt: number, target: string): Promise<boolean> {
    const data = {
      event_type: 'number_order.complete',
      id: event.eventId,
      occurred_at: event.dueAt,
      payload,
      record_type: 'event',
    };
    const body = JSON.stringify({ data, meta: { attempt, delivered_to: target } });
    // The receiver compares with its own system clock, so a simulated clock must not leak in here.
    const timestamp = String(Math.floor(Date.now() / 1000));
    const headers = {
      'content-type': 'application/json',
      'telnyx-timestamp': timestamp,
      'telnyx-signature-ed25519': sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString(
        'base64',
      ),
    };
    const signal = AbortSignal.any([waits.closed, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    try {
      const answer = await fetch(target, { method: 'POST', headers, body, signal });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }

  async function deliver(event: DueEvent): Promise<void> {
    const target = url;
    if (target === undefined || !(await claim(event.eventId))) return;
    const payload = await payloadOf(event.orderId);
    if (payload === undefined) return;
    if (faults.draw('webhook_drop', 'create_order', event.phoneNumbers)) return;
    const reorder = faults.draw('webhook_reorder', 'create_order', event.phoneNumbers);
    if (reorder) await untilAnotherIsDelivered(reorder.ms ?? 2_000);
    const twice = faults.draw('webhook_duplicate', 'create_order', event.phoneNumbers) !== undefined;
    for (let attempt = 1; !waits.closed.aborted; attempt++) {
      if (await send(event, payload, attempt, target)) {
        if (twice) await send(event, payload, attempt + 1, target);
        delivered.dispatchEvent(new Event('delivered'));
        return;
      }
      const delay = retryDelaysMs[attempt - 1];
      if (delay === undefined) return;
      await waits.pause(delay);
    }
  }

  function untilAnotherIsDelivered(atMostMs: number): Promise<void> {
    const other = new AbortController();
    delivered.addEventListener('delivered', () => other.abort(), { once: true });
    return waits.pause(atMostMs, other.signal);
  }

  function deliverDue(): void {
    const at = now().toISOString();
    const due = queue.filter((event) => event.dueAt <= at);
    queue = queue.filter((event) => event.dueAt > at);
    for (const event of due) {
      const delivery = deliver(event)
        .catch(() => undefined)
        .finally(() => underWay.delete(delivery));
      underWay.add(delivery);
    }
  }

  async function wake(event: DueEvent): Promise<void> {
    while (queue.includes(event) && !waits.closed.aborted) {
      const left = Date.parse(event.dueAt) - now().getTime();
      await waits.pause(Math.max(left > 0 ? Math.min(left, CLOCK_POLL_MS) : 0, 1));
      deliverDue();
    }
  }

  return {
    publicKey: rawPublicKey(privateKey),
    url: () => url,
    setUrl(target) {
      url = target;
    },
    schedule(event) {
      if (queue.some(({ eventId }) => eventId === event.eventId)) return;
      queue.push(event);
      void wake(event);
    },
    async flush() {
      deliverDue();
      await Promise.all(underWay);
    },
    clear() {
      queue = [];
      delivered = new EventTarget();
    },
  };
}
