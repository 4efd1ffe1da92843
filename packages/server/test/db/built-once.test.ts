import { and, eq, isNull, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { builtOnce } from '../../src/db/built-once.ts';
import type { Db } from '../../src/db/database.ts';
import { type Event, insertEvents } from '../../src/db/events.ts';
import { events, idempotencyKeys, teams } from '../../src/db/schema.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { newTeam, type Service, startService, type TeamWithKey } from '../support/service.ts';

const AT = new Date('2026-11-20T10:00:00.123Z');

/** Every statement has a name that no other has. */
let names = 0;
const newName = () => `test_${++names}`;

describe.each(DATABASE_KINDS)('a statement that is built once, on %s', (kind) => {
  let service: Service;
  let db: Db;
  let team: TeamWithKey;

  beforeAll(async () => {
    service = await startService({ kind });
    db = service.app.context.db;
  });
  beforeEach(async () => {
    team = await newTeam(service, { plan: 'business' });
  });
  afterAll(() => service.stop());

  const newEvent = (): Event => ({
    id: service.app.context.newId('evt'),
    teamId: team.teamId,
    mode: 'live',
    type: 'phone_number.purchased',
    subject: 'pn_1',
    actorType: 'carrier',
    actorId: null,
    before: null,
    after: { status: "it's", days: [1, null] },
    data: { phone_number: '+14155550101' },
    createdAt: AT,
  });

  it('writes and reads each type as the query builder does', async () => {
    const insert = builtOnce(newName(), (on, event: Event) => on.insert(events).values(event));
    const find = builtOnce(newName(), (on, { id }: { id: string }) =>
      on.select().from(events).where(eq(events.id, id)),
    );
    for (const event of [newEvent(), { ...newEvent(), before: [] as string[], after: ['a', 1] }]) {
      await insert(db, event);
      expect(await find(db, { id: event.id })).toEqual([event]);
      expect(await db.select().from(events).where(eq(events.id, event.id))).toEqual([event]);
      const withoutBefore = and(eq(events.id, event.id), isNull(events.before));
      expect(await db.$count(events, withoutBefore)).toBe(event.before === null ? 1 : 0);
    }
  });

  it('is built for the first time only', async () => {
    const build = vi.fn((on: Db, { id }: { id: string }) => on.select().from(teams).where(eq(teams.id, id)));
    const find = builtOnce(newName(), build);
    for (let time = 0; time < 3; time += 1) {
      expect(await find(db, { id: team.teamId })).toHaveLength(1);
      expect(await find(db, { id: 'team_none' })).toEqual([]);
    }
    expect(build).toHaveBeenCalledTimes(1);
  });

  it('writes only what is given, each time anew', async () => {
    const update = builtOnce(
      newName(),
      (on, { id, ...change }: { id: string; name?: string | undefined; maxNumbers?: number | null }) =>
        on.update(teams).set(change).where(eq(teams.id, id)).returning(),
    );
    const id = team.teamId;
    expect(await update(db, { id, name: 'One', maxNumbers: 7 })).toMatchObject([
      { name: 'One', maxNumbers: 7 },
    ]);
    expect(await update(db, { id, name: undefined, maxNumbers: null })).toMatchObject([
      { name: 'One', maxNumbers: null },
    ]);
    expect(await update(db, { id, name: 'Two' })).toMatchObject([{ name: 'Two', maxNumbers: null }]);
  });

  it('takes lists, and values that stand in it several times', async () => {
    const find = builtOnce(newName(), (on, { ids, name }: { ids: readonly string[]; name: string }) =>
      on
        .select({ id: teams.id, name: sql<string>`${name}::text` })
        .from(teams)
        .where(and(eq(teams.id, sql`any(${ids})`), sql`${name}::text = 'x'`)),
    );
    expect(await find(db, { ids: [team.teamId, 'team_none'], name: 'x' })).toEqual([
      { id: team.teamId, name: 'x' },
    ]);
    expect(await find(db, { ids: [team.teamId], name: 'y' })).toEqual([]);
    expect(await find(db, { ids: [], name: 'x' })).toEqual([]);
  });

  it('belongs to the transaction that it is asked in', async () => {
    const insert = builtOnce(newName(), (on, event: Event) => on.insert(events).values(event));
    const event = newEvent();
    const undone = db.transaction(async (tx) => {
      await insert(tx, event);
      expect(await tx.select().from(events).where(eq(events.id, event.id))).toHaveLength(1);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await db.select().from(events).where(eq(events.id, event.id))).toEqual([]);
  });

  it('cannot be built by what its values are', async () => {
    const count = builtOnce(newName(), (on, { most }: { most: number }) =>
      on
        .select()
        .from(teams)
        .limit(most + 1),
    );
    await expect(count(db, { most: 1 })).rejects.toThrow('"most" has no value while its statement is built');
    const inTransaction = builtOnce(newName(), (on, _: object) => {
      const found = on.select().from(teams);
      void on.transaction(async () => found);
      return found;
    });
    await expect(inTransaction(db, {})).rejects.toThrow('is one statement');
  });

  it('says what the database refuses', async () => {
    const insert = builtOnce(newName(), (on, key: typeof idempotencyKeys.$inferInsert) =>
      on.insert(idempotencyKeys).values(key),
    );
    const key = { teamId: 'team_none', mode: 'live', key: 'k', requestHash: 'h', createdAt: AT } as const;
    await expect(insert(db, key)).rejects.toMatchObject({ cause: { code: '23503' } });
    expect(await db.select().from(idempotencyKeys).where(isNull(idempotencyKeys.orderId))).toEqual([]);
  });

  it('writes one event and many alike', async () => {
    const rows = [newEvent(), newEvent(), newEvent()];
    await insertEvents(db, rows.slice(0, 1));
    await insertEvents(db, rows.slice(1));
    const written = await db.select().from(events).where(eq(events.subject, 'pn_1'));
    expect(written).toEqual(expect.arrayContaining(rows));
  });
});
