import type { Command } from 'commander';
import { numberOrId } from '../../values.ts';
import type { Within } from '../../within.ts';

export function addShow(numbers: Command, within: Within): void {
  numbers
    .command('show')
    .description('everything about one number')
    .argument('<number>', 'its id, or the number itself', numberOrId)
    .action(
      within(async (session, id: string) => {
        const { phoneNumber } = await session.client().phoneNumbers.get(id, { signal: session.signal });
        session.output.record(phoneNumber);
      }),
    );
}
