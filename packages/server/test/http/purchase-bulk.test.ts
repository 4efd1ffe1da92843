import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleLater } from '../../src/usecases/settle-later.ts';
import { startPurchase } from '../../src/usecases/start-purchase.ts';
import { ordersOf, startPurchases } from '../../src/usecases/start-purchases.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import {
  type Answer,
  asCaller,
  buy,
  call,
  list,
  newTeam,
  type Service,
  startService,
  type TeamWithKey,
} from '../support/service.ts';
import { anonymous, expectInvalid, expectRefusal } from './expectations.ts';

/** Asks to buy several numbers for the key's team. */
function buyAll(
  service: Pick<Service, 'app'>,
  { teamId, token }: TeamWithKey,
  body: object,
  key?: string,
): Promise<Answer> {
  return call(service, 'POST', '/api/phone-numbers/purchase/bulk', {
    token,
    body: { teamId, ...body },
    ...(key !== undefined && { headers: { 'idempotency-key': key } }),
  });
}

const numbers = (areaCode: string, count: number, first = 1000) =>
  Array.from({ length: count }, (_, index) => `+1${areaCode}555${String(first + index)}`);

interface Result {
  phone_number: string;
  success: boolean;
  code?: string;
  phoneNumber?: { id: string; status: string };
}

const resultsOf = (answer: Answer): Result[] => answer.body.results;

/** `active`, `purchasing` or the code, number by number. */
const ends = (answer: Answer) =>
  resultsOf(answer).map(({ phoneNumber, code }) => phoneNumber?.status ?? code);

/** The orders that the carrier has seen for these numbers. */
async function ordersFor({ sim }: Service, phoneNumbers: string[]): Promise<number> {
  const { data } = await sim.ledger();
  return data.filter(
    ({ action, phone_number }) => action === 'order' && phoneNumbers.includes(phone_number ?? ''),
  ).length;
}

