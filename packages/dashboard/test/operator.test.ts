import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addNumbers } from '../../server/test/support/numbers.ts';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  OPERATOR_TOKEN,
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

function opened(options: OpenOptions = {}) {
  return dashboard.open({ ...options, path: '/operator' });
}

async function enter({ page }: Window, label = 'Operator token', action = 'Go in') {
  await page.getByLabel(label).fill(OPERATOR_TOKEN);
  await page.getByRole('button', { name: action }).click();
  await page.getByRole('tab').first().waitFor();
}

const ago = (days: number) => new Date(Date.now() - days * DAY_MS);

describe('the view of the operator', () => {
  it('wants the token, forgets it with the page, and signs nobody out', async () => {
    const window = await opened();
    const { page } = window;
    await page.getByLabel('Operator token').waitFor();
    await expectAccessible(page);
    await page.getByLabel('Operator token').fill('not the token');
    await page.getByRole('button', { name: 'Go in' }).click();
    await page.getByText('The server does not take this token.').waitFor();
    await page.getByLabel('Operator token').fill('another-wrong-token');
    await page.getByRole('button', { name: 'Go in' }).click();
    await page.getByText('The server does not take this token.').waitFor();
    await enter(window);
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain(
      OPERATOR_TOKEN,
    );
    await page.reload();
    await page.getByLabel('Operator token').waitFor();
    await page.getByRole('link', { name: 'To the dashboard' }).click();
    await page.waitForURL('**/numbers');
  });

  it('finds a team and changes its plan', async () => {
    const window = await opened({ plan: 'starter' });
    const { page, teamId } = window;
    const complaints = complaintsOf(page);
    const client = await clientFor(dashboard, window);
    await enter(window);
    await page.getByRole('tab', { name: 'Teams' }).click();
    await page.getByLabel('Search').fill(teamId);
    const row = page.getByRole('row').filter({ hasText: teamId });
    await row.getByText('Starter').waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    await expectAccessible(page);
    await row.getByRole('button', { name: /^Change the plan/ }).click();
    await page.getByLabel('Plan', { exact: true }).selectOption('Free');
    await page.getByText('The others are suspended').waitFor();
    await page.getByLabel('Plan', { exact: true }).selectOption('Enterprise');
    await page.getByLabel('Numbers allowed').fill('2000');
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Change the plan' }).click();
    await page.getByText(/is on Enterprise now\./).waitFor();
    await row.getByText('Enterprise · 2000').waitFor();
    expect((await client.teams.get(teamId)).team).toMatchObject({ plan: 'enterprise', max_numbers: 2000 });
    expect(complaints).toEqual([]);
  });

  it('shows what needs a person, looks before it fixes, and fixes', async () => {
    const window = await opened({ colorScheme: 'dark' });
    const { page } = window;
    const complaints = complaintsOf(page);
    const old = { mode: 'test' as const, createdAt: ago(9), updatedAt: ago(9), monthlyPrice: '1.25' };
    await addNumbers(dashboard, window, 1, {
      ...old,
      status: 'releasing',
      releaseAt: ago(3),
      givingBackAt: ago(3),
      phoneNumber: '+14155558801',
      carrierNumberId: 'resists',
    });
    const [gone = ''] = await addNumbers(dashboard, window, 1, {
      ...old,
      phoneNumber: '+14155558802',
      carrierNumberId: 'not-there',
    });
    const client = await clientFor(dashboard, window);
    await enter(window);
    await page.getByText('This may cost up to $1.25 a month.').waitFor();
    await page.getByText('(415) 555-8801').waitFor();
    await expectAccessible(page);

    await page.getByRole('tab', { name: 'Reconciliation' }).click();
    await page.getByRole('button', { name: 'Look now (dry run)' }).click();
    const finding = page.getByRole('row').filter({ hasText: '(415) 555-8802' });
    await finding.getByText('Mark our record as released').last().waitFor();
    expect((await client.phoneNumbers.get(gone)).phoneNumber.status).toBe('active');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Apply the fixes' }).click();
    await page.getByRole('dialog').getByText('Mark our record as released').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply the fixes' }).click();
    await finding.getByText('The record is released.').last().waitFor();
    expect((await client.phoneNumbers.get(gone)).phoneNumber.status).toBe('released');
    expect(await page.getByRole('button', { name: 'Apply the fixes' }).isDisabled()).toBe(true);
    expect(complaints).toEqual([]);
  });

  it('speaks German on a narrow screen', async () => {
    const window = await opened({ language: 'de-DE', viewport: { width: 375, height: 800 } });
    const { page } = window;
    await enter(window, 'Operator-Token', 'Hinein');
    await page.getByRole('tab', { name: 'Teams' }).click();
    await page
      .getByRole('button', { name: /^Tarif ändern: / })
      .first()
      .waitFor();
    await expectAccessible(page);
    const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement);
    expect(scrollWidth).toBe(clientWidth);
  });
});
