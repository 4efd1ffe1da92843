import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verifyWebhook } from '@talkturo/client';
import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { webhookEndpoints } from '../../server/src/db/schema.ts';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  type OpenOptions,
  startDashboard,
} from './support/dashboard.ts';
import { clientFor } from './support/records.ts';

let dashboard: Dashboard;
let receiver: Server;
let address: string;
/** What the receiver answers with. */
let status = 200;
const received: { headers: Record<string, string>; body: string }[] = [];

beforeAll(async () => {
  dashboard = await startDashboard();
  receiver = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    received.push({
      headers: request.headers as Record<string, string>,
      body: Buffer.concat(chunks).toString(),
    });
    response.writeHead(status).end('seen');
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/webhooks`;
});
afterEach(async () => {
  status = 200;
  received.length = 0;
  await dashboard.closeWindows();
});
afterAll(async () => {
  await dashboard.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function opened(path: string, options: OpenOptions = {}) {
  const window = await dashboard.open({ ...options, path });
  return { ...window, window };
}

/** A window on the page of an endpoint that is there already. */
async function openedEndpoint(options: OpenOptions = {}) {
  const { page, window } = await opened('/webhooks', options);
  const client = await clientFor(dashboard, window);
  const { endpoint } = await client.webhookEndpoints.create({ url: address });
  await page.goto(`/webhooks/${endpoint.id}`);
  return { page, window, client, endpoint };
}

describe('webhooks', () => {
  it('adds an endpoint, sends a test to it, shows the delivery and sends it again', async () => {
    const { page } = await opened('/webhooks');
    const complaints = complaintsOf(page);
    await page.getByRole('heading', { name: 'No endpoints yet' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Add an endpoint' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address').fill('http://192.168.0.1/');
    await dialog.getByLabel('Only these').check();
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();
    await dialog.getByText('Choose at least one').waitFor();
    await dialog.getByText('Phone numbers', { exact: true }).click();
    await dialog.getByLabel('Number bought').check();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();
    // The server's own words, at the field.
    await dialog.getByText(/must/).waitFor();
    await dialog.getByLabel('Address').fill(address);
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();

    const secret = await page.getByLabel('Secret', { exact: true }).inputValue();
    expect(secret).toMatch(/^whsec_/);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('You have not copied it').waitFor();
    await page.getByRole('button', { name: 'Close all the same' }).click();
    await page.waitForURL('**/webhooks/whe_*');
    expect(await page.content()).not.toContain(secret);
    await page.getByText('Nothing sent yet').waitFor();

    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('The test came through: 200.').waitFor();
    const [first] = received;
    const event = await verifyWebhook(first?.body ?? '', first?.headers ?? {}, secret);
    expect(event.type).toBe('webhook.test');
    const table = page.getByRole('table', { name: 'Deliveries' });
    await table.getByText('Delivered').waitFor();
    await expectAccessible(page);

    await table.getByRole('button', { name: 'Test sent to a webhook endpoint' }).click();
    await page.getByText('It answered 200').waitFor();
    await page.getByText('seen', { exact: true }).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send again' }).click();
    await expect.poll(() => received.length).toBe(2);
    expect(received[1]?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    await page.getByText('Attempt 2').waitFor();
    expect(complaints).toEqual([]);
  });

  it('is edited, gets a new secret, is switched off and deleted', async () => {
    const { page, client, endpoint } = await openedEndpoint();
    const now = async () => (await client.webhookEndpoints.get(endpoint.id)).endpoint;
    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByLabel('Description').fill('Staging');
    await page.getByLabel('Only these').check();
    const area = page.getByRole('dialog').locator('details').filter({ hasText: 'Assistant made' });
    await area.locator('summary').click();
    await area.getByLabel('All of them, also those to come').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The endpoint is changed.').waitFor();
    expect(await now()).toMatchObject({ description: 'Staging', types: ['assistant.*'] });

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Change the secret' }).click();
    await page.getByLabel('The old one signs too for').selectOption('3 days');
    await page.getByRole('dialog').getByRole('button', { name: 'Change the secret' }).click();
    await page.getByLabel('Secret', { exact: true }).waitFor();
    expect(await page.getByLabel('Secret', { exact: true }).inputValue()).not.toBe(endpoint.secret);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByText(/the secret before signs too/).waitFor();
    const overlapEnds = Date.parse((await now()).previous_secret_expires_at ?? '');
    expect(Math.round((overlapEnds - Date.now()) / 3_600_000)).toBe(72);

    await page.getByRole('switch', { name: 'Send events to it' }).click();
    await page.getByText('Nothing is sent to it any more.').waitFor();
    expect((await now()).enabled).toBe(false);

    await page.getByRole('button', { name: 'More actions' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL('**/webhooks');
    await page.getByText('No endpoints yet').waitFor();
    expect(await client.webhookEndpoints.list().all()).toEqual([]);
  });

  it('says why an endpoint was switched off, and switches it on again', async () => {
    const { page, client, endpoint } = await openedEndpoint({ colorScheme: 'dark' });
    status = 410;
    await page.getByRole('button', { name: 'Send a test' }).click();
    await page.getByText('We have switched this endpoint off').waitFor();
    await page.getByText('it answered 410 Gone').waitFor();
    await expectAccessible(page);
    // It is told of being switched on, too.
    status = 200;
    await page.getByRole('button', { name: 'Switch it on' }).click();
    await page.getByText('Events are sent to it again.').waitFor();
    await expect.poll(() => page.getByText('We have switched this endpoint off').count()).toBe(0);
    expect((await client.webhookEndpoints.get(endpoint.id)).endpoint.enabled).toBe(true);

    await dashboard.app.context.db
      .update(webhookEndpoints)
      .set({ failingSince: new Date() })
      .where(eq(webhookEndpoints.id, endpoint.id));
    await page.goto('/webhooks');
    await page.getByText('Failing').waitFor();
    await expectAccessible(page);
  });

  it('speaks German', async () => {
    const { page } = await openedEndpoint({ language: 'de-DE', viewport: { width: 375, height: 800 } });
    await page.getByText('Noch nichts geschickt').waitFor();
    await page.getByRole('button', { name: 'Test schicken' }).click();
    await page.getByText('Der Test ist angekommen: 200.').waitFor();
    await page.getByText('Zugestellt').last().waitFor();
    await expectAccessible(page);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  });
});
