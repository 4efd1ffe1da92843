import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { takePortions } from '../../src/db/rate-limits.ts';
import { rateLimits } from '../../src/db/schema.ts';
import { forgetRateLimits } from '../../src/usecases/forget-rate-limits.ts';
import { prepareTakeFromLimit } from '../../src/usecases/take-from-limit.ts';
import { DATABASE_KINDS } from '../support/databases.ts';
import { type Service, startService } from '../support/service.ts';

const HOUR_MS = 3_600_000;

describe.each(DATABASE_KINDS)('taking from a limit on %s', (kind) => {
  let service: Service;
  let insert: ReturnType<typeof vi.spyOn>;

  beforeAll(async () => {
    service = await startService({ kind });
    insert = vi.spyOn(service.app.context.db, 'insert');
  });
  beforeEach(() => {
    insert.mockClear();
  });
  afterAll(() => service.stop());

  let number = 0;
  const limitOf = (most: number) => {
    number += 1;
    return { bucket: `bucket_${number}`, most, windowMs: HOUR_MS };
  };
  const servers = (count: number) =>
    Array.from({ length: count }, () => prepareTakeFromLimit(service.app.context));
  const start = () => new Date(Math.floor(service.clock.now().getTime() / HOUR_MS) * HOUR_MS);
  const take = async (limit: ReturnType<typeof limitOf>, windowStart = start()) => {
    const [taken] = await takePortions(service.app.context.db, limit, windowStart, [limit.bucket]);
    if (!taken) throw new Error('nothing came back');
    const { bucket, ...portion } = taken;
    return portion;
  };

  it('gives a tenth of what is left, from 1 to 50, and never more than there is', async () => {
    for (const most of [1, 2, 9, 10, 11, 99, 100, 499, 500, 501, 1_000]) {
      const limit = limitOf(most);
      let left = most;
      while (left > 0) {
        const portion = Math.min(left, 50, Math.max(1, Math.ceil(left / 10)));
        left -= portion;
        expect(await take(limit)).toEqual({ windowStart: start(), granted: portion, used: most - left });
      }
      expect(await take(limit)).toEqual({ windowStart: start(), granted: 0, used: most });
    }
  });

  it('begins anew in the next window, and goes by the window of a clock that is ahead', async () => {
    const limit = limitOf(10);
    const next = new Date(start().getTime() + HOUR_MS);
    await take(limit);
    expect(await take(limit, next)).toEqual({ windowStart: next, granted: 1, used: 1 });
    // This server's clock is a little behind: to go back would forget what was used.
    expect(await take(limit)).toEqual({ windowStart: next, granted: 1, used: 2 });
    // A clock that was a day ahead must not lock anybody out for that day.
    await take(limit, new Date(start().getTime() + 24 * HOUR_MS));
    expect(await take(limit)).toEqual({ windowStart: start(), granted: 1, used: 1 });
  });

  it('gives nothing where the figure was lowered below what is used, and more where it was raised', async () => {
    const limit = limitOf(500);
    await take(limit);
    expect(await take({ ...limit, most: 20 })).toMatchObject({ granted: 0, used: 50 });
    const [server] = servers(1);
    expect((await server?.take({ ...limit, most: 20 }))?.passes).toBe(false);
    expect((await server?.take({ ...limit, most: 60 }))?.passes).toBe(true);
  });

  it('lets exactly the limit through, however many servers ask and in whatever order', async () => {
    const plan = fc.record({
      most: fc.integer({ min: 0, max: 70 }),
      asks: fc.array(fc.nat({ max: 3 }), { maxLength: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ most, asks }) => {
        const limit = limitOf(most);
        const four = servers(4);
        const answers = await Promise.all(asks.map((server) => four[server]?.take(limit)));
        let passed = answers.filter((answer) => answer?.passes).length;
        expect(passed).toBeLessThanOrEqual(most);
        // Whatever somebody still holds is spent too.
        for (const server of four) while ((await server.take(limit)).passes) passed += 1;
        expect(passed).toBe(most);
      }),
      { numRuns: 25 },
    );
  });

  it('asks the database little, and not at all once nothing is left', async () => {
    const limit = limitOf(1_000);
    const [server, other] = servers(2);
    for (let request = 1; request <= 1_000; request += 1) {
      const { passes, remaining } = (await server?.take(limit)) ?? {};
      expect({ passes, remaining }).toEqual({ passes: true, remaining: 1_000 - request });
    }
    expect(insert.mock.calls.length).toBeLessThan(60);

    insert.mockClear();
    expect(server?.usedUp(limit)).toMatchObject({ most: 1_000, remaining: 0 });
    for (let request = 0; request < 20; request += 1) expect((await server?.take(limit))?.passes).toBe(false);
    expect(insert).not.toHaveBeenCalled();
    // Another server does not know, until it has asked once.
    expect(other?.usedUp(limit)).toBeNull();
    for (let request = 0; request < 20; request += 1) expect((await other?.take(limit))?.passes).toBe(false);
    expect(insert).toHaveBeenCalledTimes(1);
  });

  it('has requests that come at once wait for one taking together', async () => {
    const limit = limitOf(1_000);
    const [server] = servers(1);
    await Promise.all(Array.from({ length: 50 }, () => server?.take(limit)));
    expect(insert).toHaveBeenCalledTimes(1);
  });

  it('is free again in the next window', async () => {
    const limit = limitOf(3);
    const [server] = servers(1);
    const ask = async () => (await server?.take(limit))?.passes;
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([true, true, true, false]);
    service.clock.advance(HOUR_MS);
    expect(server?.usedUp(limit)).toBeNull();
    expect([await ask(), await ask(), await ask(), await ask()]).toEqual([true, true, true, false]);
  });

  it('keeps so many buckets in memory and no more; who falls out gets less, never more', async () => {
    const small = prepareTakeFromLimit(service.app.context, 2);
    const limit = limitOf(20);
    let passed = 0;
    for (let request = 0; request < 40; request += 1) {
      if ((await small.take(limit)).passes) passed += 1;
      await small.take(limitOf(5));
      await small.take(limitOf(5));
    }
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThanOrEqual(20);
  });

  it('gives several limits of equal and of different figures, asked for at once, each its own', async () => {
    const [server] = servers(1);
    const limits = [20, 20, 100, 1_000, 20, 7].map(limitOf);
    const answers = await Promise.all(limits.map((limit) => server?.take(limit)));
    expect(answers).toMatchObject(limits.map(({ most }) => ({ passes: true, most, remaining: most - 1 })));
    // One statement for each figure.
    expect(insert).toHaveBeenCalledTimes(4);
    for (const limit of limits) {
      let passed = 1;
      while ((await server?.take(limit))?.passes) passed += 1;
      expect(passed).toBe(limit.most);
    }
  });

  it('takes of each bucket as much as its own use leaves, in one statement', async () => {
    const [fresh, used, usedUp] = [limitOf(100), limitOf(100), limitOf(100)];
    for (let portion = 0; portion < 3; portion += 1) await take(used);
    for (let left = 100; left > 0; ) left = 100 - (await take(usedUp)).used;
    const buckets = [usedUp, fresh, used].map(({ bucket }) => bucket);
    const taken = await takePortions(service.app.context.db, fresh, start(), buckets);
    expect(Object.fromEntries(taken.map(({ bucket, granted, used }) => [bucket, { granted, used }]))).toEqual(
      {
        [fresh.bucket]: { granted: 10, used: 10 },
        [used.bucket]: { granted: 8, used: 36 },
        [usedUp.bucket]: { granted: 0, used: 100 },
      },
    );
  });

  it('never gives a lowered figure what is asked for by the old one in the same moment', async () => {
    const [server] = servers(1);
    const old = limitOf(100);
    const lowered = { ...old, most: 1 };
    const answers = await Promise.all([lowered, lowered, lowered, old].map((limit) => server?.take(limit)));
    let passed = answers.filter((answer) => answer?.most === 1 && answer.passes).length;
    while ((await server?.take(lowered))?.passes) passed += 1;
    expect(passed).toBeLessThanOrEqual(1);
  });

  it('never gives more than the limit to a bucket that falls out of memory while it is asked for', async () => {
    const small = prepareTakeFromLimit(service.app.context, 1);
    const [limit, other, another] = [limitOf(6), limitOf(6), limitOf(6)];
    const passed = new Map<string, number>();
    for (let round = 0; round < 8; round += 1) {
      const asked = [limit, other, limit, another, limit, other];
      const answers = await Promise.all(asked.map((each) => small.take(each)));
      asked.forEach(({ bucket }, index) => {
        if (answers[index]?.passes) passed.set(bucket, (passed.get(bucket) ?? 0) + 1);
      });
    }
    for (const { bucket, most } of [limit, other, another]) {
      expect(passed.get(bucket)).toBeGreaterThan(0);
      expect(passed.get(bucket)).toBeLessThanOrEqual(most);
    }
  }, 10_000);

  it('forgets windows that are long over', async () => {
    const { context } = service.app;
    await take(limitOf(5));
    await forgetRateLimits(context);
    expect(await context.db.$count(rateLimits)).toBeGreaterThan(0);
    service.clock.advance(26 * HOUR_MS);
    await take(limitOf(5));
    await forgetRateLimits(context);
    expect((await context.db.select().from(rateLimits)).map(({ bucket }) => bucket)).toEqual([
      `bucket_${number}`,
    ]);
  });
});

describe('a limit whose database does not answer', () => {
  it('lets requests through, and says so in the log', async () => {
    const warn = vi.fn();
    const insert = vi.fn(() => {
      throw new Error('no database');
    });
    const server = prepareTakeFromLimit({
      db: { insert } as never,
      clock: { now: () => new Date(), sleep: async () => undefined },
      log: { warn, info: vi.fn(), error: vi.fn() },
    });
    const limit = { bucket: 'b', most: 1, windowMs: HOUR_MS };
    const answers = await Promise.all([1, 2, 3].map(() => server.take(limit)));
    expect(answers.map(({ passes }) => passes)).toEqual([true, true, true]);
    expect(warn).toHaveBeenCalledTimes(1);
    // It asks again as soon as somebody comes.
    await server.take(limit);
    expect(insert).toHaveBeenCalledTimes(2);
  });
});
