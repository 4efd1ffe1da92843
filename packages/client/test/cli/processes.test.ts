import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { spawn as spawnInTerminal } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTeam, type Service, startService } from '../../../server/test/support/service.ts';
import { atHome } from './support/talkturo.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

describe('the command line as a process', () => {
  let service: Service;
  let env: Record<string, string>;
  const home = atHome();

  beforeAll(async () => {
    service = await startService({ kind: 'postgres', environment: { PURCHASE_WAIT_MS: '300' } });
    const { token } = await newTeam(service, { plan: 'business' });
    env = {
      PATH: process.env.PATH ?? '',
      TERM: 'xterm-256color',
      XDG_CONFIG_HOME: home.file,
      TALKTURO_BASE_URL: await service.app.server.listen({ port: 0, host: '127.0.0.1' }),
      TALKTURO_API_KEY: token,
    };
  });
  afterAll(async () => {
    home.remove();
    await service.stop();
  });

  /** In a terminal of its own. */
  const inTerminal = (line: string, more: Record<string, string> = {}) => {
    const shell = spawnInTerminal(process.execPath, [MAIN, ...line.split(' ')], {
      cols: 120,
      rows: 30,
      env: { ...env, ...more },
    });
    let screen = '';
    shell.onData((text) => {
      screen += text;
    });
    const ended = new Promise<number>((resolve) => shell.onExit(({ exitCode }) => resolve(exitCode)));
    return { screen: () => screen, type: (text: string) => shell.write(text), ended };
  };
  const piped = (line: string): ChildProcess => spawn(process.execPath, [MAIN, ...line.split(' ')], { env });

  it('draws tables in colour in a terminal, and without where none are wanted', async () => {
    const coloured = inTerminal('numbers search --area-code 415 --limit 1');
    expect(await coloured.ended).toBe(0);
    expect(coloured.screen()).toContain('\u001b[1mnumber');
    const plain = inTerminal('numbers search --area-code 415 --limit 1 --no-color');
    expect(await plain.ended).toBe(0);
    expect(plain.screen()).toContain('+14155550101  1.00');
    // What is left moves the cursor for the progress; it colours nothing.
    expect(plain.screen()).not.toMatch(/\[[\d;]*m/);
  });

  it('asks in a terminal, shows that it works, and ends with 130 at Ctrl-C, while the purchase goes on', async () => {
    const phoneNumber = '+14155550903';
    await home.talkturo(['numbers', 'search', '--starts-with', '4155550903'], { env });
    const buying = inTerminal(`numbers buy ${phoneNumber}`);
    await expect.poll(buying.screen, { timeout: 20_000 }).toContain('Buy 1 number? 1.00 USD a month');
    buying.type('y');
    await expect.poll(buying.screen, { timeout: 20_000 }).toContain(`Buying ${phoneNumber}`);
    const orders = async () => (await service.sim.ledger({ phoneNumber })).totals.orders;
    await expect.poll(orders).toBe(1);
    buying.type('\u0003');
    expect(await buying.ended).toBe(130);
    expect(buying.screen()).toContain('goes on at the server');
    expect(buying.screen()).toContain(`talkturo numbers watch ${phoneNumber}`);
    // The cursor is there again.
    expect(buying.screen().lastIndexOf('\u001b[?25h')).toBeGreaterThan(
      buying.screen().lastIndexOf('\u001b[?25l'),
    );
  });

  it('says data and nothing else into a pipe, and ends quietly when nobody reads on', async () => {
    const child = piped('events tail --interval 1');
    child.stdout?.once('data', () => child.stdout?.destroy());
    await home.talkturo(['keys', 'create', '--name', 'a'], { env });
    await home.talkturo(['keys', 'create', '--name', 'b'], { env });
    const writing = setInterval(() => void home.talkturo(['keys', 'create', '--name', 'c'], { env }), 500);
    const [code] = await once(child, 'exit');
    clearInterval(writing);
    expect(code).toBe(0);
  });

  it('writes completions for shells', async () => {
    const child = piped('completion bash');
    const [text] = await once(child.stdout ?? child, 'data');
    expect(String(text)).toContain('__talkturo_complete');
    const asked = piped('complete -- numbers');
    const [found] = await once(asked.stdout ?? asked, 'data');
    expect(String(found)).toContain('numbers');
  });

  it('starts the simulated carrier, which goes on until it is stopped', async () => {
    const child = piped('carrier-sim --port 0 --api-key KEY_1');
    const [text] = await once(child.stdout ?? child, 'data');
    const [address = ''] = /http:\S+/.exec(String(text)) ?? [];
    const headers = { authorization: 'Bearer KEY_1' };
    const { status } = await fetch(`${address}/available_phone_numbers?filter[country_code]=US`, { headers });
    expect(status).toBe(200);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
