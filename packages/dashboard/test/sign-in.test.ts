import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { complaintsOf, type Dashboard, expectAccessible, startDashboard } from './support/dashboard.ts';

let dashboard: Dashboard;

beforeAll(async () => {
  dashboard = await startDashboard();
});
afterEach(() => dashboard.closeWindows());
afterAll(() => dashboard.stop());

async function signedOut(path: string, language = 'en-US') {
  const window = await dashboard.openSignedOut({ path, language });
  return window.page;
}

const PASSWORD = 'correct horse battery';

function linkIn(text: string | undefined): string {
  const link = /http:\/\/\S+token=\S+/.exec(text ?? '')?.[0];
  if (link === undefined) throw new Error(`no link in ${text}`);
  const { pathname, search } = new URL(link);
  return pathname + search;
}

async function mailTo(address: string): Promise<string> {
  const find = () => dashboard.mails.findLast(({ to }) => to === address)?.text;
  await expect.poll(find).toBeDefined();
  return linkIn(find());
}

describe('the way in', () => {
  it('signs up, confirms the address, makes a team, signs out and in again', async () => {
    const page = await signedOut('/');
    const complaints = complaintsOf(page);
    await page.waitForURL('**/sign-in');
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Sign up' }).click();
    await page.getByLabel('Your name').fill('Ann Lee');
    await page.getByLabel('E-mail address').fill('ann@example.com');
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByText('At least 10 characters, please.').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make the account' }).click();
    await page.getByRole('heading', { name: 'Look into your mail' }).waitFor();

    await page.goto(await mailTo('ann@example.com'));
    await page.waitForURL('**/welcome');
    await expectAccessible(page);
    await page.getByLabel('Name of the team').fill('Acme Voice');
    await page.getByRole('button', { name: 'Make the team' }).click();
    await page.waitForURL('**/numbers');
    await page.getByText('Acme Voice').first().waitFor();

    await page.getByRole('button', { name: /Ann Lee/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in');
    await page.goto('/numbers?search=415');
    await page.waitForURL('**/sign-in?next=*');
    await page.getByLabel('E-mail address').fill('ann@example.com');
    await page.getByLabel('Password').fill('wrong horse battery');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/numbers?search=415');
    expect(complaints).toEqual([]);
  });

  it('sets a new password with the link of the mail', async () => {
    const window = await dashboard.open();
    const page = await signedOut('/forgot-password');
    await page.getByLabel('E-mail address').fill(window.email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.goto(await mailTo(window.email));
    await expectAccessible(page);
    await page.getByLabel('New password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.getByRole('link', { name: 'To signing in' }).click();
    await page.getByLabel('E-mail address').fill(window.email);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/numbers');
  });

  it('says that a link no longer works, and offers a new one', async () => {
    const page = await signedOut('/api/auth/verify-email?token=unknown');
    await page.getByText('This link is too old').waitFor();
    await expectAccessible(page);
  });

  it('goes only to addresses of its own after signing in', async () => {
    await dashboard.open({ path: '/sign-in?next=//evil.example' });
    const { safeNext } = await import('../src/session/safe-next.ts');
    expect(safeNext('//evil.example')).toBe('/');
    // Browsers read past tabs and line breaks, and take dots away.
    for (const next of ['/\t/evil.example', '/\n/evil.example', '/.//evil.example'])
      expect(safeNext(next)).toBe('/');
    expect(safeNext('/\\evil.example')).toBe('/');
    expect(safeNext('https://evil.example')).toBe('/');
    expect(safeNext('/numbers?search=1')).toBe('/numbers?search=1');
  });

  it('speaks German to a German browser, and remembers another choice', async () => {
    const page = await signedOut('/sign-in', 'de-AT');
    await page.getByRole('heading', { name: 'Anmelden' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('de');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  it('lets the demo owner in by the link, once', async () => {
    const window = await dashboard.open();
    const page = await signedOut(`/demo-sign-in?token=${dashboard.app.demoDoor.open(window.userId)}`);
    await page.waitForURL('**/numbers');
    const again = await signedOut('/demo-sign-in?token=used-before');
    await again.getByText('This link has signed somebody in before').waitFor();
  });
});
