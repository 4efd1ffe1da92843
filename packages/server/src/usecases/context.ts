import type { Carrier } from '../carriers/carrier.ts';
import type { Db } from '../db/database.ts';
import type { Actor } from '../db/events.ts';
import type { FoundRoute } from '../db/inbound-routes.ts';
import type { Membership } from '../db/members.ts';
import type { Clock } from '../domain/clock.ts';
import type { NewId } from '../domain/ids.ts';
import type { Mode } from '../domain/mode.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Role } from '../domain/roles.ts';
import type { GrantedScope } from '../domain/scopes.ts';
import type { Enqueue } from '../jobs/queue.ts';
import type { SendMail } from '../mail/mail.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { InTurn } from './team-turns.ts';

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
  sendMail: SendMail;
  /** Requests to addresses that teams have given us. */
  outbound: Outbound;
  /** Seals the cursors of lists, the same on all servers. */
  cursorKey: string;
  log: Log;
  settings: Settings;
  /** For what locks a team's row, where many of one team may come at once. */
  inTurn: InTurn;
  /** Work that goes on after its request was answered; the server waits for it when it stops. */
  background: Set<Promise<unknown>>;
}

export interface Settings {
  /** Where people reach this server, without a slash at the end: links in mails start with it. */
  publicUrl: string;
  /** How long a purchase request waits for the number to become active, ms. */
  purchaseWaitMs: number;
  /** How long "the carrier does not have it" has to stay true before an order counts as never sent, ms. */
  resolveGraceMs: number;
  /** How long a released number can be restored, days. */
  releaseGraceDays: number;
  /** How long a number over the limit is kept after a subscription's end, days. */
  suspensionGraceDays: number;
  /** Requests that a person, or a key without a figure of its own, may make in an hour; 0: any number. */
  rateLimitPerHour: number;
  /** Requests of nobody that may come from an address in ten minutes; 0: any number. */
  rateLimitPerAddress: number;
  /** How long a number that was flagged as spam is no caller ID, days. */
  callerIdRestDays: number;
}

/** Who asks, for which team and in which mode: an API key, or a signed-in person. */
export interface Caller {
  teamId: string;
  mode: Mode;
  /** The person who asks, or in whose name the key acts; null for a key that acts in nobody's name. */
  userId: string | null;
  /** What that person is in the team. */
  role: Role;
  /** What a key was given; a person has everything that the role allows. */
  scopes: readonly GrantedScope[];
  /** As events name the caller. */
  actor: Actor & { id: string };
  /** Requests an hour, where the key has its own figure. */
  rateLimitPerHour: number | null;
  /** The team's live number that the request is about, where it was read with the key: see docs/adr/0028. */
  number: FoundRoute | null;
}

/** Somebody who is signed in, and the teams that they are in. */
export interface Person {
  userId: string;
  email: string;
  name: string;
  memberships: Membership[];
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
