import { type Command, Option } from 'commander';
import type { ApiKey, Talkturo } from '../../index.ts';
import { ending, given, wholeNumber, words, yesOption } from '../values.ts';
import type { Within } from '../within.ts';

type Wish = Parameters<Talkturo['apiKeys']['create']>[0];

interface NewKey {
  name: string;
  mode: 'live' | 'test';
  /** The server knows which there are. */
  scopes?: Wish['scopes'];
  /** Empty for never: the parser makes that of null. */
  expires?: string;
  rateLimit?: number;
}

export function addKeys(program: Command, within: Within): void {
  const keys = program.command('keys').description("the team's API keys");

  keys
    .command('list')
    .description('all, also those that have ended')
    .action(
      within(async (session, _options: object) => {
        const client = await session.teamClient();
        session.output.list(
          await client.apiKeys.list({}, { signal: session.signal }).all(),
          [
            ['name', ({ name }) => name],
            ['begins with', ({ prefix }) => prefix],
            ['mode', ({ mode }) => mode],
            ['scopes', ({ scopes }) => scopes],
            ['last used', ({ last_used_at }) => last_used_at],
            ['ends', endOf],
            ['id', ({ id }) => id],
          ],
          'No keys.',
        );
      }),
    );

  keys
    .command('create')
    .description('make one; it is shown this once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(new Option('--mode <mode>', 'test costs nothing').choices(['live', 'test']).default('test'))
    .option('--scopes <scopes>', 'numbers:read, assistants:*, … ; without it everything', words)
    .option('--expires <time>', 'like 2027-01-31, 30d, 12h, or never', ending)
    .option('--rate-limit <count>', 'requests an hour', wholeNumber(1, 1_000_000))
    .action(
      within(async (session, { name, mode, scopes, expires, rateLimit }: NewKey) => {
        const more = given({ scopes, expiresAt: expires || undefined, rateLimitPerHour: rateLimit });
        const client = await session.teamClient();
        const { apiKey } = await client.apiKeys.create({ name, mode, ...more }, { signal: session.signal });
        session.output.done(apiKey.fullKey, apiKey);
        session.output.note('Keep it now: it is not shown again.');
      }),
    );

  keys
    .command('rename')
    .description('give one another name')
    .argument('<id>')
    .argument('<name>')
    .action(
      within(async ({ output, signal, client }, id: string, name: string) => {
        const { apiKey } = await client().apiKeys.update(id, { name }, { signal });
        output.done(`${id} is called ${apiKey.name}.`, apiKey);
      }),
    );

  keys
    .command('expire')
    .description('say when one ends by itself')
    .argument('<id>')
    .argument('<time>', 'like 2027-01-31, 30d, 12h, or never', ending)
    .action(
      within(async ({ output, signal, client }, id: string, expiresAt: string | null) => {
        const { apiKey } = await client().apiKeys.update(id, { expiresAt }, { signal });
        output.done(`${apiKey.name} ends ${apiKey.expires_at ?? 'never'}.`, apiKey);
      }),
    );

  keys
    .command('revoke')
    .description('end one now; that cannot be undone')
    .argument('<id>')
    .addOption(yesOption())
    .action(
      within(async (session, id: string, { yes }: { yes?: true }) => {
        await session.confirm(`Revoke ${id}? What uses it stops at once.`, { yes });
        const { apiKey } = await session.client().apiKeys.revoke(id, { signal: session.signal });
        session.output.done(`${apiKey.name} is revoked.`, apiKey);
      }),
    );
}

function endOf({ revoked_at, expires_at }: ApiKey): string {
  return revoked_at ? `revoked ${revoked_at}` : (expires_at ?? 'never');
}
