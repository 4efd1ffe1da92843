import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { phoneNumbers } from '../../server/src/db/schema.ts';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  type OpenOptions,
  startDashboard,
  type Window,
} from './support/dashboard.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterEach(() => dashboard.closeWindows());
afterAll(() => dashboard.stop());

function open(options: OpenOptions = {}) {
  return dashboard.open(options);
}

/** Sends a request as the page would. */
async function post(page: Page, path: string, body: object) {
  const answer = await page.request.post(path, { data: body });
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

async function buy({ page, teamId }: Window, phoneNumber: string): Promise<string> {
  return (await post(page, '/api/phone-numbers/purchase', { teamId, phoneNumber })).phoneNumber.id;
}

async function newAssistant({ page, teamId }: Window, name: string): Promise<string> {
  return (await post(page, '/api/assistants', { teamId, name })).assistant.id;
}

describe('a number', () => {
  it('is given to an assistant, released with its consequences named, and restored', async () => {
    const window = await open();
    const { page } = window;
    const complaints = complaintsOf(page);
    const id = await buy(window, '+14155550121');
    const assistantId = await newAssistant(window, 'Sales Agent');
    await post(page, '/api/crm/campaigns', {
      teamId: window.teamId,
      name: 'Autumn',
      assistantId,
      fromNumbers: [{ phoneNumberId: id }],
    });
    await page.goto('/numbers');
    await page.getByRole('link', { name: '(415) 555-0121' }).click();
    await page.getByRole('heading', { name: '(415) 555-0121' }).waitFor();
    await page.getByText('Autumn').waitFor();
    await page.getByRole('button', { name: /Who answers and calls/ }).click();
    await page.getByRole('option', { name: 'Sales Agent' }).click();
    await page.getByText('Sales Agent has this number now.').waitFor();
    await page.getByText('Given to an assistant').waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Release' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The assistant “Sales Agent” loses it.').waitFor();
    await dialog.getByText('The campaign “Autumn” no longer calls from it.').waitFor();
    await dialog.getByText(/for 7 days, you can restore it/).waitFor();
    await expectAccessible(page);
    const release = dialog.getByRole('button', { name: 'Release' });
    expect(await release.isDisabled()).toBe(true);
    await dialog.getByLabel(/to confirm/).fill('4155550120');
    expect(await release.isDisabled()).toBe(true);
    await dialog.getByLabel(/to confirm/).fill('415-555-0121');
    await release.click();
    await page.getByText('Out of service, on its way back').waitFor();
    await page.getByRole('button', { name: 'Restore' }).click();
    await page.getByText('(415) 555-0121 is back in service.').waitFor();
    await page.getByText('Restored', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('goes back to its assistant where the server refuses another one', async () => {
    const window = await open();
    const { page } = window;
    const id = await buy(window, '+14155550122');
    await newAssistant(window, 'Nobody Yet');
    await page.goto(`/numbers/${id}`);
    await page.route('**/telephony/assign-phone-numbers', (route) =>
      route.fulfill({
        status: 409,
        json: { success: false, error: 'Not just now.', code: 'not_assignable', request_id: 'req_1' },
      }),
    );
    const picker = page.getByRole('button', { name: /Who answers and calls/ });
    await picker.click();
    await page.getByRole('option', { name: 'Nobody Yet' }).click();
    await page.getByText('The assistant was not changed. Not just now.').waitFor();
    await picker.getByText('Nobody', { exact: true }).waitFor();
  });

  it('is named and locked, and then cannot be released', async () => {
    const window = await open();
    const { page } = window;
    const id = await buy(window, '+14155550123');
    await page.goto(`/numbers/${id}`);
    await page.getByLabel('Label').fill('Front desk');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Front desk' }).waitFor();
    await page.getByRole('switch', { name: 'Lock against release' }).click();
    await page.getByText('locked', { exact: false }).first().waitFor();
    expect(await page.getByRole('button', { name: 'Release' }).isDisabled()).toBe(true);
    await page.goto('/numbers');
    await page.getByText('Front desk').locator('visible=true').waitFor();
  });

  it('of another team is not found', async () => {
    const other = await open();
    const id = await buy(other, '+14155550124');
    const { page } = await open({ path: `/numbers/${id}` });
    await page.getByRole('heading', { name: 'There is no such number' }).first().waitFor();
  });
});

describe('the list of numbers', () => {
  it('leads to the first number where there is none', async () => {
    const { page } = await open({ path: '/numbers' });
    await page.getByText('No numbers yet').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Find your first number' }).click();
    await page.waitForURL('**/numbers/buy');
  });

  it('is sorted, searched and narrowed, and all of it stands in the address', async () => {
    const window = await open();
    const { page } = window;
    for (const number of ['+14155550131', '+18005550132', '+12125550915']) await buy(window, number);
    await page.goto('/numbers');
    await page.getByText('$28.00').waitFor();
    const first = () => page.getByRole('row').nth(1).getByRole('link').textContent();
    await expect.poll(first).toBe('(212) 555-0915');
    await page.getByRole('button', { name: 'Number', exact: true }).click();
    await expect.poll(first).toBe('(212) 555-0915');
    await page.getByRole('button', { name: 'Number', exact: true }).click();
    await expect.poll(first).toBe('(800) 555-0132');
    expect(page.url()).toContain('sort=-phone_number');
    await page.getByLabel('Type').selectOption('toll-free');
    await page.getByText('1 of 3 numbers').waitFor();
    await page.reload();
    await page.getByText('1 of 3 numbers').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByLabel('Search').fill('(415) 555');
    await page.getByText('1 of 3 numbers').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Search').fill('nothing like that');
    await page.getByText('No number fits').waitFor();
  });

  it('scrolls through ten thousand, and draws those in sight', async () => {
    const { page, teamId, userId } = await open({ plan: 'enterprise' });
    const { db, newId, clock } = dashboard.app.context;
    const numbers = Array.from({ length: 10_000 }, (_, index) => ({
      id: newId('pn'),
      teamId,
      mode: 'test' as const,
      phoneNumber: `+1303${String(2_000_000 + index)}`,
      provider: 'telnyx',
      status: 'active' as const,
      isTrial: false,
      boughtAsTrial: false,
      label: `Line ${index}`,
      monthlyPrice: '1.00',
      setupPrice: '1.00',
      createdBy: userId,
      createdAt: new Date(clock.now().getTime() - index * 60_000),
      updatedAt: clock.now(),
    }));
    for (let at = 0; at < numbers.length; at += 1_000)
      await db.insert(phoneNumbers).values(numbers.slice(at, at + 1_000));
    await page.goto('/numbers');
    await page.getByText('10000 of 10000 numbers').waitFor();
    await page.getByText('$10,000.00').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await page.getByText('Line 9999').locator('visible=true').waitFor();
    await page.getByLabel('Search').fill('Line 7777');
    await page.getByText('1 of 10000 numbers').waitFor();
  });

  it('says that the server is gone, and heals when it is back', async () => {
    const { page } = await open({ path: '/numbers' });
    await page.getByText('No numbers yet').waitFor();
    await page.route('**/api/**', (route) => route.abort());
    await page.getByRole('link', { name: 'Buy a number' }).click();
    await page.getByText('No connection to the server.').waitFor();
    await page.unroute('**/api/**');
    await page.getByRole('button', { name: 'Try now' }).click();
    await page
      .getByRole('button', { name: /^Buy \(/ })
      .first()
      .waitFor();
    expect(await page.getByText('No connection to the server.').count()).toBe(0);
  });

  it('never shows in live mode what is in test mode', async () => {
    const window = await open();
    const { page } = window;
    await buy(window, '+14155550141');
    await page.goto('/numbers');
    await page.getByText('Test mode').first().waitFor();
    await page.getByRole('link', { name: '(415) 555-0141' }).waitFor();
    await page.getByRole('radio', { name: 'Live' }).check();
    await page.getByText('No numbers yet').waitFor();
    expect(await page.getByText('Test mode', { exact: false }).count()).toBe(0);
  });

  it.each([
    { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
    { name: 'narrow', colorScheme: 'light', viewport: { width: 360, height: 740 } },
  ] as const)('is readable: $name', async ({ colorScheme, viewport }) => {
    const window = await open({ colorScheme, viewport });
    const { page } = window;
    const id = await buy(window, colorScheme === 'dark' ? '+14155550142' : '+14155550143');
    for (const path of ['/numbers', '/numbers/buy', `/numbers/${id}`]) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, path).toBe(0);
    }
  });
});
