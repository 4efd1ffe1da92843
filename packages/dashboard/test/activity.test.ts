import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeEvent } from '../../server/src/usecases/record-event.ts';
import { byDay } from '../src/pages/activity/by-day.ts';
import { changesOf } from '../src/pages/activity/changes.ts';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  type OpenOptions,
  startDashboard,
} from './support/dashboard.ts';
import { clientFor, numbersFor } from './support/records.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterEach(() => dashboard.closeWindows());
afterAll(() => dashboard.stop());

function opened(path: string, options: OpenOptions = {}) {
  return dashboard.open({ ...options, path });
}

describe('the activity', () => {
  it('says who did what, with what was before and after, and filters', async () => {
    const window = await opened('/activity');
    const { page } = window;
    const complaints = complaintsOf(page);
    const client = await clientFor(dashboard, window);
    const [number] = await numbersFor(dashboard, window, 1);
    await client.phoneNumbers.update(number?.id ?? '', { label: 'Front desk', deletionLock: true });
    await client.assistants.create({ name: 'Ava' });
    await page.reload();

    const changed = page.getByRole('listitem').filter({ hasText: 'Number changed' });
    await changed.getByText('Front desk').waitFor();
    expect(await changed.textContent()).toContain('The key “For the test”');
    expect(await changed.getByRole('term').allTextContents()).toEqual(['Name', 'Lock against release']);
    expect(await changed.getByRole('definition').last().textContent()).toBe('beforenoafteryes');
    await expectAccessible(page);

    await page.getByLabel('What', { exact: true }).selectOption('Assistant made');
    await page.waitForURL(/type=assistant\.created/);
    await expect.poll(() => changed.count()).toBe(0);
    await page.getByRole('listitem').filter({ hasText: 'Assistant made' }).waitFor();
    await page.getByLabel('What', { exact: true }).selectOption('Campaign made');
    await page.getByText('Nothing fits these filters').waitFor();
    await page.getByRole('button', { name: 'Show everything' }).last().click();

    await changed.getByRole('link', { name: /^Only this record/ }).click();
    await page.waitForURL(new RegExp(`subject=${number?.id}`));
    await expect.poll(() => page.getByRole('listitem').filter({ hasText: 'Assistant made' }).count()).toBe(0);
    expect(await page.getByLabel('Record', { exact: true }).inputValue()).toBe(number?.id);
    await changed.getByRole('link').first().click();
    await page.waitForURL(`**/numbers/${number?.id}`);
    expect(complaints).toEqual([]);
  });

  it('goes on page after page, in German and dark', async () => {
    const window = await opened('/activity', { language: 'de-DE', colorScheme: 'dark' });
    const { page, teamId } = window;
    const { context } = dashboard.app;
    await context.db.transaction(async (tx) => {
      for (let index = 0; index < 60; index += 1) {
        await writeEvent(context, tx, {
          teamId,
          mode: null,
          type: 'team.updated',
          subject: teamId,
          actor: { type: 'operator', id: null },
          before: { name: `Name ${index}` },
          after: { name: `Name ${index + 1}` },
          data: {},
        });
      }
    });
    await page.reload();
    await page.getByRole('heading', { name: 'Team umbenannt' }).first().waitFor();
    await expectAccessible(page);
    await page.getByText('Heute').waitFor();
    await page.mouse.wheel(0, 20_000);
    await page.getByText('Das ist alles.').waitFor();
    expect(await page.getByRole('heading', { name: 'Team umbenannt' }).count()).toBe(60);
    await page.getByRole('heading', { name: 'Team angelegt' }).waitFor();
  });

  it('reads events that it does not know', () => {
    const event = { before: { a: 1, b: null, same: 'x' }, after: { a: 2, c: null, same: 'x' } };
    expect(changesOf(event as never)).toEqual([{ field: 'a', before: 1, after: 2 }]);
    expect(changesOf({ before: null, after: ['not', 'fields'] } as never)).toEqual([]);
    const now = Date.parse('2026-03-02T12:00:00Z');
    const days = byDay(
      ['2026-03-02T11:00:00Z', '2026-03-01T11:00:00Z', '2026-02-27T11:00:00Z'].map(
        (created_at) => ({ created_at }) as never,
      ),
      'en',
      now,
    );
    expect(days.map(({ name }) => name)).toEqual(['today', 'yesterday', 'Friday, February 27, 2026']);
  });
});
