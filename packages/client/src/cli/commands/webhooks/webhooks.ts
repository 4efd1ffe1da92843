import type { Command } from 'commander';
import type { Talkturo } from '../../../index.ts';
import { EXIT } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import { given, words, yesOption } from '../../values.ts';
import type { Within } from '../../within.ts';
import { addListen } from './listen.ts';

interface NewEndpoint {
  /** The server knows which there are. */
  types?: Parameters<Talkturo['webhookEndpoints']['create']>[0]['types'];
  description?: string;
}

export function addWebhooks(program: Command, within: Within): void {
  const webhooks = program.command('webhooks').description('addresses that events are sent to');

  webhooks
    .command('list')
    .description('all of the team')
    .action(
      within(async (session, _options: object) => {
        const client = await session.teamClient();
        session.output.list(
          await client.webhookEndpoints.list({}, { signal: session.signal }).all(),
          [
            ['address', ({ url }) => url],
            ['types', ({ types }) => (types.length > 0 ? types : 'all')],
            ['enabled', ({ enabled }) => enabled],
            ['failing since', ({ failing_since }) => failing_since],
            ['id', ({ id }) => id],
          ],
          'No webhooks yet. Make one: talkturo webhooks create https://example.com/webhooks',
        );
      }),
    );

  webhooks
    .command('create')
    .description('add an address; its secret is shown this once')
    .argument('<url>')
    .option('--types <types>', "only those: 'phone_number.*', …", words)
    .option('--description <text>', 'what it is for')
    .action(
      within(async (session, url: string, more: NewEndpoint) => {
        const client = await session.teamClient();
        const wish = { url, ...given({ types: more.types, description: more.description }) };
        const { endpoint } = await client.webhookEndpoints.create(wish, { signal: session.signal });
        session.output.done(
          `${endpoint.id} gets events from now on, signed with ${endpoint.secret}`,
          endpoint,
        );
        session.output.note(`Try it: talkturo webhooks test ${endpoint.id}`);
      }),
    );

  webhooks
    .command('test')
    .description('send a test now, and say how it went')
    .argument('<id>')
    .action(
      within(async ({ output, signal, client }, id: string) => {
        const { delivery } = await client().webhookEndpoints.test(id, { signal });
        if (delivery.status === 'succeeded') {
          output.done(`The receiver answered ${delivery.response_status}.`, delivery);
          return;
        }
        const [attempt] = delivery.attempts;
        const why = attempt?.error ?? `it answered ${delivery.response_status}`;
        throw new Failure(EXIT.failed, 'test_failed', `The test did not get through: ${why}.`);
      }),
    );

  webhooks
    .command('delete')
    .description('delete one, with what was sent to it')
    .argument('<id>')
    .addOption(yesOption())
    .action(
      within(async (session, id: string, { yes }: { yes?: true }) => {
        await session.confirm(`Delete ${id}?`, { yes });
        await session.client().webhookEndpoints.delete(id, { signal: session.signal });
        session.output.done(`${id} is deleted.`, { id, deleted: true });
      }),
    );

  addListen(webhooks, within);
}
