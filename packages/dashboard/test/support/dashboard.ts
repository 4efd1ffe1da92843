import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { type App, createApp } from '../../../server/src/app.ts';
import { readConfig } from '../../../server/src/config.ts';
import { listMembers } from '../../../server/src/db/members.ts';
import type { PlanId } from '../../../server/src/domain/plans.ts';
import { createLog } from '../../../server/src/log.ts';
import type { Mail } from '../../../server/src/mail/mail.ts';
import { createTeam } from '../../../server/src/usecases/create-team.ts';
import { createDirectory } from '../../../server/test/support/databases.ts';
import { BUILD, buildDashboard } from './build.ts';
import { launchChromium } from './chromium.ts';

/** The real server with the dashboard, on the embedded database and the simulated carrier, and a browser. */
export interface Dashboard {
  app: App;
  address: string;
  /** What was sent by mail. */
  mails: Mail[];
  /** A team of its own and its owner, who is signed in, in a browser window of its own. */
  open(options?: OpenOptions): Promise<Window>;
  /** A window in which nobody is signed in. */
  openSignedOut(options?: OpenOptions): Promise<Window>;
  /** Closes what a test has opened. */
  closeWindows(): Promise<void>;
  stop(): Promise<void>;
}

export interface OpenOptions {
  plan?: PlanId;
  language?: string;
  viewport?: { width: number; height: number };
  colorScheme?: 'light' | 'dark';
  path?: string;
}

export interface Window {
  page: Page;
  context: BrowserContext;
  teamId: string;
  userId: string;
  email: string;
}

export const OPERATOR_TOKEN = 'operator-token-of-the-tests';

let people = 0;

// A browser, its server and other suites share the machine: what takes a second alone may take many here.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

export async function startDashboard(): Promise<Dashboard> {
  buildDashboard();
  const directory = createDirectory();
  const config = readConfig({
    ...directory.environment,
    PORT: '0',
    OPERATOR_TOKEN,
    LOG_LEVEL: 'silent',
    // A purchase that takes longer than this is watched by the page.
    PURCHASE_WAIT_MS: '1000',
    RATE_LIMIT_PER_HOUR: '0',
    RATE_LIMIT_PER_ADDRESS: '0',
  });
  const mails: Mail[] = [];
  const app = await createApp(config, createLog('silent'), {
    dashboard: BUILD,
    // The browser, its driver and the embedded database share two cores, and some turns are late.
    maxEventLoopDelayMs: 0,
    sendMail: async (mail) => {
      mails.push(mail);
    },
  });
  const address = await app.server.listen({ port: 0, host: '127.0.0.1' });
  const browser = await launchChromium();

  return {
    app,
    address,
    mails,
    async open({ plan = 'growth', ...options } = {}) {
      people += 1;
      const email = `person${people}@example.com`;
      const team = await createTeam(app.context, {
        name: `Team ${people}`,
        plan,
        owner: { email, name: `Person ${people}` },
      });
      const [owner] = await listMembers(app.context.db, team.id);
      const userId = owner?.userId ?? '';
      const window = await newWindow(browser, address, options);
      await window.page.goto(`/demo-sign-in?token=${app.demoDoor.open(userId)}`);
      if (options.path !== undefined) await window.page.goto(options.path);
      return { ...window, teamId: team.id, userId, email };
    },
    async openSignedOut(options = {}) {
      const window = await newWindow(browser, address, options);
      await window.page.goto(options.path ?? '/');
      return { ...window, teamId: '', userId: '', email: '' };
    },
    async closeWindows() {
      for (const context of browser.contexts()) await context.close();
    },
    async stop() {
      await browser.close();
      await app.stop();
      await directory.remove();
    },
  };
}

async function newWindow(browser: Browser, baseURL: string, options: OpenOptions) {
  const context = await browser.newContext({
    baseURL,
    locale: options.language ?? 'en-US',
    viewport: options.viewport ?? { width: 1280, height: 900 },
    colorScheme: options.colorScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  return { page, context };
}

/** What went wrong in a page while it was used: exceptions, and what its policy forbade. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    // Answers that refuse are part of the play; the browser reports each of them.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  return complaints;
}

/** Fails where axe finds something on the page that keeps people out: WCAG 2.2 A and AA. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  // Not as a script of the page, which its policy forbids.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
      };
    };
    const found = await axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return found.violations.map(({ id, nodes }) => ({
      id,
      where: nodes.map(({ html, failureSummary }) => `${html}\n${failureSummary}`),
    }));
  });
  expect(violations).toEqual([]);
}
