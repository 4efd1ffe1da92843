import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from './benchmark.ts';
import { inTurns } from './benchmark.ts';
import { type Figure, figure, median } from './figures.ts';
import { ask, measureAlone, measureRate, type NextQuestion } from './load.ts';
import { boughtAt, CARRIER_KEY, type Running, startCarrier, startService } from './processes.ts';
import { anyOf, bearer } from './questions.ts';
import { type PrepareBuying, purchaseScript } from './same-sql.ts';
import type { Seeded } from './seed.ts';
import { findOffers, findStock, MOST_OFFERS, purchaseOf, purchasesOf, takeOne } from './stock.ts';

/** Many teams, so that few purchases wait for each other at a team's row. */
const SIZE = { teams: 2_000, numbersPerTeam: 20 };

/** Purchases at once. */
const AT_ONCE = 32;

/** One round of purchases is as long as so many of reads: fewer go through in it. */
const LONGER = 3;

/** Purchases against a carrier without latency, beside pgbench with the same SQL; and what one takes of ours alone. */
export async function purchase(bench: Bench): Promise<Figure[]> {
  const pgbench = findPgbench();
  const seeded = await bench.database('purchases', SIZE);
  const carrier = await startCarrier();
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const environment = {
      DATABASE_URL: seeded.url,
      ...boughtAt(carrier),
    };
    const script = join(directory, 'purchase.sql');
    writeFileSync(
      script,
      await purchaseScript(environment, (base) => prepareBuying(seeded, base), SIZE.teams),
    );
    const service = await startService(environment);
    try {
      return [
        await rates(bench, service, seeded, (ms) => runPgbench(pgbench, script, seeded.url, ms)),
        await addedTime(bench, service, carrier, seeded),
      ];
    } finally {
      await service.stop();
    }
  } finally {
    rmSync(directory, { recursive: true });
    await carrier.stop();
  }
}

async function rates(
  bench: Bench,
  service: Running,
  seeded: Seeded,
  runSame: (ms: number) => Promise<number>,
): Promise<Figure> {
  const ms = bench.ms * LONGER;
  const buy = async () => {
    const stock = await findStock(seeded, [service]);
    return measureRate(purchasesOf(seeded, service.url, stock), AT_ONCE, ms);
  };
  await buy();
  const { ours, pgbenchs } = await inTurns(bench.rounds, {
    ours: buy,
    pgbenchs: () => runSame(ms),
  });
  return figure(`purchases a second, ${AT_ONCE} at once`, '/s', ours, {
    beside: { name: '/s pgbench, same SQL', rounds: pgbenchs },
    target: { atLeast: 0.6 },
  });
}

/** A purchase at rest, less what the two questions take that it asks the carrier. */
async function addedTime(
  { rounds, short }: Bench,
  service: Running,
  carrier: Running,
  seeded: Seeded,
): Promise<Figure> {
  const count = short ? 20 : 50;
  const { whole, carriers } = await inTurns(rounds, {
    whole: async () => {
      const stock = await findStock(seeded, [service], 2);
      return median(await measureAlone(purchasesOf(seeded, service.url, stock), count));
    },
    carriers: async () => {
      const order = median(await measureAlone(await ordersAt(carrier), count));
      const find = median(await measureAlone(await findsAt(carrier), count));
      return order + find;
    },
  });
  const added = whole.map((ms, round) => ms - (carriers[round] ?? 0));
  return figure('time added to a purchase at rest, p50', 'ms', added, { target: { atMost: 8 } });
}

/** One purchase, of a number that a search has found. */
async function prepareBuying(seeded: Seeded, base: string): ReturnType<PrepareBuying> {
  const team = anyOf(seeded.teams);
  const [phoneNumber = ''] = await findOffers(team.token, base, '713');
  const buy = async () => {
    await ask(purchaseOf(team, base, phoneNumber));
  };
  return { teamId: team.teamId, phoneNumber, buy };
}

const TO_CARRIER = bearer(CARRIER_KEY);

/** What a purchase asks the carrier first: orders. */
async function ordersAt(carrier: Running): Promise<NextQuestion> {
  const query = `filter[country_code]=US&filter[national_destination_code]=205&filter[limit]=${MOST_OFFERS}`;
  const answer = await ask({
    url: `${carrier.url}/v2/available_phone_numbers?${query}`,
    headers: TO_CARRIER,
  });
  const { data } = (await answer.json()) as { data: { phone_number: string }[] };
  const stock = data.map(({ phone_number }) => phone_number);
  return () => ({
    url: `${carrier.url}/v2/number_orders`,
    headers: TO_CARRIER,
    body: JSON.stringify({
      phone_numbers: [{ phone_number: takeOne(stock) }],
      customer_reference: randomUUID(),
    }),
  });
}

/** And then: the number that came of it. */
async function findsAt(carrier: Running): Promise<NextQuestion> {
  const answer = await ask({ url: `${carrier.url}/v2/phone_numbers?page[size]=100`, headers: TO_CARRIER });
  const { data } = (await answer.json()) as { data: { phone_number: string }[] };
  return () => ({
    url: `${carrier.url}/v2/phone_numbers?filter[phone_number]=${anyOf(data).phone_number.slice(1)}`,
    headers: TO_CARRIER,
  });
}

/** From the path, where Debian keeps it, or as PGBENCH says. */
function findPgbench(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const places = [
    process.env.PGBENCH,
    'pgbench',
    ...versions.map((version) => `${debian}/${version}/bin/pgbench`),
  ];
  const found = places.find((place) => place && spawnSync(place, ['--version']).status === 0);
  if (found) return found;
  throw new Error('pgbench is not here: install the server programs of PostgreSQL, or name it in PGBENCH.');
}

/**
 * Transactions of the script a second, its statements prepared like those of the service. Each run has new connections:
 * the first second, in which they prepare and plan, does not count.
 */
async function runPgbench(pgbench: string, script: string, url: string, ms: number): Promise<number> {
  const seconds = 1 + Math.ceil(ms / 1_000);
  const { stderr } = await promisify(execFile)(pgbench, [
    '--no-vacuum',
    '--protocol=prepared',
    ...['--client', String(AT_ONCE), '--jobs', '1'],
    ...['--time', String(seconds), '--progress', '1'],
    ...['--file', script],
    url,
  ]);
  const [, ...rates] = [...stderr.matchAll(/^progress: .* ([\d.]+) tps/gm)].map(([, rate]) => Number(rate));
  if (rates.length === 0) throw new Error(`pgbench says: ${stderr}`);
  return median(rates);
}
