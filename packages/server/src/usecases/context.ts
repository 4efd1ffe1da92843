import type { Carrier } from '../carriers/carrier.ts';
import type { Db } from '../db/database.ts';
import type { Clock } from '../domain/clock.ts';
import type { NewId } from '../domain/ids.ts';
import type { Mode } from '../domain/mode.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Enqueue } from '../jobs/queue.ts';

export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What every use case works with. */
export interface Context {
  db: Db;
  /** The carrier of each mode; without a key for the real one there is no live mode. */
  carriers: { live: Carrier | null; test: Carrier };
  queue: Enqueue;
  clock: Clock;
  newId: NewId;
  log: Log;
  settings: Settings;
  /** Work that goes on after its request was answered; the server waits for it when it stops. */
  background: Set<Promise<unknown>>;
}

export interface Settings {
  /** How long a purchase request waits for the number to become active, ms. */
  purchaseWaitMs: number;
  /** How long "the carrier does not have it" has to stay true before an order counts as never sent, ms. */
  resolveGraceMs: number;
  /** How long a released number can be restored, days. */
  releaseGraceDays: number;
  /** How long a number over the limit is kept after a subscription's end, days. */
  suspensionGraceDays: number;
}

/** Who asks: the API key, and the team and mode that it works for. */
export interface Caller {
  keyId: string;
  teamId: string;
  mode: Mode;
  /** The person in whose name the key acts. */
  userId: string | null;
  scopes: readonly string[];
}

/** Somebody has to change the server's settings first. */
const LIVE_MODE_RETRY_SECONDS = 60;

/**
 * The carrier of a mode.
 * @throws Refusal `carrier_unavailable` for live mode on a server without a carrier key
 */
export function carrierOf(context: Context, mode: Mode): Carrier {
  const carrier = context.carriers[mode];
  if (carrier) return carrier;
  throw new Refusal(
    'carrier_unavailable',
    'Live mode is off on this server: it has no TELNYX_API_KEY. Use a tk_test_ key for the simulated carrier, or ask the operator to set one.',
    { retryAfterSeconds: LIVE_MODE_RETRY_SECONDS },
  );
}
