import { Talkturo, UnauthorizedError } from '@talkturo/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addMember, findOrInsertUser } from '../../server/src/db/teams.ts';
import type { Role } from '../../server/src/domain/roles.ts';
import {
  complaintsOf,
  type Dashboard,
  expectAccessible,
  type OpenOptions,
  startDashboard,
  type Window,
} from './support/dashboard.ts';
import { clientFor } from './support/records.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterEach(() => dashboard.closeWindows());
afterAll(() => dashboard.stop());

async function opened(path: string, options: OpenOptions = {}) {
  const window = await dashboard.open({ ...options, path });
  return { ...window, window };
}

/** Somebody who is in the window's team already, and signed in in a window of their own where one wants. */
async function memberOf({ teamId }: Window, name: string, role: Role) {
  const { app } = dashboard;
  const { db, clock, newId } = app.context;
  const email = `${name.toLowerCase().replace(' ', '.')}.${teamId}@example.com`;
  const user = await findOrInsertUser(db, {
    id: newId('usr'),
    email,
    name,
    createdAt: clock.now(),
  });
  await addMember(db, { teamId, userId: user.id, role, createdAt: clock.now() });
  return user;
}

async function signedInAs(userId: string, path: string) {
  const window = await dashboard.openSignedOut();
  await window.page.goto(`/demo-sign-in?token=${dashboard.app.demoDoor.open(userId)}`);
  await window.page.goto(path);
  return window.page;
}

