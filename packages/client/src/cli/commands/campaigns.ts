import { type Command, InvalidArgumentError } from 'commander';
import { given, nullWhereNone, numberOrId, orNone, text, wholeNumber, yesOption } from '../values.ts';
import type { Within } from '../within.ts';

interface FromNumber {
  phoneNumberId: string;
  weight?: number;
}

interface Fields {
  name?: string;
  assistant?: string;
  number?: FromNumber[];
  dailyCap?: number | 'none';
}

/** `+14155550102`, or with a weight `+14155550102=3`. */
function weighted(value: string, before: FromNumber[] = []): FromNumber[] {
  const [id = '', weight] = value.split('=');
  if (weight !== undefined && !/^\d{1,2}$/.test(weight)) {
    throw new InvalidArgumentError('A weight is a whole number from 1 to 20, as in +14155550102=3.');
  }
  const phoneNumberId = numberOrId(id);
  return [...before, { phoneNumberId, ...(weight !== undefined && { weight: Number(weight) }) }];
}

function withFields(command: Command): Command {
  return command
    .option('--assistant <id>', 'who calls, or none', orNone(text))
    .option(
      '--number <numbers...>',
      'what it calls from, all of them; +14155550102=3 counts three times',
      weighted,
    )
    .option('--daily-cap <calls>', 'calls a day from one number, or none', orNone(wholeNumber(1, 100_000)));
}

function fieldsOf({ name, assistant, number, dailyCap }: Fields) {
  return given({
    name,
    assistantId: nullWhereNone(assistant),
    fromNumbers: number,
    dailyCapPerNumber: nullWhereNone(dailyCap),
  });
}

/** The verbs that take a campaign from one state to the next. */
const STEPS = [
  ['start', 'running', 'let it run: its numbers are caller IDs from now on'],
  ['pause', 'paused', 'let it rest'],
  ['complete', 'completed', 'end it for good'],
] as const;

export function addCampaigns(program: Command, within: Within): void {
  const campaigns = program
    .command('campaigns')
    .description('campaigns, and the numbers that they call from');

  campaigns
    .command('list')
    .description('all of the team')
    .action(
      within(async (session, _options: object) => {
        const client = await session.teamClient();
        session.output.list(
          await client.campaigns.list({}, { signal: session.signal }).all(),
          [
            ['name', ({ name }) => name],
            ['status', ({ status }) => status],
            ['assistant', ({ assistant_name }) => assistant_name],
            ['numbers', ({ phone_number_count }) => phone_number_count],
            ['daily cap', ({ daily_cap_per_number }) => daily_cap_per_number],
            ['id', ({ id }) => id],
          ],
          'No campaigns yet. Make one: talkturo campaigns create --name Spring',
        );
      }),
    );

  campaigns
    .command('show')
    .description('everything about one')
    .argument('<id>')
    .action(
      within(async ({ output, signal, client }, id: string) => {
        const { campaign } = await client().campaigns.get(id, { signal });
        const numbers = campaign.from_numbers.map(({ phone_number, weight }) => `${phone_number}=${weight}`);
        output.record(output.json ? campaign : { ...campaign, from_numbers: numbers });
      }),
    );

  withFields(campaigns.command('create').description('make one').requiredOption('--name <name>', 'its name'))
    .option('--start', 'let it run at once')
    .action(
      within(async (session, { name = '', start, ...fields }: Fields & { start?: true }) => {
        const client = await session.teamClient();
        const wish = { ...fieldsOf(fields), name, ...(start && { status: 'running' as const }) };
        const { campaign } = await client.campaigns.create(wish, { signal: session.signal });
        session.output.done(`${campaign.name} is there, as ${campaign.status}: ${campaign.id}`, campaign);
      }),
    );

  withFields(campaigns.command('update').description('change one').argument('<id>'))
    .option('--name <name>', 'its name')
    .action(
      within(async ({ output, signal, client }, id: string, fields: Fields) => {
        const { campaign } = await client().campaigns.update(id, fieldsOf(fields), { signal });
        output.done(`${campaign.name} is changed.`, campaign);
      }),
    );

  for (const [verb, status, description] of STEPS) {
    campaigns
      .command(verb)
      .description(description)
      .argument('<id>')
      .action(
        within(async ({ output, signal, client }, id: string) => {
          const { campaign } = await client().campaigns.update(id, { status }, { signal });
          output.done(`${campaign.name} is ${campaign.status}.`, campaign);
        }),
      );
  }

  campaigns
    .command('delete')
    .description('delete one that does not run')
    .argument('<id>')
    .addOption(yesOption())
    .action(
      within(async (session, id: string, { yes }: { yes?: true }) => {
        await session.confirm(`Delete ${id}?`, { yes });
        await session.client().campaigns.delete(id, { signal: session.signal });
        session.output.done(`${id} is deleted.`, { id, deleted: true });
      }),
    );
}
