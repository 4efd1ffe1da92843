import pg from 'pg';
import { createApp } from '../packages/server/src/app.ts';
import { readConfig } from '../packages/server/src/config.ts';
import { createLog } from '../packages/server/src/log.ts';

/** A statement as it went to the database. */
interface Statement {
  text: string;
  values: readonly unknown[];
}

/** A purchase at an app of this process: what it buys is found before. */
export type PrepareBuying = (baseUrl: string) => Promise<{
  teamId: string;
  phoneNumber: string;
  buy: () => Promise<void>;
}>;

/**
 * Has an app of its own buy some numbers, writes down what the last purchase asks the database, and turns it into a
 * script for pgbench: the same statements in the same transactions, for any team and a new number each time. So both
 * sides of the comparison run the same SQL, whatever a purchase becomes. Only the jobs that it leaves are never due:
 * else a server would work on them while it is measured itself.
 * @param teams the ids in use are `team_0` to one less than this
 */
export async function purchaseScript(
  environment: Record<string, string>,
  prepare: PrepareBuying,
  teams: number,
): Promise<string> {
  const config = readConfig(environment);
  const app = await createApp(config, createLog('error'), { workers: false });
  try {
    const base = await app.server.listen({ port: 0, host: '127.0.0.1' });
    // The first ones also ask for what a server then holds: a portion of the key's limit, when the key was used last.
    for (let warmUp = 0; warmUp < 3; warmUp += 1) await (await prepare(base)).buy();
    await Promise.all(app.context.background);
    const purchase = await prepare(base);
    return scriptOf(await recorded(purchase.buy), purchase, teams);
  } finally {
    await app.stop();
  }
}

const NEVER_SECONDS = 1_000_000;

async function recorded(work: () => Promise<void>): Promise<Statement[]> {
  const statements: Statement[] = [];
  const { query } = pg.Client.prototype;
  pg.Client.prototype.query = function record(this: pg.Client, ...args: unknown[]) {
    const [asked, values] = args as [string | { text: string; values?: unknown[] }, unknown];
    const text = typeof asked === 'string' ? asked : asked.text;
    const given = typeof asked === 'string' || !asked.values ? values : asked.values;
    if (!isUpkeep(text)) statements.push({ text, values: Array.isArray(given) ? given : [] });
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await work();
    return statements;
  } finally {
    pg.Client.prototype.query = query;
  }
}

/** What the job queue does by itself meanwhile. */
function isUpkeep(text: string): boolean {
  return /pgboss\./.test(text) && !/INSERT INTO pgboss\.job/.test(text);
}

function scriptOf(
  statements: readonly Statement[],
  { teamId, phoneNumber }: { teamId: string; phoneNumber: string },
  teams: number,
): string {
  // Each id of this purchase becomes a new one of each transaction.
  const ids = new Set(JSON.stringify(statements).match(/\b(?:pn|ord|evt)_[0-9a-z]{26}\b/g));
  const team = teamId.replace(/^team_/, '');
  const lines = statements.map(({ text, values }) => {
    const literals = values.map((value) => literalOf(value, phoneNumber, team, ids));
    return text
      .replace(/\$(\d+)/g, (_, place) => literals[Number(place) - 1] ?? 'null')
      .replace(/\s*\n\s*/g, ' ');
  });
  return [
    `\\set team random(0, ${teams - 1})`,
    `\\set number random(10000000000, 99999999999999)`,
    ...lines.map((line) => `${line};`),
  ]
    .join('\n')
    .replace(/("startAfter"\\x3a)\d+/, `$1${NEVER_SECONDS}`);
}

function literalOf(value: unknown, phoneNumber: string, team: string, ids: ReadonlySet<string>): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = textOf(value);
  if (text === `team_${team}`) return `('team_' || :team)`;
  let literal = quoted(text);
  for (const id of ids) literal = literal.replaceAll(id, `${id.slice(0, -15)}' || :number || E'`);
  literal = literal.replaceAll(phoneNumber, "+' || :number || E'");
  // The team's key too: a limit is counted for each key, and one for all would have every client wait for its row.
  literal = literal.replace(new RegExp(`\\b(key|team)_${team}\\b`), "$1_' || :team || E'");
  if (!literal.includes('||')) return literal;
  // What is put together has a type, and one that is taken for nothing else.
  if (Array.isArray(value)) return `(${literal})::text[]`;
  return text.startsWith('{') ? `(${literal})::jsonb` : `(${literal})`;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return `{${value.join(',')}}`;
  return value instanceof Date ? value.toISOString() : String(value);
}

/** pgbench takes what follows a colon for a variable, in quotes too. */
function quoted(text: string): string {
  return `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`;
}
