import type { Bench } from './benchmark.ts';
import { inTurns } from './benchmark.ts';
import { type Figure, figure, median } from './figures.ts';
import { ask, measureAlone, measureAtRate, type NextQuestion } from './load.ts';
import { boughtAt, CARRIER_KEY, type Running, startCarrier, startService } from './processes.ts';
import { anyOf, bearer } from './questions.ts';
import type { Seeded } from './seed.ts';
import { AREA_CODES, type Filters, MOST_OFFERS, searchOf } from './stock.ts';

/** Several clients; how many numbers they have is nothing to a search. */
const SIZE = { teams: 20, numbersPerTeam: 1 };

/** What the carrier takes for an answer, ms. */
const CARRIER_MS = 50;

/** Equal searches, in so many ms. */
const EQUAL = 200;
const EQUAL_MS = 2_000;

/** What a search takes of ours beside the carrier's answer, and how many calls to the carrier equal searches share. */
export async function search(bench: Bench): Promise<Figure[]> {
  const seeded = await bench.database('searches', SIZE);
  const carrier = await startCarrier(CARRIER_MS);
  const service = await startService({
    DATABASE_URL: seeded.url,
    ...boughtAt(carrier),
  });
  try {
    return [
      await addedTime(bench, seeded, service, carrier),
      await sharedCalls(bench, seeded, service, carrier),
    ];
  } finally {
    await service.stop();
    await carrier.stop();
  }
}

async function addedTime(
  { fewRounds, short }: Bench,
  seeded: Seeded,
  service: Running,
  carrier: Running,
): Promise<Figure> {
  const count = short ? 10 : 30;
  const whole = async () => median(await measureAlone(searchesOf(seeded, service, newFilters), count));
  await whole();
  const { ours, carriers } = await inTurns(fewRounds, {
    ours: whole,
    carriers: async () => median(await measureAlone(searchesAt(carrier), count)),
  });
  const added = ours.map((ms, round) => ms - (carriers[round] ?? 0));
  return figure(`time added to a search at rest, p50, carrier ${CARRIER_MS} ms away`, 'ms', added);
}

async function sharedCalls(
  { short }: Bench,
  seeded: Seeded,
  service: Running,
  carrier: Running,
): Promise<Figure> {
  const perCall: number[] = [];
  for (let round = 0; round < (short ? 2 : 5); round += 1) {
    const filters = newFilters();
    const before = await countSearches(carrier);
    const asked = await measureAtRate(
      searchesOf(seeded, service, () => filters),
      (EQUAL * 1_000) / EQUAL_MS,
      EQUAL_MS,
    );
    perCall.push(asked.length / ((await countSearches(carrier)) - before));
  }
  return figure(
    `${EQUAL} equal searches in ${EQUAL_MS / 1_000} s`,
    'searches a call to the carrier',
    perCall,
  );
}

let combinations = 0;

/** Filters that nothing has searched for yet, in this process. */
function newFilters(): Filters {
  const areaCode = AREA_CODES[combinations % AREA_CODES.length] ?? '';
  const limit = MOST_OFFERS - Math.floor(combinations / AREA_CODES.length);
  combinations += 1;
  return { areaCode, limit };
}

function searchesOf({ teams }: Seeded, { url }: Running, next: () => Filters): NextQuestion {
  return () => searchOf(anyOf(teams).token, url, next());
}

/** The question that our service asks it. */
function searchesAt({ url }: Running): NextQuestion {
  return () => {
    const { areaCode, limit } = newFilters();
    const filters = {
      country_code: 'US',
      exclude_held_numbers: true,
      best_effort: false,
      phone_number_type: 'local',
      limit,
      national_destination_code: areaCode,
    };
    const query = Object.entries(filters).map(([name, value]) => `filter[${name}]=${value}`);
    return { url: `${url}/v2/available_phone_numbers?${query.join('&')}`, headers: bearer(CARRIER_KEY) };
  };
}

/** How many searches the carrier got since the first time that this was asked: a fault that does no harm counts them. */
async function countSearches({ url }: Running): Promise<number> {
  const faults = `${url}/_sim/faults`;
  const { data } = (await (await ask({ url: faults })).json()) as { data: { injected: number }[] };
  const [counter] = data;
  if (counter) return counter.injected;
  const counting = JSON.stringify({ kind: 'latency', on: 'search', ms: 0, times: null });
  await ask({ url: faults, body: counting, expected: [201] });
  return 0;
}
