import pg from 'pg';
import { SEEDED_IDS } from './seed.ts';

const LIVE = `status in ('purchasing', 'active', 'suspended', 'releasing')`;

/** Each counts what must never be. */
const RULES = [
  // Teams with more numbers than they may have.
  `select count(*) from teams t where max_numbers <
     (select count(*) from phone_numbers n where n.team_id = t.id and n.mode = 'live' and n.${LIVE})`,
  // Numbers with two owners.
  `select count(*) from (
     select from phone_numbers where mode = 'live' and ${LIVE} group by phone_number having count(*) > 1) as twice`,
  // Numbers that are in use without an order that is through.
  `select count(*) from phone_numbers n where n.status = 'active' and n.id not like '${SEEDED_IDS}' and not exists
     (select from number_orders o where o.phone_number_id = n.id and o.state = 'completed')`,
  // Orders that came to no end.
  `select count(*) from number_orders where state not in ('completed', 'failed')`,
];

/** Numbers that the carrier has sold us, and that nobody has here: they would be paid for. */
const SOLD_TO_NOBODY = `
  select count(*) from unnest($1::text[]) as sold (number) where not exists
    (select from phone_numbers n where n.phone_number = number and n.mode = 'live' and n.status = 'active')`;

/**
 * How much is wrong in a database after purchases: teams over their limit, numbers with two owners, numbers without an
 * order, orders without an end, numbers bought twice at the carrier or for nobody.
 */
export async function countWrongRecords(databaseUrl: string, carrierUrl: string): Promise<number> {
  const sold = await soldByCarrier(carrierUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let wrong = sold.length - new Set(sold).size;
    for (const rule of RULES) wrong += Number((await client.query(rule)).rows[0].count);
    return wrong + Number((await client.query(SOLD_TO_NOBODY, [sold])).rows[0].count);
  } finally {
    await client.end();
  }
}

/** The number of every order that the carrier took. */
async function soldByCarrier(carrierUrl: string): Promise<string[]> {
  const answer = await fetch(`${carrierUrl}/_sim/ledger`);
  const { data } = (await answer.json()) as { data: { action: string; phone_number: string }[] };
  return data.filter(({ action }) => action === 'order').map(({ phone_number }) => phone_number);
}