describe('the team', () => {
  it('invites, sends again and takes back, changes a role, removes somebody, and is renamed', async () => {
    const { page, window } = await opened('/team');
    const complaints = complaintsOf(page);
    await memberOf(window, 'Mia Park', 'member');
    await page.reload();
    await page.getByLabel('E-mail address').fill('zoe@example.com');
    await page.getByLabel('Role', { exact: true }).selectOption('Admin');
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('A mail is on its way to zoe@example.com.').waitFor();
    await expect.poll(() => dashboard.mails.filter(({ to }) => to === 'zoe@example.com').length).toBe(1);
    await page.getByRole('button', { name: 'Send zoe@example.com a new invitation' }).click();
    await expect.poll(() => dashboard.mails.filter(({ to }) => to === 'zoe@example.com').length).toBe(2);
    await page.getByRole('button', { name: 'Take back the invitation of zoe@example.com' }).click();
    await page.getByText('Nobody is invited at the moment.').waitFor();

    await page.getByLabel('Role of Mia Park').selectOption('Admin');
    await page.getByText('Mia Park: Admin from now on.').waitFor();
    await page.getByLabel('Role of Mia Park').selectOption('Owner');
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByLabel('Role of Mia Park').inputValue()).toBe('admin');
    await page.getByRole('button', { name: 'Remove Mia Park' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Mia Park is no longer in the team.').waitFor();
    await page.getByRole('heading', { name: '1 member' }).waitFor();

    await page.getByLabel('Name of the team').fill('Acme Voice');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The team is called Acme Voice now.').waitFor();
    await page.getByRole('button', { name: /Acme Voice/ }).waitFor();
    await page.getByText('You are its only owner.').waitFor();
    expect(await page.getByRole('button', { name: 'Leave the team' }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('takes a role back that the server does not give', async () => {
    const { page, window } = await opened('/team');
    await memberOf(window, 'Mia Park', 'member');
    await page.reload();
    await page.route('**/members/*', (route) =>
      route.fulfill({
        status: 403,
        json: { success: false, error: 'Not today.', code: 'forbidden', request_id: 'req_1' },
      }),
    );
    await page.getByLabel('Role of Mia Park').selectOption('Admin');
    await page.getByText('Not today.').waitFor();
    await expect.poll(() => page.getByLabel('Role of Mia Park').inputValue()).toBe('member');
  });

  it('offers a member only to look and to leave', async () => {
    const { window } = await opened('/team');
    const mia = await memberOf(window, 'Mia Park', 'member');
    const page = await signedInAs(mia.id, '/team');
    await page.getByRole('heading', { name: '2 members' }).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await page.getByRole('combobox').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Leave the team' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Leave the team' }).click();
    await page.waitForURL('**/welcome');
  });

  it('lets an admin make no owners, and touch none', async () => {
    const { window } = await opened('/team');
    const ann = await memberOf(window, 'Ann Lee', 'admin');
    await memberOf(window, 'Mia Park', 'member');
    const page = await signedInAs(ann.id, '/team');
    const role = page.getByLabel('Role of Mia Park');
    await role.waitFor();
    expect(await role.getByRole('option').allInnerTexts()).toEqual(['Member', 'Admin']);
    expect(await page.getByRole('button', { name: /^Remove Person/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Remove Mia Park' }).waitFor();
  });
});

describe('API keys', () => {
  it('makes one that is shown once and works, renames it, and revokes it', async () => {
    const { page, teamId, context } = await opened('/api-keys');
    const complaints = complaintsOf(page);
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByText('No working keys').waitFor();
    await page.getByRole('button', { name: 'New key' }).click();
    await page.keyboard.type('Backend');
    await page.getByRole('button', { name: 'Make the key' }).click();
    await page.getByText('Choose at least one thing').waitFor();
    await page.getByLabel('See assistants and their numbers.').check();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = page.getByLabel('Key', { exact: true });
    const apiKey = await secret.inputValue();
    // Nobody loses it by closing the dialog in passing.
    await page.keyboard.press('Escape');
    await page.getByText('You have not copied it').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByText('It is in the clipboard.').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(apiKey);
    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.getByText('assistants:read').waitFor();
    expect(await page.content()).not.toContain(apiKey);

    const client = new Talkturo({ apiKey, baseUrl: dashboard.address, teamId });
    expect(await client.assistants.list().all()).toEqual([]);
    await expect(client.assistants.create({ name: 'Sales' })).rejects.toMatchObject({ code: 'forbidden' });

    await page.getByRole('button', { name: 'Change Backend' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Import');
    await page.getByRole('dialog').getByLabel('Last day').fill('2090-01-31');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Import is saved.').waitFor();
    await page.getByText(/Jan 31, 2090/).waitFor();

    await page.getByRole('button', { name: 'Revoke Import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Import no longer works.').waitFor();
    await page.getByText('1 key that no longer works').waitFor();
    await expect(client.assistants.list().all()).rejects.toBeInstanceOf(UnauthorizedError);
    expect(complaints).toEqual([]);
  });

  it('tells a member whom to ask', async () => {
    const { window } = await opened('/team');
    const mia = await memberOf(window, 'Mia Park', 'member');
    const page = await signedInAs(mia.id, '/api-keys');
    await page.getByText('API keys are for admins and owners.').waitFor();
  });
});

describe('for everybody', () => {
  it.each([
    { colorScheme: 'light', language: 'en-US', viewport: { width: 1280, height: 900 } },
    { colorScheme: 'dark', language: 'de-DE', viewport: { width: 340, height: 760 } },
  ] as const)('$colorScheme, $language, $viewport.width pixels wide', async (options) => {
    const { page, window } = await opened('/team', options);
    await memberOf(window, 'Mia Park', 'member');
    await clientFor(dashboard, window);
    const isGerman = options.language === 'de-DE';
    for (const [path, text] of [
      ['/team', isGerman ? '2 Mitglieder' : '2 members'],
      ['/api-keys', 'For the test'],
    ] as const) {
      await page.goto(path);
      await page.getByText(text, { exact: true }).waitFor();
      await expectAccessible(page);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width);
    }
    await page.getByRole('button', { name: isGerman ? 'Neuer Schlüssel' : 'New key' }).click();
    await page.getByText(isGerman ? 'Kampagnen sehen.' : 'See campaigns.').waitFor();
    await expectAccessible(page);
  });
});
