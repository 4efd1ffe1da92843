import type { Command } from 'commander';
import type { Event } from '../../index.ts';
import { type Following, followEvents } from '../follow-events.ts';
import { untilStopped } from '../until-stopped.ts';
import { numberOrId, wholeNumber } from '../values.ts';
import type { Within } from '../within.ts';

interface TailOptions {
  type?: Following['type'];
  subject?: string;
  last: number;
  interval: number;
  once?: true;
}

export function addEvents(program: Command, within: Within): void {
  program
    .command('events')
    .description('what happens in the team')
    .command('tail')
    .description('the last events, and then each as it happens, until Ctrl-C')
    .option('--type <type>', "only those: phone_number.purchased, or all of an area: 'phone_number.*'")
    .option('--subject <id>', 'only what happens to this record', numberOrId)
    .option('-n, --last <count>', 'how many of before', wholeNumber(0, 1000), 10)
    .option('--once', 'end after the last ones')
    .option('--interval <seconds>', 'how often to look', wholeNumber(1, 3600), 5)
    .action(
      within(async (session, { type, subject, last, interval, once }: TailOptions) => {
        const client = await session.teamClient();
        const { output, signal } = session;
        const following = followEvents(client, {
          type,
          subject,
          last,
          intervalMs: once ? null : interval * 1000,
          signal,
          onTrouble: (error) => output.note(`${error.message} Trying again.`),
        });
        await untilStopped(session, async () => {
          for await (const event of following) output.each(event, lineOf(event));
        });
      }),
    );
}

/** Who did what to what, in one line. */
export function lineOf({ created_at, type, subject, actor, data }: Event): string {
  const what = (data as { phone_number?: string } | null)?.phone_number ?? subject;
  return `${created_at}  ${type}  ${what}  by ${actor.name ?? actor.email ?? actor.type}`;
}
