import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

function start(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    output.err += chunk;
  });
  return { child, output };
}

test('starts, prints address, key and public key, ends with 0 on SIGTERM', async () => {
  const { child, output } = start('--port', '0', '--api-key', 'SECRET', '--pending-ms', '5');
  await expect.poll(() => output.out, { timeout: 8_000 }).toContain('Public key:');
  const address = /http:\/\/127\.0\.0\.1:\d+\/v2/.exec(output.out)?.[0];
  expect(output.out).toContain('SECRET');
  const status = async (key: string) =>
    (await fetch(`${address}/number_orders`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await status('SECRET'), await status('OTHER')]).toEqual([200, 401]);
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
}, 10_000);

test.each([
  [['--port', '70000'], /--port must be a whole number from 0 to 65535/],
  [['--latency-ms', 'soon'], /--latency-ms must be a whole number/],
  [['--webhook-url', 'nowhere'], /--webhook-url must be an http or https address/],
  [['--colour'], /--colour/],
])(
  '%j is refused with a sentence',
  async (args, sentence) => {
    const { child, output } = start(...args);
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
    expect(output.err).toMatch(sentence);
    expect(output.err).not.toContain('    at ');
  },
  10_000,
);
