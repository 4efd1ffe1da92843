import { type Command, Option } from 'commander';
import { given } from '../../values.ts';
import type { Within } from '../../within.ts';

const STATUSES = ['purchasing', 'active', 'suspended', 'releasing', 'error'] as const;

interface ListOptions {
  status?: (typeof STATUSES)[number];
  assistant?: string;
  search?: string;
}

export function addList(numbers: Command, within: Within): void {
  numbers
    .command('list')
    .description("the team's numbers, newest first")
    .addOption(new Option('-s, --status <status>', 'only those').choices(STATUSES))
    .option('--assistant <id>', 'only those of an assistant')
    .option('--search <text>', "part of the number, or of its assistant's name")
    .action(
      within(async (session, { status, assistant, search }: ListOptions) => {
        const { output, signal } = session;
        const client = await session.teamClient();
        const filters = given({ status, assistantId: assistant, search });
        output.list(
          await client.phoneNumbers.list(filters, { signal }).all(),
          [
            ['number', ({ phone_number }) => phone_number],
            ['status', (number) => number.status],
            ['assistant', ({ assistant_name }) => assistant_name],
            ['trial until', ({ trial_expires_at }) => trial_expires_at],
            ['since', ({ created_at }) => created_at],
            ['id', ({ id }) => id],
          ],
          'No numbers yet. Find some: talkturo numbers search --area-code 415',
        );
      }),
    );
}
