import type { Db } from '../db/database.ts';
import { findKeyNames, findPersonNames, type Name } from '../db/event-actors.ts';
import type { Event } from '../db/events.ts';
import type { ActorType } from '../db/schema.ts';
import { isoTime } from '../domain/time.ts';

/** An event as clients see it, in lists and in webhooks. */
export interface EventView {
  id: string;
  type: string;
  subject: string;
  mode: string | null;
  actor: { type: ActorType; id: string | null; name: string | null; email: string | null };
  before: unknown;
  after: unknown;
  data: unknown;
  created_at: string;
}

/** Events with the names of those who made them happen. */
export async function describeEvents(db: Db, events: Event[]): Promise<EventView[]> {
  const idsOf = (type: ActorType) => [
    ...new Set(events.flatMap((event) => (event.actorType === type && event.actorId ? [event.actorId] : []))),
  ];
  const keys = await findKeyNames(db, idsOf('key'));
  const people = await findPersonNames(db, idsOf('person'));
  return events.map((event) => describe(event, new Map([...keys, ...people])));
}

function describe(event: Event, names: Map<string, Name>): EventView {
  const { name = null, email = null } = names.get(event.actorId ?? '') ?? {};
  return {
    id: event.id,
    type: event.type,
    subject: event.subject,
    mode: event.mode,
    actor: { type: event.actorType, id: event.actorId, name, email },
    before: event.before,
    after: event.after,
    data: event.data,
    created_at: isoTime(event.createdAt),
  };
}