describe.each(DATABASE_KINDS)('buying several numbers on %s', (kind) => {
  let service: Service;

  beforeAll(async () => {
    service = await startService({ kind });
  });
  afterAll(() => service.stop());

  it('answers for each of them, in their order', async () => {
    const team = await newTeam(service);
    const answer = await buyAll(service, team, { phoneNumbers: ['+14155550202', '+14155550201'] });
    expect(answer.status).toBe(200);
    const bought = (phone_number: string) => ({
      phone_number,
      success: true,
      phoneNumber: {
        id: expect.stringMatching(/^pn_[0-9a-z]{26}$/),
        phone_number,
        provider_number_id: expect.stringMatching(/^telnyx_\d+$/),
        status: 'active',
        is_trial: false,
        trial_expires_at: null,
        message: 'Phone number purchased successfully',
      },
    });
    expect(answer.body).toEqual({
      success: true,
      results: [bought('+14155550202'), bought('+14155550201')],
      purchased: 2,
      purchasing: 0,
      failed: 0,
      eligibility: { currentCount: 2, maxAllowed: 10, hasSubscription: true, planName: 'Growth' },
    });
    expect((await list(service, team)).body.count).toBe(2);
  });

  it('buys what can be had, and says of the rest why not', async () => {
    const [team, other] = [await newTeam(service, { plan: 'starter' }), await newTeam(service)];
    await buy(service, team, '+14155550210');
    await buy(service, other, '+14155550211');
    const wanted = [
      '+14155550210',
      '+14155550211',
      '+1415555',
      '+14155550212',
      '+14155550901',
      '+14155550213',
    ];
    const answer = await buyAll(service, team, { phoneNumbers: wanted });
    expect(answer.status).toBe(200);
    expect(resultsOf(answer).map(({ phone_number }) => phone_number)).toEqual(wanted);
    // The one that the carrier refuses has held the last slot until then.
    expect(ends(answer)).toEqual([
      'number_already_owned',
      'number_unavailable',
      'invalid_request',
      'active',
      'number_unavailable',
      'plan_limit_reached',
    ]);
    expect(answer.body).toMatchObject({
      purchased: 1,
      purchasing: 0,
      failed: 5,
      eligibility: { currentCount: 2, maxAllowed: 3 },
    });
    expect(resultsOf(answer)[5]).toEqual({
      phone_number: '+14155550213',
      success: false,
      code: 'plan_limit_reached',
      error:
        'The Starter plan allows 3 numbers, and this team has 3. Release a number or choose a larger plan.',
    });
    expect((await list(service, team)).body.count).toBe(2);
  });

  it('gives a Free team its one trial', async () => {
    const team = await newTeam(service, { plan: 'free' });
    const answer = await buyAll(service, team, { phoneNumbers: numbers('203', 3) });
    expect(ends(answer)).toEqual(['active', 'plan_limit_reached', 'plan_limit_reached']);
    expect(resultsOf(answer)[0]?.phoneNumber).toMatchObject({
      is_trial: true,
      trial_expires_at: '2026-01-20T12:00:00Z',
    });
    const again = await buyAll(service, team, { phoneNumbers: numbers('203', 2, 1003), allOrNothing: true });
    expectRefusal(again, 403, 'trial_already_used', { eligibility: answer.body.eligibility });
  });

  it('holds each number to maxMonthlyPrice', async () => {
    const team = await newTeam(service);
    const phoneNumbers = ['+14155550915', '+14155550220'];
    const answer = await buyAll(service, team, { phoneNumbers, maxMonthlyPrice: '2.00' });
    expect(ends(answer)).toEqual(['price_exceeded', 'active']);
    expect(await ordersFor(service, phoneNumbers)).toBe(1);
  });

  it('answers 202 for what the carrier still works on', async () => {
    const team = await newTeam(service);
    const answer = await buyAll(service, team, { phoneNumbers: ['+14155550904', '+14155550221'] });
    expect(answer.status).toBe(202);
    expect(ends(answer)).toEqual(['purchasing', 'active']);
    expect(resultsOf(answer)[0]?.phoneNumber).toMatchObject({ provider_number_id: null });
    expect(answer.body).toMatchObject({ purchased: 1, purchasing: 1, failed: 0 });
  });

  describe('all or nothing', () => {
    const nothing = async (team: TeamWithKey, phoneNumbers: string[]) => {
      expect(await ordersFor(service, phoneNumbers)).toBe(0);
      const { body } = await list(service, team);
      expect(phoneNumbers.filter((number) => JSON.stringify(body).includes(number))).toEqual([]);
      // And nobody is kept from them.
      for (const phoneNumber of phoneNumbers)
        expect((await buy(service, await newTeam(service), phoneNumber)).status).toBe(200);
    };

    it('buys all where all fit', async () => {
      const team = await newTeam(service, { plan: 'starter' });
      const answer = await buyAll(service, team, { phoneNumbers: numbers('206', 3), allOrNothing: true });
      expect(answer).toMatchObject({ status: 200, body: { purchased: 3, failed: 0 } });
    });

    it('buys none where the plan has no room for all', async () => {
      const team = await newTeam(service, { plan: 'starter' });
      await buy(service, team, '+12065551100');
      const phoneNumbers = numbers('206', 3, 1101);
      const answer = await buyAll(service, team, { phoneNumbers, allOrNothing: true }, 'too-many');
      const eligibility = { currentCount: 1, maxAllowed: 3, hasSubscription: true, planName: 'Starter' };
      expectRefusal(answer, 403, 'plan_limit_reached', { eligibility });
      expect(answer.body.error).toMatch(/this team has 1\. 3 more do not fit: ask for fewer/);
      const again = await buyAll(service, team, { phoneNumbers, allOrNothing: true }, 'too-many');
      expect(anonymous(again)).toEqual(anonymous(answer));
      await nothing(team, phoneNumbers);
    });

    it('buys none where one is taken', async () => {
      const [team, other] = [await newTeam(service), await newTeam(service)];
      await buy(service, team, '+12065551111');
      await buy(service, other, '+12065551112');
      const free = ['+12065551113', '+12065551114'];
      for (const [taken, code] of [
        ['+12065551111', 'number_already_owned'],
        ['+12065551112', 'number_unavailable'],
      ] as const) {
        const phoneNumbers = [free[0], taken, free[1]];
        const answer = await buyAll(service, team, { phoneNumbers, allOrNothing: true }, code);
        expectRefusal(answer, 409, code);
        expect(answer.body.error).toContain(taken);
        const again = await buyAll(service, team, { phoneNumbers, allOrNothing: true }, code);
        expect(anonymous(again)).toEqual(anonymous(answer));
      }
      await nothing(team, free);
    });

    it('buys none where one is no number', async () => {
      const phoneNumbers = ['+12065551120', '12065551121'];
      const answer = await buyAll(service, await newTeam(service), { phoneNumbers, allOrNothing: true });
      expectInvalid(answer, 'phoneNumbers.1', /E\.164/);
    });
  });

  describe('by filters', () => {
    const wanted = (areaCode: string, quantity: number, more: object = {}) => ({
      filters: { countryCode: 'US', areaCode },
      quantity,
      ...more,
    });

    it('buys the first that are on offer', async () => {
      const team = await newTeam(service);
      const answer = await buyAll(service, team, wanted('210', 3));
      expect(answer).toMatchObject({ status: 200, body: { purchased: 3 } });
      expect(resultsOf(answer).map(({ phone_number }) => phone_number)).toEqual([
        '+12105550101',
        '+12105550102',
        '+12105550103',
      ]);
    });

    it('passes over what somebody is buying, though the carrier still offers it', async () => {
      const [team, other] = [await newTeam(service), await newTeam(service)];
      await startPurchase(service.app.context, asCaller(other), { phoneNumber: '+12135550101' });
      const answer = await buyAll(service, team, wanted('213', 2));
      expect(resultsOf(answer).map(({ phone_number }) => phone_number)).toEqual([
        '+12135550102',
        '+12135550103',
      ]);
      expect(ends(answer)).toEqual(['active', 'active']);
    });

    it('does not replace a number that is lost on the way', async () => {
      const team = await newTeam(service);
      const { carriers } = service.app.context;
      const { live } = carriers;
      if (!live) throw new Error('live mode is off');
      carriers.live = {
        ...live,
        order: async (request) =>
          request.phoneNumber === '+12145550102'
            ? { kind: 'rejected', reason: 'number_unavailable', detail: 'sold' }
            : live.order(request),
      };
      try {
        const answer = await buyAll(service, team, wanted('214', 3, { allOrNothing: true }));
        expect(ends(answer)).toEqual(['active', 'number_unavailable', 'active']);
        expect(answer.body).toMatchObject({ purchased: 2, failed: 1, eligibility: { currentCount: 2 } });
      } finally {
        carriers.live = live;
      }
    });

    it('buys what there is, or with allOrNothing nothing', async () => {
      const team = await newTeam(service);
      const one = { filters: { countryCode: 'US', areaCode: '215', contains: '5550107' }, quantity: 2 };
      const refused = await buyAll(service, team, { ...one, allOrNothing: true });
      expectRefusal(refused, 409, 'number_unavailable');
      expect(refused.body.error).toMatch(/^Of 2 such numbers 1 is on offer, and nothing was bought/);
      expect((await list(service, team)).body.count).toBe(0);
      const some = await buyAll(service, team, one);
      expect(some).toMatchObject({ status: 200, body: { purchased: 1, failed: 0 } });
      const none = await buyAll(service, team, wanted('628', 2));
      expect(none).toMatchObject({ status: 200, body: { results: [], purchased: 0, failed: 0 } });
    });

    it('takes none that costs more than maxMonthlyPrice', async () => {
      const team = await newTeam(service);
      const answer = await buyAll(
        service,
        team,
        wanted('216', 2, { maxMonthlyPrice: '0.99', allOrNothing: true }),
      );
      expectRefusal(answer, 409, 'number_unavailable');
      expect(answer.body.error).toMatch(/0 are on offer at that price/);
      expect((await buyAll(service, team, wanted('216', 2, { maxMonthlyPrice: '1' }))).body.purchased).toBe(
        2,
      );
    });

    it('is refused as a search is', async () => {
      const team = await newTeam(service);
      const filters = { countryCode: 'GB', areaCode: '415' };
      expectInvalid(
        await buyAll(service, team, { filters, quantity: 1 }),
        'filters.areaCode',
        /US and CA only/,
      );
      service.sim.faults.add({ kind: 'error_before', on: 'search', status: 503, times: null });
      const down = await buyAll(service, team, wanted('217', 1));
      service.sim.faults.clear();
      expectRefusal(down, 503, 'carrier_unavailable');
    });
  });

  describe('Idempotency-Key', () => {
    it('gives the same answer again, and another request 422', async () => {
      const team = await newTeam(service);
      const phoneNumbers = numbers('301', 3);
      const first = await buyAll(service, team, { phoneNumbers }, 'bulk');
      await buy(service, team, '+13015551100');
      const again = await buyAll(service, team, { phoneNumbers, allOrNothing: false }, 'bulk');
      expect(again).toMatchObject({ status: 200, body: first.body });
      expect(await ordersFor(service, phoneNumbers)).toBe(3);
      for (const other of [
        { phoneNumbers: phoneNumbers.slice(1) },
        { phoneNumbers: [...phoneNumbers].reverse() },
        { phoneNumbers, allOrNothing: true },
        { phoneNumbers, maxMonthlyPrice: '2.00' },
        { filters: { countryCode: 'US' }, quantity: 3 },
      ]) {
        expectRefusal(await buyAll(service, team, other, 'bulk'), 422, 'idempotency_key_reused');
      }
      const headers = { 'idempotency-key': 'bulk' };
      expect((await buy(service, team, '+13015551000', { headers })).status).toBe(422);
      expectInvalid(await buyAll(service, team, { phoneNumbers }, 'a b'), 'Idempotency-Key');
    });

    it('keeps refusals and 202 too', async () => {
      const team = await newTeam(service, { plan: 'starter' });
      const phoneNumbers = ['+13025550904', '+13025550901', ...numbers('302', 2)];
      const first = await buyAll(service, team, { phoneNumbers }, 'kept');
      expect(first.status).toBe(202);
      expect(ends(first)).toEqual(['purchasing', 'number_unavailable', 'active', 'plan_limit_reached']);
      const again = await buyAll(service, team, { phoneNumbers }, 'kept');
      expect(again).toMatchObject({ status: 202, body: first.body });
    });

    it('buys once for requests at the same time', async () => {
      const team = await newTeam(service);
      const phoneNumbers = numbers('303', 4);
      const answers = await Promise.all(
        Array.from({ length: 4 }, () => buyAll(service, team, { phoneNumbers }, 'at-once')),
      );
      for (const answer of answers)
        expect(answer).toMatchObject({ status: 200, body: (answers[0] as Answer).body });
      expect(answers[0]?.body).toMatchObject({ purchased: 4 });
      expect(await ordersFor(service, phoneNumbers)).toBe(4);
    });

    it('buys once by filters for requests at the same time', async () => {
      const team = await newTeam(service);
      const body = { filters: { countryCode: 'US', areaCode: '304' }, quantity: 3 };
      const answers = await Promise.all([1, 2].map(() => buyAll(service, team, body, 'filters-at-once')));
      expect(answers[1]).toMatchObject({ status: 200, body: (answers[0] as Answer).body });
      expect((await list(service, team)).body.count).toBe(3);
    });

    it('finds what a request has bought that never answered', async () => {
      const team = await newTeam(service, { plan: 'starter' });
      const { context } = service.app;
      const filters = { countryCode: 'US', areaCode: '305', numberType: 'local' as const };
      const wanted = { filters, quantity: 4 };
      const request = { wanted, allOrNothing: false, idempotencyKey: 'crashed' };
      // The server dies right after it has written the purchases down; their jobs see them through.
      const start = await startPurchases(context, asCaller(team), request);
      if (start.kind !== 'started') throw new Error(`the purchase is ${start.kind}`);
      const orders = ordersOf(start.started);
      expect(orders).toHaveLength(3);
      for (const orderId of orders) await settleLater(context, orderId);

      service.clock.advance(60_000);
      service.sim.faults.add({ kind: 'error_before', on: 'search', times: null });
      const body = { filters: { areaCode: '305', countryCode: 'US' }, quantity: 4 };
      const answer = await buyAll(service, team, body, 'crashed');
      service.sim.faults.clear();
      expect(answer.status).toBe(200);
      expect(resultsOf(answer).map(({ phone_number }) => phone_number)).toEqual(
        start.started.map(({ phoneNumber }) => phoneNumber),
      );
      expect(ends(answer)).toEqual(['active', 'active', 'active', 'plan_limit_reached']);
      expect((await list(service, team)).body.count).toBe(3);
      const { data } = await service.sim.ledger();
      const ordered = data.filter(
        ({ action, phone_number }) => action === 'order' && phone_number?.startsWith('+1305'),
      );
      expect(ordered).toHaveLength(3);
      expect(await buyAll(service, team, body, 'crashed')).toMatchObject({ status: 200, body: answer.body });
    });

    it('finishes what a request has started that never answered', async () => {
      const team = await newTeam(service);
      const phoneNumbers = numbers('307', 3);
      const request = { wanted: { phoneNumbers }, allOrNothing: true, idempotencyKey: 'stopped' };
      await startPurchases(service.app.context, asCaller(team), request);
      const answer = await buyAll(service, team, { phoneNumbers, allOrNothing: true }, 'stopped');
      expect(answer).toMatchObject({ status: 200, body: { purchased: 3 } });
      expect(await ordersFor(service, phoneNumbers)).toBe(3);
    });

    it('is free again where nothing was bought because of the carrier', async () => {
      const team = await newTeam(service);
      const body = { phoneNumbers: ['+1415', ...numbers('310', 2)], maxMonthlyPrice: '2.00' };
      service.sim.faults.add({ kind: 'error_before', on: 'search', status: 503, times: null });
      const down = await buyAll(service, team, body, 'retry');
      service.sim.faults.clear();
      expect(down).toMatchObject({ status: 200, body: { purchased: 0, failed: 3 } });
      expect(ends(down)).toEqual(['invalid_request', 'carrier_unavailable', 'carrier_unavailable']);
      // The circuit breaker goes by the real clock, and lets searches through before it opens.
      const retry = await buyAll(service, team, body, 'retry');
      expect(ends(retry)).toEqual(['invalid_request', 'active', 'active']);
    });

    it('is kept where the carrier failed for a part of them', async () => {
      const team = await newTeam(service);
      const phoneNumbers = ['+13125550902', '+13125551000'];
      const first = await buyAll(service, team, { phoneNumbers }, 'in-part');
      expect(ends(first)).toEqual(['carrier_error', 'active']);
      expect(await buyAll(service, team, { phoneNumbers }, 'in-part')).toMatchObject({
        status: 200,
        body: first.body,
      });
    });
  });

  it.each([
    [{}, 'phoneNumbers', /^is required: a list of numbers, or filters/],
    [{ phoneNumbers: [] }, 'phoneNumbers', /a list of 1 to 50 numbers/],
    [{ phoneNumbers: numbers('415', 51) }, 'phoneNumbers', /a list of 1 to 50 numbers/],
    [{ phoneNumbers: ['+14155551000', 5] }, 'phoneNumbers.1', /a number in E\.164 form/],
    [
      { phoneNumbers: ['+14155551000', '+14155551001', '+14155551000'] },
      'phoneNumbers.2',
      /^is phoneNumbers\.0 again/,
    ],
    [{ phoneNumbers: ['nonsense', 'nonsense'] }, 'phoneNumbers.1', /again/],
    [{ phoneNumbers: ['+14155551000'], quantity: 1 }, 'quantity', /does not go with phoneNumbers/],
    [{ phoneNumbers: ['+14155551000'], filters: { countryCode: 'US' } }, 'filters', /does not go/],
    [{ filters: { countryCode: 'US' } }, 'quantity', /^is required/],
    [{ quantity: 3 }, 'phoneNumbers', /^is required/],
    [{ filters: { countryCode: 'US' }, quantity: 51 }, 'quantity', /1 to 50/],
    [{ filters: { countryCode: 'US' }, quantity: 0 }, 'quantity', /1 to 50/],
    [{ filters: {}, quantity: 1 }, 'filters.countryCode', /^is required/],
    [{ filters: { countryCode: 'US', limit: 5 }, quantity: 1 }, 'filters.limit', /not a field/],
    [{ phoneNumbers: ['+14155551000'], allOrNothing: 'true' }, 'allOrNothing', /true or false/],
    [{ phoneNumbers: ['+14155551000'], phoneNumber: '+14155551000' }, 'phoneNumber', /not a field/],
  ])('refuses %j', async (body, path, message) => {
    expectInvalid(await buyAll(service, await newTeam(service), body), path, message);
  });
});

