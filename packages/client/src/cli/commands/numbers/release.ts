import type { Command } from 'commander';
import { numberOrId, yesOption } from '../../values.ts';
import type { Within } from '../../within.ts';

export function addRelease(numbers: Command, within: Within): void {
  numbers
    .command('release')
    .description('take a number out of service; it can be restored for some days, then it goes back')
    .argument('<number>', 'its id, or the number itself', numberOrId)
    .option('--immediately', 'back to the carrier now; that cannot be undone')
    .addOption(yesOption())
    .action(
      within(async (session, id: string, { immediately, yes }: { immediately?: true; yes?: true }) => {
        const { signal, output } = session;
        const warning = immediately
          ? ' It goes back to the carrier at once, and may never be had again.'
          : '';
        await session.confirm(`Release ${id}?${warning}`, { yes });
        const wish = { ...(immediately && { immediately }), signal };
        const { phoneNumber } = await session.client().phoneNumbers.release(id, wish);
        const { phone_number, status, release_at } = phoneNumber;
        const restore = status === 'releasing' && !immediately;
        output.done(
          `${phone_number} is ${status}${release_at && restore ? `, and goes back at ${release_at}` : ''}.`,
          phoneNumber,
        );
        if (restore) output.note(`Take it back: talkturo numbers restore ${phone_number}`);
      }),
    );
}
