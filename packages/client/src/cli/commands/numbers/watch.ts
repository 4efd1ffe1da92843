import type { Command } from 'commander';
import type { PhoneNumber, Talkturo } from '../../../index.ts';
import { wait } from '../../../wait.ts';
import { EXIT } from '../../exit-codes.ts';
import { Failure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { untilStopped } from '../../until-stopped.ts';
import { numbersOrIds, wholeNumber } from '../../values.ts';
import type { Within } from '../../within.ts';

type Watched = Pick<PhoneNumber, 'id' | 'phone_number' | 'status'>;

export function addWatch(numbers: Command, within: Within): void {
  numbers
    .command('watch')
    .description('status of numbers as it changes: those named until they are bought, or all until Ctrl-C')
    .argument('[numbers...]', 'ids, or the numbers themselves', numbersOrIds)
    .option('--interval <seconds>', 'how often to look', wholeNumber(1, 3600), 5)
    .action(
      within(async (session, ids: string[] | undefined, { interval }: { interval: number }) => {
        const named = ids ?? [];
        const client = named.length > 0 ? session.client() : await session.teamClient();
        const look = () => (named.length > 0 ? lookAt(session, client, named) : lookAtAll(session, client));
        if (named.length === 0) session.output.note('Looking at all numbers. Ctrl-C ends it.');
        await untilStopped(session, () => watch(session, look, { interval, endless: named.length === 0 }));
      }),
    );
}

async function lookAt({ signal }: Session, client: Talkturo, ids: string[]): Promise<Watched[]> {
  const answers = await Promise.all(ids.map((id) => client.phoneNumbers.get(id, { signal })));
  return answers.map(({ phoneNumber }) => phoneNumber);
}

async function lookAtAll({ signal }: Session, client: Talkturo): Promise<Watched[]> {
  return await client.phoneNumbers.list({}, { signal }).all();
}

async function watch(
  { output, signal }: Session,
  look: () => Promise<Watched[]>,
  { interval, endless }: { interval: number; endless: boolean },
): Promise<void> {
  const known = new Map<string, string>();
  for (;;) {
    const found = await look();
    for (const { id, phone_number, status } of found) {
      if (known.get(id) === status) continue;
      known.set(id, status);
      const at = new Date().toISOString();
      output.each({ at, id, phone_number, status }, `${at}  ${phone_number}  ${status}`);
    }
    if (!endless && found.every(({ status }) => status !== 'purchasing')) return checkEnd(found);
    await wait(interval * 1000, signal);
  }
}

/** @throws Failure where a purchase has failed */
function checkEnd(found: Watched[]): void {
  const failed = found.filter(({ status }) => status === 'error').map(({ phone_number }) => phone_number);
  if (failed.length === 0) return;
  throw new Failure(
    EXIT.unavailable,
    'purchase_failed',
    `${failed.join(', ')} could not be bought.`,
    `Why: talkturo events tail --once --type phone_number.purchase_failed`,
  );
}
