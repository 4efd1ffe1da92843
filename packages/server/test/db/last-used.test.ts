import { inArray } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { setLastUsed } from '../../src/db/api-keys.ts';
import { apiKeys } from '../../src/db/schema.ts';
import { prepareNoteKeyUse } from '../../src/usecases/note-key-use.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { newTeam, type Service, startService } from '../support/service.ts';

const MINUTE_MS = 60_000;

describe.each(DATABASE_KINDS)('when keys were last used on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterAll(() => service.stop());

  /** Keys of as many teams, used by nobody yet. */
  async function newKeys(count: number): Promise<string[]> {
    const keys: string[] = [];
    for (let key = 0; key < count; key += 1) keys.push((await newTeam(service)).keyId);
    return keys;
  }

  async function lastUsed(keyIds: readonly string[]): Promise<(Date | null | undefined)[]> {
    const rows = await service.app.context.db
      .select()
      .from(apiKeys)
      .where(inArray(apiKeys.id, [...keyIds]));
    return keyIds.map((keyId) => rows.find(({ id }) => id === keyId)?.lastUsedAt);
  }

  const later = (ms: number) => new Date(service.clock.now().getTime() + ms);
  const note = (keyIds: readonly string[], now: Date) =>
    setLastUsed(service.app.context.db, keyIds, now, new Date(now.getTime() - MINUTE_MS));

  it('is written down for all that are due, and for no other', async () => {
    const [first, second, recent, unasked] = (await newKeys(4)) as [string, string, string, string];
    await note([second], later(-2 * MINUTE_MS));
    await note([recent], later(-1));
    await note([first, second, recent], later(0));
    expect(await lastUsed([first, second, recent, unasked])).toEqual([later(0), later(0), later(-1), null]);
  });

  it('is noted for keys of the same moment in one statement', async () => {
    const keys = await newKeys(3);
    const { db, clock, log } = service.app.context;
    const background = new Set<Promise<unknown>>();
    const update = vi.spyOn(db, 'update');
    const noteKeyUse = prepareNoteKeyUse({ db, clock, log, background } as never);
    for (const key of [...keys, ...keys]) noteKeyUse(key);
    await Promise.all(background);
    expect(update).toHaveBeenCalledTimes(1);
    update.mockRestore();
    expect(await lastUsed(keys)).toEqual(keys.map(() => clock.now()));
  });

  it.runIf(kind === 'postgres')('is left out for one that somebody else holds, not waited for', async () => {
    const [held, free] = (await newKeys(2)) as [string, string];
    const other = new pg.Client({ connectionString: service.database.environment.DATABASE_URL });
    await other.connect();
    try {
      await other.query('begin');
      await other.query('select 1 from api_keys where id = $1 for update', [held]);
      // Waiting would fail: whoever holds it lets go only after this.
      await note([held, free], later(0));
      expect(await lastUsed([held, free])).toEqual([null, later(0)]);
      await other.query('rollback');
      await note([held, free], later(0));
      expect(await lastUsed([held, free])).toEqual([later(0), later(0)]);
    } finally {
      await other.end();
    }
  });
});
