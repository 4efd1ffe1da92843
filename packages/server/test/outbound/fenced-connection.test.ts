import { Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { fencedOutbound } from '../../src/outbound/fenced-outbound.ts';

/** Where the next connection has ended up, whatever address it was given. */
let remoteAddress: string | undefined;
const sockets: Socket[] = [];

vi.mock('undici', async (original) => ({
  ...(await original<typeof import('undici')>()),
  buildConnector: () => (_target: unknown, callback: (error: null, socket: Socket) => void) => {
    const socket = Object.defineProperty(new Socket(), 'remoteAddress', { value: remoteAddress });
    sockets.push(socket);
    setImmediate(callback, null, socket);
  },
}));

const outbound = fencedOutbound({ local: true, timeoutMs: 200 });

it.each([
  ['https://public.example/', '10.0.0.1'],
  ['https://public.example/', '::ffff:127.0.0.1'],
  ['https://public.example/', undefined],
  ['http://localhost/', '10.0.0.1'],
])('a connection to %s that has ended up at %s is not used', async (url, address) => {
  remoteAddress = address;
  expect(await outbound.post(url, {}, '{}')).toMatchObject({
    error: `${new URL(url).hostname} leads into a private or reserved network`,
  });
  expect(sockets.at(-1)?.destroyed).toBe(true);
});
