import type { Command } from 'commander';
import { numberOrId } from '../../values.ts';
import type { Within } from '../../within.ts';

export function addRestore(numbers: Command, within: Within): void {
  numbers
    .command('restore')
    .description('take a release back, while the carrier still keeps the number')
    .argument('<number>', 'its id, or the number itself', numberOrId)
    .action(
      within(async (session, id: string) => {
        const { phoneNumber } = await session.client().phoneNumbers.restore(id, { signal: session.signal });
        session.output.done(`${phoneNumber.phone_number} is ${phoneNumber.status}.`, phoneNumber);
      }),
    );
}
