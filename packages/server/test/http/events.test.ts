import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVENT_TYPES } from '../../src/domain/event-types.ts';
import { recordEvent } from '../../src/usecases/record-event.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  asCaller,
  buy,
  call,
  newKey,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { expectInvalid, expectRefusal } from './expectations.ts';

const ID = /^evt_[0-9a-z]{26}$/;

describe.each(DATABASE_KINDS)('events on %s', (kind) => {
  let service: Service;
  let team: TeamWithKey;
  let numberId: string;
  const phoneNumber = '+14155550101';

  /** Those of numbers, where the query names no other type: the making of teams and keys is told too. */
  const events = (query = '', { teamId, token } = team) => {
    const type = query.includes('type=') ? '' : '&type=phone_number.*';
    return call(service, 'GET', `/api/events?teamId=${teamId}${type}${query}`, { token });
  };
  const typesIn = (answer: { body: { events: { type: string }[] } }) =>
    answer.body.events.map(({ type }) => type);

  beforeAll(async () => {
    service = await startService({ kind });
    team = await newTeam(service);
    numberId = (await buy(service, team, phoneNumber)).body.phoneNumber.id;
    const label = { token: team.token, body: { label: 'Desk' } };
    await call(service, 'PATCH', `/api/phone-numbers/${numberId}`, label);
    await call(service, 'DELETE', `/api/phone-numbers/${numberId}`, { token: team.token });
  });
  afterAll(() => service.stop());

  it('tell what happened, newest first, by whom, and what changed', async () => {
    const { status, body } = await events();
    expect(status).toBe(200);
    const key = {
      type: 'key',
      id: team.keyId,
      name: 'Test key',
      email: expect.stringMatching(/^owner\d+@example\.com$/),
    };
    const of = { id: expect.stringMatching(ID), subject: numberId, mode: 'live' };
    const at = { created_at: '2026-01-15T12:00:00Z' };
    const orderId = expect.stringMatching(/^ord_/);
    expect(body).toEqual({
      success: true,
      next_cursor: null,
      events: [
        {
          ...of,
          ...at,
          type: 'phone_number.release_started',
          actor: key,
          before: { status: 'active', assistant_id: null, release_at: null },
          after: { status: 'releasing', assistant_id: null, release_at: '2026-01-22T12:00:00Z' },
          data: {
            phone_number: phoneNumber,
            reason: 'requested',
            release_at: '2026-01-22T12:00:00Z',
            assistant_id: null,
            campaign_ids: [],
          },
        },
        {
          ...of,
          ...at,
          type: 'phone_number.updated',
          actor: key,
          before: { label: null, deletion_lock: false },
          after: { label: 'Desk', deletion_lock: false },
          data: { phone_number: phoneNumber },
        },
        {
          ...of,
          ...at,
          type: 'phone_number.purchased',
          actor: { type: 'carrier', id: null, name: null, email: null },
          before: { status: 'purchasing' },
          after: { status: 'active' },
          data: { phone_number: phoneNumber, order_id: orderId },
        },
        {
          ...of,
          ...at,
          type: 'phone_number.purchase_started',
          actor: key,
          before: null,
          after: { status: 'purchasing', is_trial: false, trial_expires_at: null },
          data: { phone_number: phoneNumber, order_id: orderId },
        },
      ],
    });
  });

  it.each([
    ['&type=phone_number.updated', 1],
    ['&type=phone_number.*', 4],
    ['&type=number_order.*', 0],
    ['&subject=pn_unknown', 0],
  ])('are filtered by %s', async (query, count) => {
    expect((await events(query)).body.events).toHaveLength(count);
  });

  it('are filtered by record and type together', async () => {
    expect(typesIn(await events(`&subject=${numberId}&type=phone_number.purchased`))).toEqual([
      'phone_number.purchased',
    ]);
  });

  it.each(['desc', 'asc'])('come page by page, %s', async (order) => {
    const all = typesIn(await events(`&order=${order}`));
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await events(`&order=${order}&limit=3${cursor}`);
      seen.push(...typesIn(page));
      cursor = page.body.next_cursor && `&cursor=${page.body.next_cursor}`;
    } while (cursor);
    expect(seen).toEqual(all);
    expect(all[0]).toBe(order === 'asc' ? 'phone_number.purchase_started' : 'phone_number.release_started');
  });

  it.each([1, 200])('come up to %i at a time', async (limit) => {
    expect((await events(`&limit=${limit}`)).status).toBe(200);
  });

  it.each(['0', '201', '-1', '1.5', 'x'])('do not come %s at a time', async (limit) => {
    expectInvalid(await events(`&limit=${limit}`), 'limit', /^must be a whole number from 1 to 200/);
  });

  it.each(['x', 'phone_number', '*', 'phone_number.x', 'phone_number.**'])(
    'have no type %s',
    async (type) => {
      expectInvalid(await events(`&type=${type}`), 'type', /^must be a type of event like/);
    },
  );

  it('are told with cursors that fit their list alone', async () => {
    const { next_cursor: cursor } = (await events('&limit=1')).body;
    const changed = (cursor[0] === 'A' ? 'B' : 'A') + cursor.slice(1);
    for (const query of [
      `&cursor=${changed}`,
      `&cursor=${cursor}A`,
      `&cursor=${cursor.slice(0, -1)}`,
      '&cursor=x',
      `&cursor=${cursor}&order=asc`,
      `&cursor=${cursor}&type=phone_number.updated`,
      `&cursor=${cursor}&subject=${numberId}`,
    ])
      expectInvalid(await events(query), 'cursor', /^is not a cursor of this list/);
    const other = await newTeam(service);
    expectInvalid(await events(`&cursor=${cursor}`, other), 'cursor');
    const testKey = { ...team, ...(await newKey(service, team.teamId, { mode: 'test' })) };
    expectInvalid(await events(`&cursor=${cursor}`, testKey), 'cursor');
    // Another number of events on a page is no other list.
    expect((await events(`&cursor=${cursor}&limit=200`)).body.events).toHaveLength(3);
  });

  it('belong to a mode, or to both', async () => {
    const mixed = await newTeam(service);
    const { context } = service.app;
    for (const mode of ['live', 'test', null] as const) {
      await context.db.transaction((tx) =>
        recordEvent(context, tx, {
          teamId: mixed.teamId,
          mode,
          type: 'phone_number.lost',
          subject: `pn_${mode}`,
          actor: { type: 'system', id: null },
          data: {},
        }),
      );
    }
    const testKey = { ...mixed, ...(await newKey(service, mixed.teamId, { mode: 'test' })) };
    const modes = async (key: TeamWithKey, query = '') =>
      (await events(query, key)).body.events.map(({ mode }: { mode: string | null }) => mode);
    for (const query of ['&type=phone_number.lost', '&type=phone_number.*']) {
      expect(await modes(mixed, query)).toEqual([null, 'live']);
      expect(await modes(testKey, query)).toEqual([null, 'test']);
    }
    expect(await modes(testKey, '&subject=pn_live')).toEqual([]);
    const all = await call(service, 'GET', `/api/events?teamId=${mixed.teamId}`, { token: mixed.token });
    expect(typesIn(all)).toEqual(expect.arrayContaining(['team.created', 'phone_number.lost']));
    expect(typesIn(all).filter((type) => type === 'phone_number.lost')).toHaveLength(2);
  });

  it("are the team's own", async () => {
    const other = await newTeam(service);
    expect((await events('', other)).body.events).toEqual([]);
    expect((await events(`&subject=${numberId}`, other)).body.events).toEqual([]);
    expectRefusal(await events('', { ...other, teamId: team.teamId }), 403, 'forbidden');
    for (const id of [numberId, phoneNumber])
      expectRefusal(
        await call(service, 'GET', `/api/phone-numbers/${id}/events`, { token: other.token }),
        404,
        'not_found',
      );
  });

  it('of one number are found by its id and by its digits', async () => {
    for (const id of [numberId, phoneNumber]) {
      const { status, body } = await call(
        service,
        'GET',
        `/api/phone-numbers/${id}/events?order=asc&limit=2`,
        {
          token: team.token,
        },
      );
      expect(status).toBe(200);
      expect(typesIn({ body })).toEqual(['phone_number.purchase_started', 'phone_number.purchased']);
      const rest = await call(
        service,
        'GET',
        `/api/phone-numbers/${id}/events?order=asc&cursor=${body.next_cursor}`,
        { token: team.token },
      );
      expect(rest.body.events).toHaveLength(2);
    }
  });

  it('name the person who made them', async () => {
    const { context } = service.app;
    const own = await newTeam(service);
    const { body } = await events('', own);
    expect(body.events).toEqual([]);
    const { rows } = (await context.db.execute(
      `select user_id from team_members where team_id = '${own.teamId}'`,
    )) as unknown as { rows: [{ user_id: string }] };
    const id = rows[0].user_id;
    await context.db.transaction((tx) =>
      recordEvent(context, tx, {
        ...{ teamId: own.teamId, mode: null, type: 'phone_number.lost', subject: 'pn_x', data: {} },
        actor: { type: 'person', id },
      }),
    );
    const [event] = (await events('', own)).body.events;
    expect(event.actor).toEqual({
      type: 'person',
      id,
      name: expect.stringMatching(/^Owner/),
      email: expect.stringMatching(/^owner/),
    });
  });

  it('are not there where their change is not', async () => {
    const { context } = service.app;
    const own = await newTeam(service);
    const failure = context.db.transaction(async (tx) => {
      await recordEvent(context, tx, {
        ...{ teamId: own.teamId, mode: 'live', type: 'phone_number.lost', subject: 'pn_x', data: {} },
        actor: asCaller(own).actor,
      });
      throw new Error('the change failed');
    });
    await expect(failure).rejects.toThrow('the change failed');
    expect((await events('', own)).body.events).toEqual([]);
  });
});

describe('the types of events', () => {
  it('are named by area and happening', () => {
    for (const type of EVENT_TYPES) expect(type).toMatch(/^[a-z_]+\.[a-z_]+$/);
    expect(new Set(EVENT_TYPES).size).toBe(EVENT_TYPES.length);
  });
});
