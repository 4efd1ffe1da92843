import Telnyx from 'telnyx';
import { expect, test } from 'vitest';
import { startSim } from './support.ts';

test('the official client works against the simulator', async () => {
  const { baseUrl, sim } = await startSim();
  const client = new Telnyx({ apiKey: 'KEY', baseURL: baseUrl, maxRetries: 0 });
  const found = await client.availablePhoneNumbers.list({
    filter: {
      country_code: 'US',
      national_destination_code: '415',
      features: ['sms', 'voice'],
      phone_number: { starts_with: '5550' },
      limit: 1,
    },
  });
  expect(found.data?.[0]?.phone_number).toBe('+14155550101');
  const created = await client.numberOrders.create({
    phone_numbers: [{ phone_number: '+14155550101' }],
    customer_reference: 'ord_1',
  });
  const id = String(created.data?.id);
  expect((await client.numberOrders.retrieve(id)).data?.status).toBe('success');
  const orders = await client.numberOrders.list({ filter: { customer_reference: 'ord_1' } });
  expect(orders.data?.map((order) => order.id)).toEqual([id]);
  await sim.addOwnedNumbers({ count: 300 });
  const numbers: string[] = [];
  for await (const number of client.phoneNumbers.list({ page: { size: 100 } } as object)) {
    numbers.push(number.phone_number);
  }
  expect(numbers).toHaveLength(301);
  const mine = await client.phoneNumbers.list({ filter: { phone_number: '14155550101' } });
  const numberId = String(mine.data?.[0]?.id);
  expect((await client.phoneNumbers.update(numberId, { connection_id: '7' })).data?.connection_id).toBe('7');
  expect((await client.phoneNumbers.delete(numberId)).data?.status).toBe('deleted');
  await expect(client.phoneNumbers.retrieve(numberId)).rejects.toBeInstanceOf(Telnyx.NotFoundError);
});

test('the official client accepts the signature of a webhook', async () => {
  const { sim, buy } = await startSim();
  const received: { body: string; headers: Record<string, string> }[] = [];
  const { createServer } = await import('node:http');
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ body, headers: request.headers as Record<string, string> });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  sim.setWebhookUrl(`http://127.0.0.1:${(server.address() as { port: number }).port}/`);
  await buy('+14155550101');
  await sim.flushWebhooks();
  server.closeAllConnections();
  server.close();
  const [delivery] = received;
  if (!delivery) throw new Error('No webhook came.');
  const client = new Telnyx({ apiKey: 'KEY' });
  const event = await client.webhooks.unwrap(delivery.body, {
    headers: delivery.headers,
    key: sim.publicKey,
  });
  expect(event).toMatchObject({ data: { event_type: 'number_order.complete' } });
  const other = (await startSim()).sim.publicKey;
  await expect(
    client.webhooks.unwrap(delivery.body, { headers: delivery.headers, key: other }),
  ).rejects.toThrow();
});
