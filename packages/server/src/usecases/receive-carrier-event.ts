import type { CarrierDelivery, CarrierEvent, ReadCarrierEvent } from '../carriers/carrier.ts';
import { insertCarrierEvent } from '../db/carrier-events.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Context } from './context.ts';

/** Header values come from anybody; this much of them is worth a line in the log. */
const MAX_LOGGED_CHARACTERS = 200;

/**
 * Takes a webhook of the carrier in: checks it, writes it down with the job that will act on it, and is done,
 * because the carrier waits two seconds for its answer.
 *
 * @param read null where this server cannot check signatures
 * @throws Refusal `webhooks_off`, `invalid_signature`
 */
export async function receiveCarrierEvent(
  context: Context,
  read: ReadCarrierEvent | null,
  delivery: CarrierDelivery,
): Promise<void> {
  if (!read) {
    throw new Refusal(
      'webhooks_off',
      'Webhooks of the carrier are off: start the server with TELNYX_PUBLIC_KEY to turn them on.',
    );
  }
  const message = await read(delivery);
  switch (message.kind) {
    case 'order_event':
      return store(context, message.event);
    case 'other':
      context.log.info({ type: message.type }, 'the carrier tells of something that is not acted on');
      return;
    case 'unverified':
      context.log.warn(
        { detail: message.detail.slice(0, MAX_LOGGED_CHARACTERS) },
        'a webhook is not proven to be of the carrier',
      );
      throw new Refusal(
        'invalid_signature',
        'The signature of this webhook is missing, does not fit its body, or is not of the last five minutes. Send it as the carrier signed it.',
      );
  }
}

async function store(context: Context, { eventId, ...about }: CarrierEvent): Promise<void> {
  const event = { ...about, id: eventId, receivedAt: context.clock.now(), processedAt: null };
  await context.db.transaction(async (tx) => {
    if (await insertCarrierEvent(tx, event)) {
      await context.queue.enqueue(tx, 'process-carrier-event', { eventId });
    }
  });
}
