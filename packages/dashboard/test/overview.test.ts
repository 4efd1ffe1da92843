import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { numberDays } from '../../server/src/db/schema.ts';
import { changePlan } from '../../server/src/usecases/change-plan.ts';
import { addNumbers } from '../../server/test/support/numbers.ts';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  type OpenOptions,
  startDashboard,
  type Window,
} from './support/dashboard.ts';
import { clientFor } from './support/records.ts';

const DAY_MS = 24 * 60 * 60_000;

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterEach(() => dashboard.closeWindows());
afterAll(() => dashboard.stop());

function opened(path: string, options: OpenOptions = {}) {
  return dashboard.open({ ...options, path });
}

const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

let lastNumber = 0;

/** Numbers of two countries, bought over months, one with calls up to its cap. */
async function withHistory(window: Window) {
  const { app } = dashboard;
  const numbers = [
    { area: '+1415555', monthlyPrice: '1.00', createdAt: ago(200), label: 'Sales' },
    { area: '+1415555', monthlyPrice: '1.05', createdAt: ago(100) },
    { area: '+49305555', monthlyPrice: '2.50', createdAt: ago(0) },
  ];
  const ids: string[] = [];
  for (const { area, ...row } of numbers) {
    lastNumber += 1;
    const carrierNumberId = `held-${lastNumber}`;
    const phoneNumber = area + String(7000 + lastNumber);
    ids.push(
      ...(await addNumbers({ app }, window, 1, { ...row, mode: 'test', phoneNumber, carrierNumberId })),
    );
  }
  const [busy = ''] = ids;
  await app.context.db.insert(numberDays).values(
    [0, 1, 2, 5, 9].map((days, index) => ({
      phoneNumberId: busy,
      day: ago(days).toISOString().slice(0, 10),
      outboundCalls: [12, 40, 25, 33, 8][index] ?? 0,
    })),
  );
  const client = await clientFor(dashboard, window);
  const { assistant } = await client.assistants.create({ name: 'Ava' });
  await client.assistants.setNumbers(assistant.id, { phoneNumberIds: ids });
  const { campaign } = await client.campaigns.create({
    name: 'Spring',
    assistantId: assistant.id,
    dailyCapPerNumber: 40,
    fromNumbers: [{ phoneNumberId: busy }],
  });
  await client.campaigns.update(campaign.id, { status: 'running' });
}

describe('the overview', () => {
  it('says what to do where there is nothing', async () => {
    const { page } = await opened('/overview');
    await page.getByRole('link', { name: 'Buy a number' }).waitFor();
    await expectAccessible(page);
  });

  it('draws numbers, cost, countries and calls, each with a table that says the same', async () => {
    const window = await opened('/numbers');
    const { page } = window;
    const complaints = complaintsOf(page);
    await withHistory(window);
    await page.goto('/overview');
    const cost = page.getByRole('table', { name: 'Monthly cost over time' });
    await cost.waitFor({ state: 'attached' });
    expect(await cost.getByRole('row').count()).toBe(13);
    expect(await cost.getByRole('cell').last().textContent()).toBe('$4.55');
    expect(await cost.getByRole('cell').first().textContent()).toBe('$0.00');
    const countries = page.getByRole('table', { name: 'Numbers by country' });
    expect(await countries.getByRole('rowheader').allTextContents()).toEqual(['United States', 'Germany']);
    const calls = page.getByRole('table', { name: 'Calls a day' });
    expect(await calls.getByRole('row').count()).toBe(15);
    expect(await calls.getByRole('row').last().getByRole('cell').allTextContents()).toEqual(['12', '40']);
    await page.locator('svg text', { hasText: 'Cap: 40 calls a day' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Show as a table: Calls a day' }).click();
    expect(await page.locator('svg text', { hasText: 'Cap: 40' }).count()).toBe(0);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it('is in German, dark and narrow too', async () => {
    const window = await opened('/numbers', {
      language: 'de-DE',
      colorScheme: 'dark',
      viewport: { width: 375, height: 800 },
    });
    const { page } = window;
    await withHistory(window);
    await page.goto('/overview');
    await page.getByRole('heading', { name: 'Monatliche Kosten im Lauf der Zeit' }).waitFor();
    await page.getByText('4,55\u00a0$').first().waitFor();
    await expectAccessible(page);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  });
});

describe('the plan', () => {
  it('says what is used of it, what others allow, and shows a change', async () => {
    const window = await opened('/plan', { plan: 'starter' });
    const { page, teamId } = window;
    const complaints = complaintsOf(page);
    await addNumbers(dashboard, window, 3, { mode: 'test' });
    await page.reload();
    await page.getByText('The plan is full in Test mode.').waitFor();
    expect(await page.getByRole('meter', { name: 'Test numbers' }).getAttribute('aria-valuenow')).toBe('3');
    expect(await page.getByLabel('Id of the team').inputValue()).toBe(teamId);
    const current = page.getByRole('row').filter({ hasText: 'Your plan' });
    expect(await current.textContent()).toContain('Starter');
    await expectAccessible(page);
    await changePlan(dashboard.app.context, teamId, { plan: 'business' });
    await page.reload();
    await page.getByText('3 of 50').waitFor();
    expect(complaints).toEqual([]);
  });

  it('says whether the trial is still to be had, in German and dark', async () => {
    const { page } = await opened('/plan', { plan: 'free', language: 'de-DE', colorScheme: 'dark' });
    await page.getByText('Ihr hattet sie noch nicht.').waitFor();
    await page.getByText('eine Nummer, 5 Tage lang').waitFor();
    await expectAccessible(page);
  });
});
