import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BUILD, buildServer } from '../support/build.ts';
import { createDirectory, createPostgresDatabase, type TestDatabase } from '../support/databases.ts';
import { START_ENVIRONMENT, START_FLAGS } from '../support/start-command.ts';

/** A server with PostgreSQL, after its start: about 137 MB. From its sources it takes 30 MB more. */
const MOST_MEMORY_KB = 150_000;

interface Server {
  child: ChildProcess;
  output(): string;
  /** The address, once it listens. */
  address: Promise<string>;
  /** The exit code, once it has ended. */
  ended: Promise<number | null>;
}

const running: Server[] = [];
const databases: TestDatabase[] = [];

beforeAll(buildServer);
afterEach(async () => {
  for (const server of running.splice(0)) {
    server.child.kill('SIGKILL');
    await server.ended;
  }
  for (const database of databases.splice(0)) await database.remove();
});

function directory(): TestDatabase {
  const database = createDirectory();
  databases.push(database);
  return database;
}

function start(environment: Record<string, string>): Server {
  const child = spawn(process.execPath, [...START_FLAGS, join(BUILD, 'main.js')], {
    env: { ...START_ENVIRONMENT, PATH: process.env.PATH, PORT: '0', ...environment },
  });
  let output = '';
  let found: (address: string) => void;
  const address = new Promise<string>((resolve) => {
    found = resolve;
  });
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    const match = /(?:listens|listening) on (http:\/\/[0-9.:]+)/.exec(output);
    if (match?.[1]) found(match[1]);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const server = {
    child,
    output: () => output,
    address,
    ended: once(child, 'close').then(([code]) => code as number | null),
  };
  running.push(server);
  return server;
}

/** The curl lines of the demo text, as requests. */
function demoRequests(output: string): { url: string; init: RequestInit }[] {
  return output
    .split('\n')
    .filter((line) => line.trim().startsWith('curl'))
    .map((line) => {
      const authorization = /Authorization: (Bearer \S+?)'/.exec(line)?.[1] ?? '';
      const body = / -d '([^']+)'/.exec(line)?.[1];
      const url = /(http:\/\/[^\s']+)'?$/.exec(line)?.[1] ?? '';
      const headers = { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) };
      return { url, init: { headers, ...(body !== undefined && { method: 'POST', body }) } };
    });
}

async function answersOf(server: Server) {
  await server.address;
  await expect.poll(server.output).toContain('List:\n');
  await expect.poll(() => demoRequests(server.output()).length).toBe(3);
  const answers = [];
  for (const { url, init } of demoRequests(server.output())) {
    const response = await fetch(url, init);
    // biome-ignore lint/suspicious/noExplicitAny: three shapes of answers
    answers.push({ status: response.status, body: (await response.json()) as any });
  }
  return answers;
}

