import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addNumbers } from '../../server/test/support/numbers.ts';
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

async function opened(path: string, options: OpenOptions = {}) {
  const window = await dashboard.open({ ...options, path });
  return { ...window, window, client: await clientFor(dashboard, window) };
}

describe('assistants', () => {
  it('makes one, gives it numbers, takes one away, and keeps what is changed', async () => {
    const { page, window, client } = await opened('/assistants');
    const complaints = complaintsOf(page);
    await numbersFor(dashboard, window, 2);
    await page.getByText('No assistants yet').waitFor();
    await page.getByRole('button', { name: 'New assistant' }).click();
    // The focus is where one begins to write.
    await page.keyboard.type('Sales');
    await page.getByText('Connection, fallback number, metadata').click();
    await page.getByLabel('Metadata').fill('{"tone": ');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Make the assistant' }).click();
    await page.getByText('This is not a JSON object').waitFor();
    await page.getByLabel('Metadata').fill('{"tone": "kind"}');
    await page.getByLabel('Fallback number').fill('+1 (415) 555-0199');
    await page.getByRole('button', { name: 'Make the assistant' }).click();
    await page.getByRole('heading', { name: 'Sales', level: 1 }).waitFor();

    await page.getByRole('button', { name: 'Add numbers' }).click();
    const numbers = page.getByRole('dialog').getByRole('checkbox');
    await expect.poll(() => numbers.count()).toBe(2);
    await numbers.first().check();
    await numbers.last().check();
    await page.getByRole('button', { name: 'Add them' }).click();
    await page.getByRole('heading', { name: '2 numbers' }).waitFor();
    await page
      .getByRole('button', { name: /^Take .* away/ })
      .first()
      .click();
    await page.getByRole('heading', { name: '1 number' }).waitFor();

    await page.getByLabel('Makes calls').click();
    await page.getByLabel('Template').selectOption('Follow-up');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Sales is saved.').waitFor();
    expect(await client.assistants.list().all()).toMatchObject([
      {
        name: 'Sales',
        template_id: 'follow-up',
        inbound_enabled: true,
        outbound_enabled: false,
        fallback_number: '+14155550199',
        metadata: { tone: 'kind' },
        phone_number_count: 1,
      },
    ]);
    expect(complaints).toEqual([]);
  });

  it('asks before a number leaves another assistant, and the way out has the focus', async () => {
    const { page, window, client } = await opened('/assistants');
    const [number] = await numbersFor(dashboard, window, 1);
    const { assistant: support } = await client.assistants.create({ name: 'Support' });
    const { assistant: sales } = await client.assistants.create({ name: 'Sales' });
    await client.assistants.assignNumbers(support.id, { phoneNumberIds: [number?.id ?? ''] });
    await page.goto(`/assistants/${sales.id}`);
    await page.getByRole('button', { name: 'Add numbers' }).click();
    await page.getByText('With Support').click();
    await page.getByRole('button', { name: 'Add them' }).click();
    await page.getByText('leaves Support').waitFor();
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Back');
    expect((await client.assistants.numbers(support.id)).count).toBe(1);
    await page.getByRole('button', { name: 'Move to Sales' }).click();
    await page.getByRole('heading', { name: '1 number' }).waitFor();
    // Back to where the dialog was opened.
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Add numbers');
    expect((await client.assistants.numbers(support.id)).count).toBe(0);
  });

  it('gives a number back to the list where the server says no', async () => {
    const { page, window, client } = await opened('/assistants');
    const [number] = await numbersFor(dashboard, window, 1);
    const { assistant } = await client.assistants.create({ name: 'Sales' });
    await client.assistants.assignNumbers(assistant.id, { phoneNumberIds: [number?.id ?? ''] });
    await page.goto(`/assistants/${assistant.id}`);
    await page.getByRole('heading', { name: '1 number' }).waitFor();
    let answer = () => {};
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/telephony/phone-numbers', async (route) => {
      if (route.request().method() !== 'PATCH') return route.fallback();
      await held;
      await route.fulfill({
        status: 500,
        json: { success: false, error: 'Something broke.', code: 'internal', request_id: 'req_1' },
      });
    });
    await page.getByRole('button', { name: /^Take .* away/ }).click();
    await page.getByRole('heading', { name: '0 numbers' }).waitFor();
    answer();
    await page.getByText('Something broke.').waitFor();
    await page.getByRole('heading', { name: '1 number' }).waitFor();
  });

  it('says what hangs on an assistant before it is deleted', async () => {
    const { page, window, client } = await opened('/assistants');
    const [number] = await numbersFor(dashboard, window, 1);
    const { assistant } = await client.assistants.create({ name: 'Sales' });
    await client.assistants.assignNumbers(assistant.id, { phoneNumberIds: [number?.id ?? ''] });
    await client.campaigns.create({ name: 'Spring', assistantId: assistant.id });
    await page.goto(`/assistants/${assistant.id}`);
    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('This campaign loses its assistant').waitFor();
    await dialog.getByText('Spring').waitFor();
    await dialog.getByText(/305/).waitFor();
    // A second Enter is no answer to this question.
    await expect.poll(() => page.locator(':focus').textContent()).toBe('Cancel');
    await dialog.getByRole('button', { name: 'Delete it all the same' }).click();
    await page.getByText('No assistants yet').waitFor();
    expect(await client.assistants.list().all()).toEqual([]);
  });
});

