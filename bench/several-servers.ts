import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Bench } from './benchmark.ts';
import { inTurns } from './benchmark.ts';
import { type Figure, figure } from './figures.ts';
import { ask, measureRate, type NextQuestion } from './load.ts';
import { boughtAt, type Running, startCarrier, startService } from './processes.ts';
import { anyOf, listsOf, lookUpsOf } from './questions.ts';
import { warmUp } from './reads.ts';
import type { Seeded } from './seed.ts';
import { findStock, purchaseOf, purchasesOf } from './stock.ts';
import { countWrongRecords } from './wrong-records.ts';

const SIZE = { teams: 500, numbersPerTeam: 20 };

/** Requests at once, over all servers: enough for each of four to have some together. */
const READS_AT_ONCE = 128;
const PURCHASES_AT_ONCE = 32;

/** Each, ms: the servers warm up one after the other, with reads and with purchases. */
const WARM_UP_MS = 700;
const WARM_UP_PURCHASES_MS = 2_000;

/** A second server must not cost anything; from one round to the next rates differ by some per cent anyway. */
const NEVER_SLOWER = { atLeast: 0.95 };

/** So many teams have room for few numbers more, and together want many times that. */
const CROWDED_TEAMS = 20;
const ROOM = 5;
const WANTED = 150;

/** An order that is not through by then, ms, counts as wrong. */
const SETTLED_MS = 30_000;

/** 1, 2 and 4 servers on one PostgreSQL and one carrier; all on this machine, so that more servers are no more power. */
export async function severalServers(bench: Bench): Promise<Figure[]> {
  const seeded = await bench.database('servers', SIZE);
  const carrier = await startCarrier();
  const environment = {
    DATABASE_URL: seeded.url,
    ...boughtAt(carrier),
  };
  // The first one makes what the others find.
  const servers = [await startService(environment)];
  while (servers.length < 4) servers.push(await startService(environment));
  const crowded = { ...seeded, teams: seeded.teams.slice(0, CROWDED_TEAMS) };
  const others = { ...seeded, teams: seeded.teams.slice(CROWDED_TEAMS) };
  try {
    await leaveRoom(crowded);
    await warmUp(seeded, servers, { ms: WARM_UP_MS });
    for (const server of servers) await purchases({ ...bench, ms: WARM_UP_PURCHASES_MS }, others, [server]);
    return [
      // Twice as many: two servers are close to what is wanted here.
      ...(await compare(bench, 'look-ups', bench.rounds * 2, servers, (some) =>
        reads(bench, seeded, some, lookUpsOf),
      )),
      ...(await compare(bench, 'lists', bench.rounds, servers, (some) =>
        reads(bench, seeded, some, listsOf),
      )),
      ...(await compare(bench, 'purchases', bench.rounds, servers, (some) => purchases(bench, others, some))),
      ...(await correctness(crowded, servers, carrier)),
    ];
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await carrier.stop();
  }
}

async function compare(
  { fewRounds }: Bench,
  what: string,
  rounds: number,
  servers: readonly Running[],
  measure: (some: readonly Running[]) => Promise<number>,
): Promise<Figure[]> {
  // Another one each time: processes that do the same differ for as long as they live, and one that had part in every
  // round would be ahead of the others.
  const some = (count: number) => {
    let from = 0;
    return () => {
      const chosen = [...servers.slice(from), ...servers.slice(0, from)].slice(0, count);
      from = (from + 1) % servers.length;
      return measure(chosen);
    };
  };
  const { one, two } = await inTurns(rounds, { one: some(1), two: some(2) });
  const { single, four } = await inTurns(fewRounds, { single: some(1), four: some(4) });
  return [
    figure(`${what} a second, 2 servers`, '/s', two, {
      beside: { name: '/s 1 server', rounds: one },
      target: NEVER_SLOWER,
    }),
    figure(`${what} a second, 4 servers`, '/s', four, { beside: { name: '/s 1 server', rounds: single } }),
  ];
}

async function reads(
  { ms }: Bench,
  seeded: Seeded,
  servers: readonly Running[],
  next: (seeded: Seeded, base: string) => NextQuestion,
): Promise<number> {
  return spread(servers, READS_AT_ONCE, ms, (base) => next(seeded, base));
}

/** Numbers are searched at one server and bought at any, as behind a load balancer. */
async function purchases({ ms }: Bench, seeded: Seeded, servers: readonly Running[]): Promise<number> {
  const stock = await findStock(seeded, servers);
  return spread(servers, PURCHASES_AT_ONCE, ms, (base) => purchasesOf(seeded, base, stock));
}

/** The rate of all servers together, the same number of requests at once at each. */
async function spread(
  servers: readonly Running[],
  atOnce: number,
  ms: number,
  next: (base: string) => NextQuestion,
): Promise<number> {
  const rates = await Promise.all(
    servers.map(({ url }) => measureRate(next(url), atOnce / servers.length, ms)),
  );
  return rates.reduce((sum, rate) => sum + rate, 0);
}

async function leaveRoom({ url, teams }: Seeded): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('update teams set max_numbers = $1 where id = any($2)', [
    SIZE.numbersPerTeam + ROOM,
    teams.map(({ teamId }) => teamId),
  ]);
  await client.end();
}

/** Teams want more than they may have, each number twice, at all servers at once; then every purchase so far is checked. */
async function correctness(
  crowded: Seeded,
  servers: readonly Running[],
  carrier: Running,
): Promise<Figure[]> {
  const answers = await buyInCrowd(crowded, servers);
  const refused = (status: number) => answers.filter((answer) => answer === status).length;
  const wrong = await untilSettled(crowded.url, carrier);
  const all = `of ${answers.length} asked for at 4 servers`;
  return [
    // Without refusals nothing was put to the test.
    figure(`purchases refused at the team's limit, ${all}`, '', [refused(403)], { target: { atLeast: 1 } }),
    figure(`purchases refused as taken, ${all}`, '', [refused(409)], { target: { atLeast: 1 } }),
    figure('wrong records after all these purchases', '', [wrong], { target: { atMost: 0 } }),
  ];
}

/** @returns the status of each answer */
async function buyInCrowd(crowded: Seeded, servers: readonly Running[]): Promise<number[]> {
  const wanted = (await findStock(crowded, servers)).slice(0, WANTED);
  // One number stands twice in a row, for two teams at two servers.
  const questions = wanted
    .flatMap((number) => [number, number])
    .map((phoneNumber, index) => {
      const team = crowded.teams[index % crowded.teams.length] ?? anyOf(crowded.teams);
      const purchase = purchaseOf(team, servers[index % servers.length]?.url ?? '', phoneNumber);
      return { ...purchase, expected: [200, 202, 403, 409] };
    });
  const answers: number[] = [];
  const buyOn = async () => {
    for (let next = questions.shift(); next; next = questions.shift()) {
      const answer = await ask(next);
      await answer.arrayBuffer();
      answers.push(answer.status);
    }
  };
  await Promise.all(Array.from({ length: PURCHASES_AT_ONCE }, buyOn));
  return answers;
}

/** What is wrong once every order is through; what is on its way meanwhile is not wrong. */
async function untilSettled(databaseUrl: string, carrier: Running): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const wrong = await countWrongRecords(databaseUrl, carrier.url);
    if (wrong === 0 || performance.now() - begin > SETTLED_MS) return wrong;
    await delay(1_000);
  }
}
