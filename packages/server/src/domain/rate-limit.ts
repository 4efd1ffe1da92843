import { later } from './time.ts';

const HOUR_MS = 60 * 60 * 1000;

const ADDRESS_WINDOW_MS = 10 * 60 * 1000;

/** At most so many in each window. Windows follow each other without a gap, the first one from 1970 on. */
export interface RateLimit {
  /** Whose limit, and on what: `key_01j…:search`. */
  bucket: string;
  most: number;
  windowMs: number;
}

/** What a request of a key or a person counts as; whatever it is, it counts as a request too. */
export type Counted = 'general' | 'search' | 'purchase';

/** How much of a caller's figure may be of one kind, in per cent: each asks the carrier, and a purchase spends money. */
const SHARE: Record<Counted, number> = { general: 100, search: 40, purchase: 20 };

/**
 * The limits that a request comes under, its own before the general one: what is refused by its own is not counted
 * in general.
 * @param who the id of the key or the person
 * @param perHour the caller's figure
 */
export function limitsOf(
  who: string,
  perHour: number,
  counted: Counted,
): (RateLimit & { counted: Counted })[] {
  const kinds: Counted[] = counted === 'general' ? ['general'] : [counted, 'general'];
  return kinds.map((kind) => ({
    counted: kind,
    bucket: `${who}:${kind}`,
    // Who has any requests at all has one of each kind.
    most: Math.min(perHour, Math.max(1, Math.floor((perHour * SHARE[kind]) / 100))),
    windowMs: HOUR_MS,
  }));
}

/** The limit on what comes from one network without a key or a session that works. */
export function limitOfAddress(network: string, most: number): RateLimit {
  return { bucket: `address:${network}`, most, windowMs: ADDRESS_WINDOW_MS };
}

/** When the window began that this moment is in. */
export function windowStart(now: Date, windowMs: number): Date {
  return later(now, -(now.getTime() % windowMs));
}

/**
 * What one server holds of a limit in one window: a portion that it has taken for itself, and what was left for
 * everybody after that.
 */
export interface Portion {
  readonly most: number;
  readonly endsAt: Date;
  readonly held: number;
  readonly left: number;
}

/** A portion that nothing was taken for yet: it is not known what is left. */
export function unknownPortion(limit: RateLimit, now: Date): Portion {
  const endsAt = later(windowStart(now, limit.windowMs), limit.windowMs);
  return { most: limit.most, endsAt, held: 0, left: limit.most };
}

/** Whether the portion says anything about this limit at this moment: a figure that was changed counts at once. */
export function isOf(portion: Portion, limit: RateLimit, now: Date): boolean {
  return portion.most === limit.most && now < portion.endsAt;
}

/** Nothing in hand, and nothing left to take: so it stays until the window ends. */
export function isUsedUp({ held, left }: Portion): boolean {
  return held <= 0 && left <= 0;
}

/** What a client is told about a limit. */
export interface Standing {
  most: number;
  /** As far as this server knows: what others hold is not in it. */
  remaining: number;
  freeAgainAt: Date;
}

export function standingOf({ most, held, left, endsAt }: Portion): Standing {
  return { most, remaining: Math.max(0, held + left), freeAgainAt: endsAt };
}

/** Whole seconds until then, at least one: a header that says 0 has clients ask again too early. */
export function secondsUntil(time: Date, now: Date): number {
  return Math.max(1, Math.ceil((time.getTime() - now.getTime()) / 1000));
}
