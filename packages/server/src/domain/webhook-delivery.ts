import { filtersFor } from './event-types.ts';
import type { Mode } from './mode.ts';
import { DAY_MS } from './time.ts';

/** Endpoints that a team can have in one mode. */
export const MAX_ENDPOINTS = 10;

export const DELIVERY_STATUSES = ['pending', 'succeeded', 'failed'] as const;

export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

interface DeliveredEvent {
  id: string;
  teamId: string;
  /** Null for what belongs to neither mode: endpoints of both are told. */
  mode: Mode | null;
  type: string;
  subject: string;
  createdAt: Date;
}

/** Whether an endpoint is to be told of an event: one of its team, of its mode, of a type that it asked for. */
export function wantsEvent(
  endpoint: { teamId: string; mode: Mode; types: readonly string[] },
  event: DeliveredEvent,
): boolean {
  const filters = filtersFor(event.type);
  return (
    endpoint.teamId === event.teamId &&
    (event.mode === null || event.mode === endpoint.mode) &&
    (endpoint.types.length === 0 || endpoint.types.some((type) => filters.includes(type)))
  );
}

/** A delivery of an event to an endpoint, due at once. */
export function newDelivery(id: string, endpoint: { id: string }, event: DeliveredEvent) {
  return {
    id,
    endpointId: endpoint.id,
    teamId: event.teamId,
    eventId: event.id,
    eventType: event.type,
    subject: event.subject,
    status: 'pending' as const,
    attempts: 0,
    nextAttemptAt: event.createdAt,
    lastAttemptAt: null,
    responseStatus: null,
    createdAt: event.createdAt,
    updatedAt: event.createdAt,
  };
}

/** How often a delivery is tried before the ones behind it, about the same record, may overtake it. */
export const ATTEMPTS_IN_ORDER = 4;

/** An endpoint to which nothing has come through for this long is switched off. */
export const FAILING_LIMIT_MS = 5 * DAY_MS;

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The waits between attempts: 24 hours together. */
const WAITS_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  8 * HOUR_MS,
  8 * HOUR_MS,
];

/** Up to a fifth longer or shorter, so that what failed together does not come back together. */
const JITTER = 0.2;

/**
 * How long a delivery waits after a failed attempt, ms; null where it is given up. One that was given up and is then
 * asked for again starts over.
 * @param attempts how many there have been
 * @param random from 0 to 1
 */
export function retryWaitMs(attempts: number, random: number): number | null {
  const wait = WAITS_MS[(attempts - 1) % (WAITS_MS.length + 1)];
  return wait === undefined ? null : Math.round(wait * (1 + JITTER * (2 * random - 1)));
}

/** What an answer, or the lack of one, means for a delivery. */
export function judgeAnswer(answer: { status: number } | { error: string }): 'delivered' | 'gone' | 'failed' {
  if (!('status' in answer)) return 'failed';
  if (answer.status >= 200 && answer.status < 300) return 'delivered';
  return answer.status === 410 ? 'gone' : 'failed';
}
