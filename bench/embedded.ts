import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './benchmark.ts';
import { inTurns } from './benchmark.ts';
import { type Figure, figure } from './figures.ts';
import { measureRate } from './load.ts';
import { boughtAt, type Running, startCarrier, startService } from './processes.ts';
import { listsOf, lookUpsOf } from './questions.ts';
import { warmUp } from './reads.ts';
import { type SeededTeams, seedEmbedded } from './seed.ts';
import { findStock, purchasesOf } from './stock.ts';

/** What somebody may have without a database server. */
const SIZE = { teams: 500, numbersPerTeam: 20 };

const AT_ONCE = 16;

/** A server, and what is in its database. */
interface Side {
  server: Running;
  seeded: SeededTeams;
}

/** Lists, look-ups and purchases on the embedded database, beside the same server with PostgreSQL. */
export async function embedded(bench: Bench): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const carrier = await startCarrier();
  try {
    const onPostgres = await bench.database('not_embedded', SIZE);
    const inProcess = await seedEmbedded(directory, SIZE);
    const postgres = {
      server: await startService({ DATABASE_URL: onPostgres.url, ...boughtAt(carrier) }),
      seeded: onPostgres,
    };
    const pglite = {
      server: await startService({ DATA_DIR: directory, ...boughtAt(carrier) }),
      seeded: inProcess,
    };
    try {
      for (const { server, seeded } of [postgres, pglite]) await warmUp(seeded, [server], { ms: 1_000 });
      return await compare(bench, pglite, postgres);
    } finally {
      await Promise.all([pglite.server.stop(), postgres.server.stop()]);
    }
  } finally {
    await carrier.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function compare({ fewRounds, ms }: Bench, pglite: Side, postgres: Side): Promise<Figure[]> {
  const kinds: Record<string, (side: Side) => Promise<number>> = {
    lists: ({ server, seeded }) => measureRate(listsOf(seeded, server.url), AT_ONCE, ms),
    'look-ups': ({ server, seeded }) => measureRate(lookUpsOf(seeded, server.url), AT_ONCE, ms),
    purchases: async ({ server, seeded }) => {
      const stock = await findStock(seeded, [server]);
      return measureRate(purchasesOf(seeded, server.url, stock), AT_ONCE, ms);
    },
  };
  const figures: Figure[] = [];
  for (const [what, measure] of Object.entries(kinds)) {
    const { ours, others } = await inTurns(fewRounds, {
      ours: () => measure(pglite),
      others: () => measure(postgres),
    });
    figures.push(
      figure(`${what} a second, embedded, ${AT_ONCE} at once`, '/s', ours, {
        beside: { name: '/s PostgreSQL', rounds: others },
      }),
    );
  }
  return figures;
}
