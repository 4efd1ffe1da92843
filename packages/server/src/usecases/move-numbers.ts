import { setAssistant } from '../db/assignments.ts';
import type { RoutedNumber } from '../db/assistants.ts';
import type { Db } from '../db/database.ts';
import type { Actor } from '../db/events.ts';
import { wantedConnection } from '../domain/connection.ts';
import type { Context } from './context.ts';
import { recordEvents } from './record-event.ts';
import { wantConnections } from './want-connections.ts';

/**
 * Gives numbers to an assistant, or to none, and has the carrier told where their calls go from now on: part of the
 * caller's transaction, which holds the lock on the team. An event for each number.
 */
export async function moveNumbers(
  context: Context,
  tx: Db,
  actor: Actor,
  numbers: readonly RoutedNumber[],
  to: { id: string; connectionId: string | null } | null,
): Promise<void> {
  if (numbers.length === 0) return;
  const ids = numbers.map(({ id }) => id);
  await setAssistant(tx, ids, to?.id ?? null, context.clock.now());
  await recordEvents(
    context,
    tx,
    numbers.map((number) => ({
      teamId: number.teamId,
      mode: number.mode,
      type: to ? 'phone_number.assigned' : 'phone_number.unassigned',
      subject: number.id,
      actor,
      before: { assistant_id: number.assistant?.id ?? null },
      after: { assistant_id: to?.id ?? null },
      data: { phone_number: number.phoneNumber },
    })),
  );
  const redirected = numbers.filter(
    (number) =>
      number.routingStatus === 'failed' ||
      wantedConnection(number.assistant, number) !== wantedConnection(to, number),
  );
  await wantConnections(
    context,
    tx,
    redirected.map(({ id }) => id),
  );
}