describe('an assistant that works in live mode', () => {
  it('is changed there only, and the page says the way', async () => {
    const { page, window, client } = await opened('/assistants');
    const { assistant } = await client.assistants.create({ name: 'Sales' });
    await addNumbers(dashboard, window, 1, { mode: 'live', assistantId: assistant.id });
    await page.goto(`/assistants/${assistant.id}`);
    await page.getByLabel('Name').fill('Sales team');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This assistant works in live mode too').waitFor();
    await page.getByRole('button', { name: 'To live mode' }).click();
    await page.getByRole('heading', { name: '1 number' }).waitFor();
    await page.getByLabel('Name').fill('Sales team');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Sales team', level: 1 }).waitFor();
  });
});

describe('campaigns', () => {
  it('makes one with weights, starts it, pauses it, completes it, and deletes it', async () => {
    const { page, window, client } = await opened('/campaigns');
    const complaints = complaintsOf(page);
    await numbersFor(dashboard, window, 2);
    await client.assistants.create({ name: 'Sales' });
    await client.assistants.create({ name: 'Support', outboundEnabled: false });
    await page.getByText('No campaigns yet').waitFor();
    await page.getByRole('button', { name: 'New campaign' }).click();
    await page.keyboard.type('Spring');
    await page.getByRole('button', { name: 'Make the campaign' }).click();
    await page.getByText('Before it can start, it needs').waitFor();

    // It looks started, and is not where it cannot be.
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('cannot run without an assistant').waitFor();
    await page.getByRole('button', { name: 'Start' }).waitFor();

    const assistant = page.getByLabel('Assistant', { exact: true });
    await expect.poll(() => assistant.getByRole('option').count()).toBe(3);
    expect(await assistant.getByRole('option', { name: 'Support' }).isDisabled()).toBe(true);
    await assistant.selectOption('Sales');
    await page.getByLabel('Calls a day from one number').fill('50');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Spring is saved.').waitFor();

    await page.getByRole('button', { name: 'Choose numbers' }).click();
    const numbers = page.getByRole('dialog').getByRole('checkbox');
    await expect.poll(() => numbers.count()).toBe(2);
    await numbers.first().check();
    await numbers.last().check();
    await page.getByRole('button', { name: 'Take these' }).click();
    await page
      .getByLabel(/^Weight of/)
      .first()
      .fill('3');
    await page.getByText('75%').waitFor();
    await page.getByRole('button', { name: 'Save the numbers' }).click();
    await page.getByText('The numbers of Spring are saved.').waitFor();

    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Spring is running.').waitFor();
    const [listed] = await client.campaigns.list().all();
    const { campaign } = await client.campaigns.get(listed?.id ?? '');
    expect(campaign).toMatchObject({
      status: 'running',
      assistant_name: 'Sales',
      daily_cap_per_number: 50,
    });
    expect(campaign.from_numbers.map(({ weight }) => weight).toSorted()).toEqual([1, 3]);

    await page.getByRole('link', { name: 'Campaigns' }).first().click();
    await page.getByRole('button', { name: 'Pause Spring' }).click();
    await page.getByText('Spring is paused.').waitFor();
    await page.getByRole('link', { name: 'Spring' }).click();
    await page.getByRole('button', { name: 'Complete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Complete' }).click();
    await page.getByText('Spring is completed.').waitFor();
    expect(await page.getByLabel('Name').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No campaigns yet').waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('for everybody', () => {
  it.each([
    { colorScheme: 'light', language: 'en-US', viewport: { width: 1280, height: 900 } },
    { colorScheme: 'dark', language: 'de-DE', viewport: { width: 340, height: 760 } },
  ] as const)('$colorScheme, $language, $viewport.width pixels wide', async (options) => {
    const { page, window, client } = await opened('/assistants', options);
    const [first, second] = await numbersFor(dashboard, window, 2);
    const { assistant } = await client.assistants.create({ name: 'Sales' });
    await client.assistants.assignNumbers(assistant.id, { phoneNumberIds: [first?.id ?? ''] });
    const { campaign } = await client.campaigns.create({
      name: 'Spring',
      assistantId: assistant.id,
      fromNumbers: [{ phoneNumberId: second?.id ?? '' }],
    });
    const isGerman = options.language === 'de-DE';
    for (const [path, text] of [
      ['/assistants', isGerman ? 'Neuer Assistent' : 'New assistant'],
      [`/assistants/${assistant.id}`, isGerman ? '1 Nummer' : '1 number'],
      ['/campaigns', isGerman ? 'Neue Kampagne' : 'New campaign'],
      [`/campaigns/${campaign.id}`, isGerman ? 'Ruft von 1 Nummer an' : 'Calls from 1 number'],
    ] as const) {
      await page.goto(path);
      await page.getByText(text, { exact: true }).waitFor();
      await expectAccessible(page);
      // Nothing makes the page itself scroll sideways.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(options.viewport.width);
    }
    await page.getByRole('button', { name: isGerman ? 'Nummern wählen' : 'Choose numbers' }).click();
    await expect.poll(() => page.getByRole('checkbox').count()).toBe(2);
    await expectAccessible(page);
  });
});