describe.each(DATABASE_KINDS)('bulk purchases at once on %s', (kind) => {
  let service: Service;
  let other: Service;

  beforeAll(async () => {
    service = await startService({ kind });
    const { clock, database, simulator } = service;
    other =
      kind === 'embedded' ? service : await startService({ clock, database, sharedSimulator: simulator });
  });
  afterAll(async () => {
    if (other !== service) await other.stop();
    await service.stop();
  });

  it('fill a plan to the brim and not beyond', async () => {
    const team = await newTeam(service);
    const wanted = [numbers('313', 8), numbers('314', 8)] as const;
    const answers = await Promise.all([
      buyAll(service, team, { phoneNumbers: wanted[0] }),
      buyAll(other, team, { phoneNumbers: wanted[1] }),
    ]);
    const purchased = answers.map(({ body }) => body.purchased);
    expect(purchased.sort()).toEqual([2, 8]);
    expect(answers.flatMap(ends).filter((end) => end === 'plan_limit_reached')).toHaveLength(6);
    expect((await list(service, team)).body.count).toBe(10);
    expect(await ordersFor(service, wanted.flat())).toBe(10);
  });

  it('with allOrNothing, sell all to one and nothing to the other', async () => {
    const team = await newTeam(service);
    const wanted = [numbers('316', 8), numbers('317', 8)] as const;
    const answers = await Promise.all([
      buyAll(service, team, { phoneNumbers: wanted[0], allOrNothing: true }),
      buyAll(other, team, { phoneNumbers: wanted[1], allOrNothing: true }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403]);
    expect((await list(service, team)).body.count).toBe(8);
    expect(await ordersFor(service, wanted.flat())).toBe(8);
  });

  it('sell each number to one of two teams that name them in different order', async () => {
    const [one, two] = [await newTeam(service), await newTeam(service)];
    for (const areaCode of ['401', '402', '404']) {
      const phoneNumbers = numbers(areaCode, 3);
      const answers = await Promise.all([
        buyAll(service, one, { phoneNumbers }),
        buyAll(other, two, { phoneNumbers: [...phoneNumbers].reverse() }),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      const sold = answers.flatMap(resultsOf).filter(({ success }) => success);
      expect(sold.map(({ phone_number }) => phone_number).sort()).toEqual(phoneNumbers);
      expect(await ordersFor(service, phoneNumbers)).toBe(3);
    }
  });
});

describe('a carrier that takes its time', () => {
  it('has five orders of one request at once, and the answer does not wait for it', async () => {
    const service = await startService({ kind: 'postgres', environment: { PURCHASE_WAIT_MS: '400' } });
    const { carriers } = service.app.context;
    const { live } = carriers;
    if (!live) throw new Error('live mode is off');
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    let ordering = 0;
    carriers.live = {
      ...live,
      order: async (request) => {
        ordering += 1;
        await gate;
        return live.order(request);
      },
    };
    try {
      const team = await newTeam(service);
      const phoneNumbers = numbers('415', 8);
      const answer = await buyAll(service, team, { phoneNumbers });
      expect(answer.status).toBe(202);
      expect(ends(answer)).toEqual(Array(8).fill('purchasing'));
      expect(ordering).toBe(5);
      open();
      await Promise.all(service.app.context.background);
      expect(await ordersFor(service, phoneNumbers)).toBe(5);
      expect((await list(service, team)).body.count).toBe(8);
    } finally {
      open();
      await service.stop();
    }
  });
});
