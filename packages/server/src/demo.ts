import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from './app.ts';
import { listMembers } from './db/members.ts';
import { findTeamBySlug } from './db/teams.ts';
import { createApiKey } from './usecases/create-api-key.ts';
import { createTeam } from './usecases/create-team.ts';
import { searchNumbers } from './usecases/search-numbers.ts';

/** The team that a fresh laptop starts with, and a test key of it. */
interface Demo {
  teamId: string;
  token: string;
}

const DEMO_TEAM = {
  name: 'Demo Team',
  plan: 'growth',
  owner: { email: 'alice@example.com', name: 'Alice Johnson' },
} as const;

const DEMO_SLUG = 'demo-team';

/**
 * The demo team and its key, made at the first start on a data directory. Keys are stored as hashes only, so the
 * key itself lies in a file beside the database that this user alone may read; where the file is gone or no
 * longer fits the database, a new key is made.
 */
export async function ensureDemo(app: App, dataDir: string): Promise<Demo> {
  const file = join(dataDir, 'demo.json');
  const known = readDemo(file);
  if (known && (await works(app, known))) return known;

  const team =
    (await findTeamBySlug(app.context.db, DEMO_SLUG)) ?? (await createTeam(app.context, DEMO_TEAM));
  const { token } = await createApiKey(app.context, team.id, { mode: 'test', name: 'Demo key' });
  const demo = { teamId: team.id, token };
  writeFileSync(file, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600 });
  return demo;
}

function readDemo(file: string): Demo | null {
  try {
    const { teamId, token } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Demo>;
    return typeof teamId === 'string' && typeof token === 'string' ? { teamId, token } : null;
  } catch {
    return null;
  }
}

async function works(app: App, { token }: Demo): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await app.server.inject({ method: 'GET', url: '/api/test-api-key', headers });
  return answer.statusCode === 200;
}

/**
 * An address that signs the demo team's owner in, who has no password: once, and until the server stops.
 * @returns null where the owner has gone
 */
export async function demoLink(app: App, { teamId }: Demo, address: string): Promise<string | null> {
  const owner = (await listMembers(app.context.db, teamId)).find(
    ({ email, role }) => email === DEMO_TEAM.owner.email && role === 'owner',
  );
  return owner ? `${address}/demo-sign-in?token=${app.demoDoor.open(owner.userId)}` : null;
}

/** What to paste into a terminal: three lines that search, buy a number that is free now, and list. */
export async function demoText(app: App, demo: Demo, address: string, link: string | null): Promise<string> {
  const number = await freeNumber(app);
  const curl = `curl -s -H 'Authorization: Bearer ${demo.token}'`;
  const json = `-H 'Content-Type: application/json'`;
  return `
Talkturo Numbers listens on ${address}   (documentation: ${address}/docs)
Test mode, simulated carrier: nothing here costs money.

${
  link === null
    ? ''
    : `
  Dashboard  ${link}
             (signs you in as Alice, once and within a day; from then on ${address} will do)
`
}
  Team  ${demo.teamId}   Demo Team, Growth plan: 10 numbers, owner Alice Johnson
  Key   ${demo.token}

Search:
  ${curl} ${json} -d '{"filters":{"countryCode":"US","areaCode":"415","limit":5}}' ${address}/api/phone-numbers/search
Buy:
  ${curl} ${json} -d '{"phoneNumber":"${number}","teamId":"${demo.teamId}"}' ${address}/api/phone-numbers/purchase
List:
  ${curl} '${address}/api/phone-numbers/purchase?teamId=${demo.teamId}'

`;
}

/** The contract's own example number where it is free, else the next one. */
async function freeNumber(app: App): Promise<string> {
  const filters = { countryCode: 'US', areaCode: '415', numberType: 'local', limit: 1 } as const;
  const { offers } = await searchNumbers(app.context, { mode: 'test' }, filters);
  return offers[0]?.phoneNumber ?? '+14155550101';
}
