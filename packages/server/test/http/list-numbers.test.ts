import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { assistants, phoneNumbers } from '../../src/db/schema.ts';
import type { PhoneNumberStatus } from '../../src/domain/phone-number.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  type Answer,
  buy,
  list,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { expectInvalid } from './expectations.ts';

describe.each(DATABASE_KINDS)('the list of numbers on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let lastNumber = 0;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  beforeEach(async () => {
    team = await newTeam(service, { plan: 'business' });
  });
  afterAll(() => service.stop());

  interface Row {
    phoneNumber?: string;
    status?: PhoneNumberStatus;
    assistantId?: string;
    createdAt?: Date | SQL;
    mode?: 'live' | 'test';
  }

  /** Writes a number into the team's list, and gives its id. */
  async function addNumber({ teamId }: Pick<TeamWithKey, 'teamId'>, row: Row = {}): Promise<string> {
    lastNumber += 1;
    const { db, newId, clock } = service.app.context;
    const id = newId('pn');
    const { createdAt = clock.now(), ...rest } = row;
    await db.insert(phoneNumbers).values({
      id,
      teamId,
      mode: 'live',
      phoneNumber: `+1305555${String(lastNumber).padStart(4, '0')}`,
      provider: 'telnyx',
      status: 'active',
      isTrial: false,
      boughtAsTrial: false,
      updatedAt: clock.now(),
      createdAt: createdAt as Date,
      ...rest,
    });
    return id;
  }

  async function addAssistant({ teamId }: TeamWithKey, name: string): Promise<string> {
    const { db, newId, clock } = service.app.context;
    const id = newId('asst');
    await db.insert(assistants).values({ id, teamId, name, createdAt: clock.now(), updatedAt: clock.now() });
    return id;
  }

  const idsOf = ({ body }: Answer): string[] => body.numbers.map(({ id }: { id: string }) => id);

  async function idsFor(query: string, of = team): Promise<string[]> {
    const answer = await list(service, of, query);
    expect(answer.status).toBe(200);
    expect(answer.body.count).toBe(answer.body.numbers.length);
    return idsOf(answer);
  }

  it('answers exactly as the contract says', async () => {
    const bought = await buy(service, team, '+12125550101');
    const assistantId = await addAssistant(team, 'Sales Agent');
    const { db } = service.app.context;
    await db.update(phoneNumbers).set({ assistantId }).where(sql`id = ${bought.body.phoneNumber.id}`);
    const answer = await list(service, team);
    expect(answer.status).toBe(200);
    expect(Object.keys(answer.body)).toEqual(['success', 'numbers', 'count']);
    expect(Object.entries(answer.body.numbers[0])).toEqual([
      ['id', bought.body.phoneNumber.id],
      ['phone_number', bought.body.phoneNumber.phone_number],
      ['provider', 'telnyx'],
      ['status', 'active'],
      ['is_trial', false],
      ['trial_expires_at', null],
      ['assistant_id', assistantId],
      ['assistant_name', 'Sales Agent'],
      ['created_by_email', expect.stringMatching(/^owner\d+@example\.com$/)],
      ['created_by_name', expect.stringMatching(/^Owner \d+$/)],
      ['created_at', '2026-01-15T12:00:00Z'],
    ]);
    expect(answer.body).toMatchObject({ success: true, count: 1 });
  });

  it('is empty at first', async () => {
    expect((await list(service, team)).body).toEqual({ success: true, numbers: [], count: 0 });
    expect((await list(service, team, '&limit=5')).body).toEqual({
      success: true,
      numbers: [],
      count: 0,
      limit: 5,
      next_cursor: null,
    });
  });

  it('shows a trial with its end, and nulls where nothing is known', async () => {
    const id = await addNumber(team);
    const { db } = service.app.context;
    await db
      .update(phoneNumbers)
      .set({ isTrial: true, trialExpiresAt: new Date('2026-01-20T12:00:00.999Z') })
      .where(sql`id = ${id}`);
    expect((await list(service, team)).body.numbers[0]).toMatchObject({
      is_trial: true,
      trial_expires_at: '2026-01-20T12:00:00Z',
      assistant_id: null,
      assistant_name: null,
      created_by_email: null,
      created_by_name: null,
    });
  });

  it('is newest first, of one moment by id, and leaves out what was released', async () => {
    const at = (time: string) => ({ createdAt: new Date(time) });
    const oldest = await addNumber(team, at('2025-12-31T23:59:59Z'));
    const newest = await addNumber(team, at('2026-01-02T00:00:00Z'));
    const [first, second] = [
      await addNumber(team, at('2026-01-01T00:00:00Z')),
      await addNumber(team, at('2026-01-01T00:00:00Z')),
    ];
    await addNumber(team, { status: 'released', ...at('2026-01-03T00:00:00Z') });
    expect(await idsFor('')).toEqual([newest, second, first, oldest]);
    expect(await idsFor('&limit=100')).toEqual([newest, second, first, oldest]);
  });

  it('shows every other status, and filters by it', async () => {
    const byStatus = new Map<string, string>();
    for (const status of ['purchasing', 'active', 'suspended', 'releasing', 'error', 'released'] as const)
      byStatus.set(status, await addNumber(team, { status }));
    expect((await idsFor('')).length).toBe(5);
    for (const status of ['purchasing', 'active', 'suspended', 'releasing', 'error'])
      expect(await idsFor(`&status=${status}`), status).toEqual([byStatus.get(status)]);
    expectInvalid(
      await list(service, team, '&status=released'),
      'status',
      /^must be one of purchasing, active/,
    );
    expectInvalid(await list(service, team, '&status='), 'status');
    expectInvalid(await list(service, team, '&status=active&status=error'), 'status');
  });

  it('is of one team', async () => {
    const other = await newTeam(service);
    const [mine, theirs] = [await addNumber(team), await addNumber(other)];
    const assistantId = await addAssistant(other, 'Secret');
    const assigned = await addNumber(other, { assistantId });
    expect(await idsFor('')).toEqual([mine]);
    expect(await idsFor('', other)).toEqual([assigned, theirs]);
    expect(await idsFor(`&assistantId=${assistantId}`)).toEqual([]);
    expect(await idsFor('&search=Secret')).toEqual([]);
    expect(await idsFor('&search=305555')).toEqual([mine]);
    // A place in another team's list is no way into it.
    const cursor = (await list(service, other, '&limit=1')).body.next_cursor;
    expect(idsOf(await list(service, team, `&limit=5&cursor=${cursor}`))).not.toContain(theirs);
  });

  it('is of one mode', async () => {
    const inTest = { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) };
    const [live, test] = [
      await addNumber(team, { phoneNumber: '+14155550101' }),
      await addNumber(team, {
        phoneNumber: '+14155550101',
        mode: 'test',
      }),
    ];
    for (const query of ['', '&limit=9', '&search=415', '&status=active']) {
      expect(await idsFor(query), query).toEqual([live]);
      expect(await idsFor(query, inTest), query).toEqual([test]);
    }
  });

  it('filters by assistant', async () => {
    const [sales, support] = [await addAssistant(team, 'Sales'), await addAssistant(team, 'Support')];
    const ofSales = await addNumber(team, { assistantId: sales });
    await addNumber(team, { assistantId: support });
    await addNumber(team);
    expect(await idsFor(`&assistantId=${sales}`)).toEqual([ofSales]);
    expect(await idsFor(`&assistantId=${sales}&status=suspended`)).toEqual([]);
    expect(await idsFor('&assistantId=asst_01jzzzzzzzzzzzzzzzzzzzzzzz')).toEqual([]);
    expectInvalid(await list(service, team, '&assistantId='), 'assistantId', /the id of an assistant/);
    expectInvalid(await list(service, team, '&assistantId=%00'), 'assistantId', /U\+0000/);
  });

  it.each([
    ['(415) 777', 'us'],
    ['+1 415-777', 'us'],
    ['+1 (415) 777-0199', 'us'],
    ['415.777.0199', 'us'],
    ['70199', 'us'],
    ['+44 20', 'gb'],
    ['7946', 'gb'],
    ['sales', 'sales'],
    ['ALES ag', 'sales'],
    ['100%', 'percent'],
    ['%', 'percent'],
    ['a_b', 'underscore'],
    ['_', 'underscore'],
    ['\\', 'backslash'],
    ["o'", 'quote'],
    ['nïc', 'unicode'],
    ['nobody', ''],
    ['9999999', ''],
    ['%%', ''],
    ['.*', ''],
    ["' or 1=1 --x", ''],
  ])('finds %j', async (search, wanted) => {
    const found: Record<string, string> = { '': '' };
    const assistant = async (key: string, name: string) => {
      found[key] = await addNumber(team, { assistantId: await addAssistant(team, name) });
    };
    // Errors are not live, so the same number can stand in the list of many teams.
    found.us = await addNumber(team, { phoneNumber: '+14157770199', status: 'error' });
    found.gb = await addNumber(team, { phoneNumber: '+442079460123', status: 'error' });
    await assistant('sales', 'Sales Agent');
    await assistant('percent', '100% Fun');
    await assistant('underscore', 'a_b');
    await assistant('other', 'axb');
    await assistant('backslash', 'C:\\Bot');
    await assistant('quote', "O'Hara");
    await assistant('unicode', 'Ünïcode');
    expect(await idsFor(`&search=${encodeURIComponent(search)}`)).toEqual(wanted ? [found[wanted]] : []);
    expect(await idsFor(`&limit=10&search=${encodeURIComponent(search)}`)).toEqual(
      wanted ? [found[wanted]] : [],
    );
  });

  it('finds a name with a digit in it, and not every number with that digit', async () => {
    const id = await addNumber(team, { assistantId: await addAssistant(team, 'Agent 5') });
    await addNumber(team);
    expect(await idsFor('&search=agent+5')).toEqual([id]);
  });

  it.each([
    ['search', ''],
    ['search', 'x'.repeat(101)],
    ['search', '%00'],
    ['limit', '0'],
    ['limit', '101'],
    ['limit', '-1'],
    ['limit', '1.5'],
    ['limit', '1e1'],
    ['limit', '0x10'],
    ['limit', '%201'],
    ['limit', 'ten'],
    ['limit', 'true'],
    ['limit', ''],
    ['limit', '99999999999999999999'],
    ['limit', '5&limit=6'],
    ['cursor', ''],
    ['cursor', 'x'.repeat(201)],
  ])('refuses %s=%s', async (name, value) => {
    expectInvalid(await list(service, team, `&${name}=${value}`), name);
  });

  it('refuses a cursor without a limit, and one that is not ours', async () => {
    await addNumber(team);
    await addNumber(team);
    const cursor: string = (await list(service, team, '&limit=1')).body.next_cursor;
    expectInvalid(await list(service, team, `&cursor=${cursor}`), 'cursor', /goes with limit/);
    const place = Buffer.from(cursor, 'base64url').toString();
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const tampered = [
      'abc',
      cursor.slice(0, -4),
      cursor.toLowerCase(),
      place,
      encode(place.replace('pn_', 'ord_')),
      encode(place.toUpperCase()),
      encode(`-${place}`),
      encode(`${place} `),
      encode(place.replace(/^\d+/, '')),
      encode(place.replace(/^\d+/, '1'.repeat(18))),
      encode(place.replace(/^\d+/, '1.5')),
      encode(`${place}' or '1'='1`),
    ];
    for (const wrong of tampered) {
      const answer = await list(service, team, `&limit=1&cursor=${encodeURIComponent(wrong)}`);
      expectInvalid(answer, 'cursor', /^is not a cursor; use next_cursor/);
    }
  });

  it('takes a cursor of any time that a cursor can say', async () => {
    const id = await addNumber(team);
    const cursor = (micros: string) => Buffer.from(`${micros}.pn_${'0'.repeat(26)}`).toString('base64url');
    expect(idsOf(await list(service, team, `&limit=5&cursor=${cursor('9'.repeat(17))}`))).toEqual([id]);
    expect(idsOf(await list(service, team, `&limit=5&cursor=${cursor('0')}`))).toEqual([]);
  });

  describe('in pages', () => {
    /** Follows the cursors to the end. */
    async function walk(query: string, limit: number): Promise<{ ids: string[]; pages: number }> {
      const ids: string[] = [];
      let pages = 0;
      let cursor: string | null = null;
      do {
        const { body }: Answer = await list(
          service,
          team,
          `${query}&limit=${limit}${cursor ? `&cursor=${cursor}` : ''}`,
        );
        expect(Object.keys(body)).toEqual(['success', 'numbers', 'count', 'limit', 'next_cursor']);
        expect(body.limit).toBe(limit);
        expect(body.numbers.length).toBeLessThanOrEqual(limit);
        ids.push(...body.numbers.map(({ id }: { id: string }) => id));
        cursor = body.next_cursor;
        pages += 1;
      } while (cursor !== null && pages < 100);
      return { ids, pages };
    }

    async function addMany(): Promise<void> {
      const micros = (time: string) => sql`${`2026-01-10T08:00:00.${time}Z`}::timestamptz`;
      // Equal to the microsecond, different by one, and across a second.
      const times = [
        '000000',
        '000000',
        '000000',
        '000001',
        '123456',
        '123456',
        '123457',
        '999999',
        '999999',
      ];
      for (const time of times) await addNumber(team, { createdAt: micros(time) });
      for (let index = 0; index < 4; index++)
        await addNumber(team, { createdAt: new Date('2026-01-11T00:00:00Z') });
    }

    it('comes exactly once, whatever the size of the page', async () => {
      await addMany();
      const all = await idsFor('');
      expect(all).toHaveLength(13);
      for (const limit of [1, 2, 3, 5, 12, 13, 14, 100]) {
        const { ids, pages } = await walk('', limit);
        expect(ids, `pages of ${limit}`).toEqual(all);
        expect(pages).toBe(Math.ceil(13 / limit));
      }
    });

    it('counts all that match, on every page', async () => {
      await addMany();
      await addNumber(team, { status: 'suspended' });
      await addNumber(team, { status: 'suspended' });
      const first = await list(service, team, '&limit=1&status=suspended');
      expect(first.body.count).toBe(2);
      const cursor = first.body.next_cursor;
      const second = await list(service, team, `&limit=1&status=suspended&cursor=${cursor}`);
      expect(second.body).toMatchObject({ count: 2, next_cursor: null });
      expect((await list(service, team, '&limit=1')).body.count).toBe(15);
      expect((await walk('&status=suspended', 1)).ids).toHaveLength(2);
      expect((await walk('&search=305555', 4)).ids).toHaveLength(15);
    });

    it('shows nothing twice where numbers come in meanwhile', async () => {
      await addMany();
      const before = await idsFor('');
      const first = await list(service, team, '&limit=6');
      await addNumber(team);
      const rest = await list(service, team, `&limit=100&cursor=${first.body.next_cursor}`);
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(before);
    });
  });
});
