import { type Command, Option } from 'commander';
import type { Assistant } from '../../index.ts';
import { usageFailure } from '../failure.ts';
import type { Column } from '../output.ts';
import {
  given,
  jsonObject,
  nullWhereNone,
  numberOrId,
  numbersOrIds,
  onOrOff,
  orNone,
  text,
  yesOption,
} from '../values.ts';
import type { Within } from '../within.ts';

const COLUMNS: Column<Assistant>[] = [
  ['name', ({ name }) => name],
  ['template', ({ template_id }) => template_id],
  ['inbound', ({ inbound_enabled }) => inbound_enabled],
  ['outbound', ({ outbound_enabled }) => outbound_enabled],
  ['numbers', ({ phone_number_count }) => phone_number_count],
  ['id', ({ id }) => id],
];

const TEMPLATES = ['outbound-setter', 'inbound-support', 'follow-up', 'custom'] as const;

interface Fields {
  name?: string;
  template?: (typeof TEMPLATES)[number];
  inbound?: boolean;
  outbound?: boolean;
  connection?: string;
  fallback?: string;
  metadata?: Record<string, unknown>;
}

function withFields(command: Command): Command {
  return command
    .addOption(new Option('--template <template>', 'what it is for').choices(TEMPLATES))
    .option('--inbound <on|off>', 'whether it answers', onOrOff)
    .option('--outbound <on|off>', 'whether campaigns may call with it', onOrOff)
    .option('--connection <id>', "the carrier's connection for its calls, or none", orNone(text))
    .option('--fallback <number>', 'where calls go that it does not answer, or none', orNone(numberOrId))
    .option('--metadata <json>', 'a JSON object for your own use', jsonObject);
}

function fieldsOf({ name, template, inbound, outbound, connection, fallback, metadata }: Fields) {
  return given({
    name,
    templateId: template,
    inboundEnabled: inbound,
    outboundEnabled: outbound,
    connectionId: nullWhereNone(connection),
    fallbackNumber: nullWhereNone(fallback),
    metadata,
  });
}

export function addAssistants(program: Command, within: Within): void {
  const assistants = program
    .command('assistants')
    .description('voice assistants, and the numbers that they have');

  assistants
    .command('list')
    .description('all of the team')
    .action(
      within(async (session, _options: object) => {
        const client = await session.teamClient();
        const all = await client.assistants.list({}, { signal: session.signal }).all();
        session.output.list(
          all,
          COLUMNS,
          'No assistants yet. Make one: talkturo assistants create --name Sales',
        );
      }),
    );

  assistants
    .command('show')
    .description('everything about one')
    .argument('<id>')
    .action(
      within(async ({ output, signal, client }, id: string) => {
        output.record((await client().assistants.get(id, { signal })).assistant);
      }),
    );

  withFields(
    assistants.command('create').description('make one').requiredOption('--name <name>', 'its name'),
  ).action(
    within(async (session, { name = '', ...fields }: Fields) => {
      const client = await session.teamClient();
      const { assistant } = await client.assistants.create(
        { ...fieldsOf(fields), name },
        { signal: session.signal },
      );
      session.output.done(`${assistant.name} is there: ${assistant.id}`, assistant);
      session.output.note(`Give it a number: talkturo numbers assign +1… --assistant ${assistant.id}`);
    }),
  );

  withFields(assistants.command('update').description('change one').argument('<id>'))
    .option('--name <name>', 'its name')
    .action(
      within(async ({ output, signal, client }, id: string, fields: Fields) => {
        const { assistant } = await client().assistants.update(id, fieldsOf(fields), { signal });
        output.done(`${assistant.name} is changed.`, assistant);
      }),
    );

  assistants
    .command('delete')
    .description('delete one')
    .argument('<id>')
    .option('--force', 'also one that has numbers or campaigns; they lose it')
    .addOption(yesOption())
    .action(
      within(async (session, id: string, { force, yes }: { force?: true; yes?: true }) => {
        await session.confirm(`Delete ${id}?`, { yes });
        await session.client().assistants.delete(id, { ...(force && { force }), signal: session.signal });
        session.output.done(`${id} is deleted.`, { id, deleted: true });
      }),
    );

  assistants
    .command('numbers')
    .description('the numbers that one has; with --set these, with --clear none')
    .argument('<id>')
    .option('--set <numbers...>', 'all that it is to have', numbersOrIds)
    .option('--clear', 'take all of them away')
    .option('--reassign', 'with --set: also those that another assistant has')
    .action(
      within(async ({ output, signal, client }, id: string, options: NumbersOptions) => {
        const { set, clear, reassign } = options;
        if (set && clear) throw usageFailure('--set or --clear, not both.');
        const phoneNumberIds = clear ? [] : set;
        const wish = phoneNumberIds && { phoneNumberIds, ...(reassign && { reassign }) };
        const { numbers } = wish
          ? await client().assistants.setNumbers(id, wish, { signal })
          : await client().assistants.numbers(id, { signal });
        output.list(
          numbers,
          [
            ['number', ({ phone_number }) => phone_number],
            ['status', ({ status }) => status],
            ['label', ({ label }) => label],
            ['routing', ({ routing_status }) => routing_status],
            ['id', (number) => number.id],
          ],
          `It has no numbers. Give it one: talkturo numbers assign +1… --assistant ${id}`,
        );
      }),
    );
}

interface NumbersOptions {
  set?: string[];
  clear?: true;
  reassign?: true;
}
