import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  type OpenOptions,
  startDashboard,
} from './support/dashboard.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterEach(() => dashboard.closeWindows());
afterAll(() => dashboard.stop());

function open(options: OpenOptions = {}) {
  return dashboard.open({ path: '/numbers/buy', ...options });
}

/** Requests that could buy something. */
function purchasesFrom(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/phone-numbers/purchase'))
      requests.push(request);
  });
  return requests;
}

const keyOf = (request: Request | undefined) => request?.headers()['idempotency-key'];

async function find(page: Page, digits: string) {
  await page.getByLabel('Contains').fill(digits);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

describe('buying a number', () => {
  it('shows the money first, then the way of the number, and stays for the next one', async () => {
    const { page } = await open();
    const complaints = complaintsOf(page);
    const purchases = purchasesFrom(page);
    await page.getByLabel('Area code').fill('415');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.getByRole('button', { name: 'Buy (415) 555-0101' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Buy (415) 555-0101' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('To pay now').waitFor();
    await dialog.getByText('With it you use 1 of the 10 numbers').waitFor();
    await expectAccessible(page);
    expect(purchases).toHaveLength(0);
    await dialog.getByRole('button', { name: 'Buy for $2.00' }).click();

    const row = page.getByRole('listitem').filter({ hasText: '(415) 555-0101' });
    await row.getByText('Active').first().waitFor();
    await row.getByRole('link', { name: 'Open' }).waitFor();
    await page.getByRole('button', { name: 'Buy (415) 555-0102' }).waitFor();
    expect(await page.getByRole('button', { name: 'Buy (415) 555-0101' }).count()).toBe(0);
    await expectAccessible(page);
    expect(complaints).toEqual([]);
  });

  it('buys once on a double click', async () => {
    const { page } = await open();
    const purchases = purchasesFrom(page);
    await find(page, '2125550150');
    await page.getByRole('button', { name: 'Buy (212) 555-0150' }).click();
    await page.getByRole('button', { name: /Buy for/ }).dblclick();
    await page.getByRole('link', { name: 'Open' }).waitFor();
    expect(purchases).toHaveLength(1);
    expect(keyOf(purchases[0])).toMatch(/^[0-9a-f]{32}$/);
  });

  it('goes on with the same key after a reload in the middle, and buys once', async () => {
    const { page } = await open();
    const purchases = purchasesFrom(page);
    // Pending for ten seconds at the carrier, then it fails: long enough to be in the middle of it.
    await find(page, '2125550918');
    await page.getByRole('button', { name: 'Buy (212) 555-0918' }).click();
    await page.getByRole('button', { name: /Buy for/ }).click();
    const row = page.getByRole('listitem').filter({ hasText: '(212) 555-0918' });
    await row.getByText('Provisioning').first().waitFor();
    await expect.poll(() => row.locator('.animate-spin').count()).toBe(1);
    await page.reload();
    await expect.poll(() => purchases.length).toBeGreaterThan(1);
    expect(new Set(purchases.map(keyOf)).size).toBe(1);
    await row.getByText('Provisioning').first().waitFor();
  });

  it('comes back to a purchase after the session has ended, and asks before it goes on', async () => {
    const { page, context, userId } = await open();
    await find(page, '6175550150');
    await page.getByRole('button', { name: 'Buy (617) 555-0150' }).click();
    const buy = page.getByRole('button', { name: /Buy for/ });
    await page.getByText('With it you use 1').waitFor();
    const purchases = purchasesFrom(page);
    await context.clearCookies();
    await buy.click();
    await page.waitForURL('**/sign-in?next=*');
    await page.getByText('Your session has ended').waitFor();
    const next = new URL(page.url()).searchParams.get('next') ?? '';
    await page.goto(`/demo-sign-in?token=${dashboard.app.demoDoor.open(userId)}`);
    await page.waitForURL('**/numbers');
    await page.goto(next);
    expect(purchases).toHaveLength(1);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('link', { name: 'Open' }).waitFor();
    expect(new Set(purchases.map(keyOf)).size).toBe(1);
  });

  it('buys several at once, each by itself', async () => {
    const { page } = await open();
    await page.getByLabel('Area code').fill('503');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    for (const line of ['0101', '0102', '0103']) await page.getByLabel(`(503) 555-${line}`).first().check();
    await page.getByText('3 numbers chosen').waitFor();
    await page.getByRole('button', { name: 'Buy 3 numbers' }).click();
    await page.getByRole('button', { name: 'Buy for $6.00' }).click();
    await expect.poll(() => page.getByRole('link', { name: 'Open' }).count()).toBe(3);
  });

  it('says at the field what is wrong with an area code, and asks nobody', async () => {
    const { page } = await open();
    await page
      .getByRole('button', { name: /^Buy \(/ })
      .first()
      .waitFor();
    const searches: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/search')) searches.push(request.url());
    });
    const field = page.getByLabel('Area code');
    for (const [typed, said] of [
      ['41', 'An area code has three digits.'],
      ['999', 'This country has no such area code.'],
      ['800', 'That is a toll-free code.'],
    ] as const) {
      await field.fill(typed);
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByText(said).waitFor();
      expect(await field.getAttribute('aria-invalid')).toBe('true');
    }
    await page.getByLabel('Contains').fill('Käse');
    await page.getByText('Letters A to Z and digits only').waitFor();
    expect(searches).toEqual([]);
  });

  it('turns a word into the digits that dial it', async () => {
    const { page } = await open();
    await page.getByLabel('Contains').fill('JJJ-0101');
    await page.getByText('Dialled as 5550101').waitFor();
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await page.waitForURL('**/buy?*contains=JJJ-0101*');
    await expect.poll(() => page.locator('mark').first().textContent()).toBe('555-0101');
  });

  it('finds area codes near by where one has no stock', async () => {
    const { page } = await open({ path: '/numbers/buy?country=US&areaCode=628' });
    await page.getByText('Nothing on offer in 628').waitFor();
    await page
      .getByText(/San Francisco/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Show 415' }).click();
    await page.getByRole('button', { name: 'Buy (415) 555-0105' }).waitFor();
    expect(page.url()).toContain('areaCode=415');
  });

  it('chooses a country by its name, with the keyboard alone', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: /Country/ }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('germ');
    await page.keyboard.press('Enter');
    await page
      .getByRole('button', { name: /Country/ })
      .getByText('Germany +49')
      .waitFor();
    expect(await page.getByLabel('Area code').isDisabled()).toBe(true);
  });

  it('says at the limit what the plan allows', async () => {
    const { page } = await open({ plan: 'free' });
    await find(page, '4085550150');
    await page.getByRole('button', { name: 'Buy (408) 555-0150' }).click();
    await page.getByText('On the Free plan this is your trial number').waitFor();
    await page.getByText('$0.00').waitFor();
    await page.getByRole('button', { name: 'Start the trial' }).click();
    await page.getByRole('link', { name: 'Open' }).waitFor();
    await page.getByText('Your plan allows 1 number, and you have it.').waitFor();
    await find(page, '4085550151');
    await page.getByRole('button', { name: 'Buy (408) 555-0151' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('The Free plan has one trial number').waitFor();
    expect(await dialog.getByRole('button', { name: /^(Buy for|Start)/ }).isDisabled()).toBe(true);
    await page.goto('/numbers');
    await page.getByText('Trial: 5 days left').locator('visible=true').waitFor();
  });

  it('says why a purchase failed, and that nothing was bought', async () => {
    const { page } = await open({ language: 'de' });
    await page.getByLabel('Enthält').fill('3125550910');
    await page.getByRole('button', { name: 'Suchen' }).click();
    await page.getByRole('button', { name: '(312) 555-0910 kaufen' }).click();
    await page.getByRole('button', { name: /Für 2,00\s\$ kaufen/ }).click();
    await page.getByText('Der Anbieter hat abgelehnt. Es wurde nichts gekauft.').waitFor();
    await expectAccessible(page);
  });
});
