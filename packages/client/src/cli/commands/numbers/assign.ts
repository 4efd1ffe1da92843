import type { Command } from 'commander';
import { numbersOrIds } from '../../values.ts';
import type { Within } from '../../within.ts';

export function addAssign(numbers: Command, within: Within): void {
  numbers
    .command('assign')
    .description('give numbers to an assistant; all of them or none')
    .argument('<numbers...>', 'ids, or the numbers themselves', numbersOrIds)
    .requiredOption('--assistant <id>', 'who answers them from now on')
    .option('--reassign', 'also those that another assistant has')
    .action(
      within(async (session, ids: string[], options: { assistant: string; reassign?: true }) => {
        const wish = { phoneNumberIds: ids, ...(options.reassign && { reassign: true }) };
        const { signal } = session;
        const answer = await session.client().assistants.assignNumbers(options.assistant, wish, { signal });
        const { success: _, ...assigned } = answer;
        session.output.done(`${options.assistant} has ${answer.count} numbers now.`, assigned);
      }),
    );
}
