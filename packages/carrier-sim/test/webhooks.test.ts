import { createPublicKey, verify } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startSim } from './support.ts';

const NUMBER = '+14155550101';
// The 32 bytes 0…31, in base64.
const SEED = Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64');

interface Delivery {
  body: string;
  // biome-ignore lint/suspicious/noExplicitAny: looked into field by field
  event: any;
  headers: Record<string, string | string[] | undefined>;
}

/** A receiver that answers with the given statuses in turn, then 200. */
async function startReceiver(...statuses: number[]) {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      deliveries.push({ body, event: JSON.parse(body), headers: request.headers });
      response.writeHead(statuses.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, deliveries };
}

function signatureHolds(publicKey: string, { body, headers }: Delivery): boolean {
  const spki = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    Buffer.from(publicKey, 'base64'),
  ]);
  const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  const signed = Buffer.from(`${headers['telnyx-timestamp']}|${body}`);
  return verify(null, signed, key, Buffer.from(String(headers['telnyx-signature-ed25519']), 'base64'));
}

test('a completed order is announced, signed', async () => {
  const { url, deliveries } = await startReceiver();
  const { buy, sim, control } = await startSim({ webhook: { url, privateKey: SEED } });
  const order = (await buy(NUMBER, 'ord_1')).body.data;
  await sim.flushWebhooks();
  const [delivery] = deliveries;
  if (!delivery) throw new Error('No webhook came.');
  expect(delivery.event.data).toMatchObject({
    event_type: 'number_order.complete',
    record_type: 'event',
    payload: {
      id: order.id,
      status: 'success',
      customer_reference: 'ord_1',
      phone_numbers: [{ status: 'success' }],
    },
  });
  expect(delivery.event.meta).toEqual({ attempt: 1, delivered_to: url });
  expect(Math.abs(Number(delivery.headers['telnyx-timestamp']) - Date.now() / 1000)).toBeLessThan(10);
  expect((await control('GET', '/public-key')).body.data.public_key).toBe(sim.publicKey);
  expect(signatureHolds(sim.publicKey, delivery)).toBe(true);
  expect(signatureHolds(sim.publicKey, { ...delivery, body: `${delivery.body} ` })).toBe(false);
});

test('a pending order is announced when it completes, a failed one too', async () => {
  const { url, deliveries } = await startReceiver();
  const { buy, sim, clock, control } = await startSim();
  expect((await control('POST', '/webhooks', { url })).body.data.url).toBe(url);
  await buy('+14155550918');
  await buy('+14155550904');
  await sim.flushWebhooks();
  expect(deliveries).toEqual([]);
  clock.advance(10_000);
  await sim.flushWebhooks();
  expect(deliveries.map(({ event }) => event.data.payload.status)).toEqual(['failure']);
  expect(deliveries[0]?.event.data.occurred_at).toBe('2026-03-01T12:00:10.000Z');
});

test('what is not answered 2xx comes again with the same id, a bounded number of times', async () => {
  const { url, deliveries } = await startReceiver(500, 404, 302, 500, 500);
  const { buy, sim } = await startSim({ webhook: { url, retryDelaysMs: [1, 1, 1] } });
  await buy(NUMBER);
  await sim.flushWebhooks();
  expect(deliveries.map(({ event }) => event.meta.attempt)).toEqual([1, 2, 3, 4]);
  expect(new Set(deliveries.map(({ event }) => event.data.id)).size).toBe(1);
});

test('drop, duplicate and reorder', async () => {
  const { url, deliveries } = await startReceiver();
  const { buy, sim } = await startSim({ webhook: { url } });
  sim.faults.add({ kind: 'webhook_drop', phoneNumber: '+14155550101' });
  sim.faults.add({ kind: 'webhook_duplicate', phoneNumber: '+14155550102' });
  sim.faults.add({ kind: 'webhook_reorder', phoneNumber: '+14155550103' });
  for (const number of ['+14155550101', '+14155550103', '+14155550102']) {
    await buy(number);
  }
  await sim.flushWebhooks();
  const numbers = deliveries.map(({ event }) => event.data.payload.phone_numbers[0].phone_number);
  expect(numbers).toEqual(['+14155550102', '+14155550102', '+14155550103']);
  expect(deliveries[0]?.event.data.id).toBe(deliveries[1]?.event.data.id);
});

test('a webhook address must be one', async () => {
  const { control } = await startSim();
  expect((await control('POST', '/webhooks', { url: 'ftp://x' })).status).toBe(400);
  expect((await control('POST', '/webhooks', { url: null })).body.data.url).toBeNull();
});