describe('the server process', () => {
  it('starts with a demo team whose three lines work, and again with the same data', async () => {
    const { environment } = directory();
    const first = start(environment);
    const [search, buy, list] = await answersOf(first);
    expect(search).toMatchObject({ status: 200, body: { success: true, provider: 'telnyx', count: 5 } });
    expect(buy).toMatchObject({
      status: 200,
      body: { phoneNumber: { phone_number: '+14155550101', status: 'active' } },
    });
    expect(list).toMatchObject({
      status: 200,
      body: {
        count: 1,
        numbers: [{ created_by_email: 'alice@example.com', created_by_name: 'Alice Johnson' }],
      },
    });
    const demoFile = join(environment.DATA_DIR ?? '', 'demo.json');
    expect(statSync(demoFile).mode & 0o077).toBe(0);

    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = start(environment);
    const [, buyAgain, listAgain] = await answersOf(second);
    expect(second.output()).toContain(
      (JSON.parse(readFileSync(demoFile, 'utf8')) as { token: string }).token,
    );
    expect(first.output()).toContain((JSON.parse(readFileSync(demoFile, 'utf8')) as { token: string }).token);
    expect(buyAgain).toMatchObject({ status: 200, body: { eligibility: { currentCount: 2 } } });
    expect(listAgain?.body.count).toBe(2);
  });

  it('finishes requests in flight before it ends', async () => {
    const server = start({ ...directory().environment, PURCHASE_WAIT_MS: '1500' });
    await answersOf(server);
    const [, buy] = demoRequests(server.output());
    const body = String(buy?.init.body).replace(/\+1\d+/, '+14155550903');
    const inFlight = fetch(buy?.url ?? '', { ...buy?.init, body });
    // The purchase is in flight once its number is listed.
    await expect
      .poll(async () =>
        (await listOf(server)).body.numbers.map((n: { phone_number: string }) => n.phone_number),
      )
      .toContain('+14155550903');
    server.child.kill('SIGINT');
    server.child.kill('SIGINT');
    expect((await inFlight).status).toBe(202);
    expect(await server.ended).toBe(0);
  }, 40_000);

  it('refuses a data directory that another server has, and takes over one whose server was killed', async () => {
    const { environment } = directory();
    const first = start(environment);
    await first.address;
    const second = start(environment);
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `Another server (process ${first.child.pid}) already uses the data directory`,
    );

    first.child.kill('SIGKILL');
    await first.ended;
    const third = start(environment);
    expect((await fetch(`${await third.address}/readyz`)).status).toBe(200);
  });

  it.each([
    ['PORT', 'http'],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['PURCHASE_WAIT_MS', '-1'],
    ['LOG_LEVEL', 'loud'],
  ])('does not start with a bad %s', async (name, value) => {
    const server = start({ ...directory().environment, [name]: value });
    expect(await server.ended).toBe(1);
    expect(server.output()).toMatch(new RegExp(`^The server cannot start.\\n${name} must be `));
  });

  it('says that the port is taken', async () => {
    const first = start(directory().environment);
    const port = new URL(await first.address).port;
    const second = start({ ...directory().environment, PORT: port });
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain('choose another one with PORT');
  });

  it('lets several servers migrate one empty PostgreSQL at once', async () => {
    const database = await createPostgresDatabase({ empty: true });
    databases.push(database);
    const servers = [1, 2, 3, 4].map(() => start(database.environment));
    for (const server of servers) {
      expect((await fetch(`${await server.address}/readyz`)).status).toBe(200);
    }
  });

  it('has its files, and the pages that are loaded when they are asked for', async () => {
    const server = start(directory().environment);
    const page = async (path: string) => {
      const response = await fetch(`${await server.address}${path}`);
      return { status: response.status, text: await response.text() };
    };
    for (const path of [
      '/docs',
      '/docs/api',
      '/docs/api.md',
      '/docs/style.css',
      '/docs/adr/0001-write-the-intent-before-the-order',
    ])
      expect((await page(path)).status, path).toBe(200);
    expect((await page('/docs/api-reference/')).text).toContain('<title>Talkturo Numbers: API reference');
    expect((await page('/docs/api-reference/js/scalar.js')).text.length).toBeGreaterThan(1_000_000);
  });

  it('is ASCII, which V8 keeps in one byte a character and not in two', () => {
    expect(readFileSync(join(BUILD, 'main.js')).every((byte) => byte < 0x80)).toBe(true);
  });

  it.runIf(process.platform === 'linux')('takes little memory', async () => {
    const database = await createPostgresDatabase();
    databases.push(database);
    const server = start(database.environment);
    await fetch(`${await server.address}/readyz`);
    const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
    expect(Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1])).toBeLessThan(MOST_MEMORY_KB);
  });

  it('tells where in the sources a mistake is', async () => {
    const database = await createPostgresDatabase();
    databases.push(database);
    const server = start({ ...database.environment, OPERATOR_TOKEN: 'o'.repeat(32) });
    const address = await server.address;
    const client = new pg.Client({ connectionString: database.environment.DATABASE_URL });
    await client.connect();
    await client.query('alter table teams rename to elsewhere');
    await client.end();
    const headers = { authorization: `Bearer ${'o'.repeat(32)}` };
    expect((await fetch(`${address}/api/operator/teams`, { headers })).status).toBe(500);
    await expect.poll(server.output).toMatch(/packages\/server\/src\/usecases\/list-all-teams\.ts:\d+:\d+/);
  });

  it('refuses a database that is newer than itself', async () => {
    const database = await createPostgresDatabase();
    databases.push(database);
    const client = new pg.Client({ connectionString: database.environment.DATABASE_URL });
    await client.connect();
    await client.query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 99999999999999)`,
    );
    await client.end();
    const server = start(database.environment);
    expect(await server.ended).toBe(1);
    expect(server.output()).toContain('migrated by a newer version of this server');
  });
});

async function listOf(server: Server) {
  const [, , list] = demoRequests(server.output());
  const response = await fetch(list?.url ?? '', list?.init);
  // biome-ignore lint/suspicious/noExplicitAny: the list's answer
  return { status: response.status, body: (await response.json()) as any };
}
