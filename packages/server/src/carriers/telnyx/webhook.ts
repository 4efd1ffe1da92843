import Telnyx, { TelnyxError } from 'telnyx';
import type { CarrierDelivery, CarrierEvent, CarrierMessage, ReadCarrierEvent } from '../carrier.ts';
import { isRecord, type JsonRecord, textIn } from './json-fields.ts';
import { orderFrom } from './orders.ts';

const SIGNED_WITH = ['telnyx-signature-ed25519', 'telnyx-timestamp'];

/** The one event about number orders: it comes for success and failure alike. */
const ORDER_EVENT = 'number_order.complete';

/** Ids are uuids, references are ours. What is longer is no name of anything here. */
const MAX_NAME_LENGTH = 255;

/**
 * Reads Telnyx's webhooks: Ed25519 over the timestamp and the body, not more than 300 s old or ahead by the
 * system's clock.
 * @param publicKey base64 of the 32 bytes
 */
export function telnyxWebhook(publicKey: string): ReadCarrierEvent {
  const client = new Telnyx({ apiKey: null, clientID: null, clientSecret: null, logLevel: 'off' });
  // The SDK wants base64 with padding, and the standard alphabet.
  const key = Buffer.from(publicKey, 'base64').toString('base64');

  return async ({ body, headers }) => {
    let text: string;
    try {
      text = exactText(body);
    } catch {
      return { kind: 'unverified', detail: 'the body is no UTF-8' };
    }
    try {
      return messageFrom(await client.webhooks.unwrap(text, { headers: signatureIn(headers), key }));
    } catch (error) {
      if (error instanceof TelnyxError) return { kind: 'unverified', detail: error.message };
      // The signature is checked before the body is parsed.
      if (error instanceof SyntaxError) return { kind: 'other', type: 'not JSON' };
      throw error;
    }
  };
}

/**
 * The body as text that stands for these bytes and no others: the SDK checks the signature over text.
 * @throws TypeError where it is no UTF-8
 */
function exactText(body: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
}

function signatureIn(headers: CarrierDelivery['headers']): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of SIGNED_WITH) {
    const value = headers[name];
    if (typeof value === 'string') given[name] = value;
  }
  return given;
}

function messageFrom(answer: unknown): CarrierMessage {
  const data = isRecord(answer) && isRecord(answer.data) ? answer.data : {};
  const type = textIn(data, 'event_type') ?? 'no type';
  if (type !== ORDER_EVENT) return { kind: 'other', type: type.slice(0, MAX_NAME_LENGTH) };
  const event = eventFrom(data);
  return event ? { kind: 'order_event', event } : { kind: 'other', type: `${type}, unreadable` };
}

/** Null where it cannot be told which event this is, or of which order. */
function eventFrom(data: JsonRecord): CarrierEvent | null {
  const eventId = nameIn(data, 'id');
  const payload = isRecord(data.payload) ? data.payload : {};
  const carrierOrderId = nameIn(payload, 'id');
  if (eventId === null || carrierOrderId === null) return null;
  const { state: orderState } = orderFrom(payload, new Date());
  return { eventId, reference: nameIn(payload, 'customer_reference'), carrierOrderId, orderState };
}

/** Text that can be stored and looked for. */
function nameIn(record: JsonRecord, field: string): string | null {
  const text = textIn(record, field);
  return text !== null && text.length <= MAX_NAME_LENGTH && !text.includes('\0') ? text : null;
}
