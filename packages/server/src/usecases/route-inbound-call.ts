import { findRoute } from '../db/inbound-routes.ts';
import type { AssistantTemplate } from '../domain/assistant.ts';
import { parseDialledNumber } from '../domain/dialled-number.ts';
import { type InboundRoute, routeInbound } from '../domain/inbound-routing.ts';
import type { PhoneNumberStatus } from '../domain/phone-number.ts';
import { invalidRequest } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';

export interface RoutedCall extends InboundRoute {
  /** Who answers; null unless the action is `assistant`. */
  assistant: {
    id: string;
    name: string;
    templateId: AssistantTemplate;
    connectionId: string | null;
    metadata: Record<string, unknown>;
  } | null;
  /** The team's number that was called. */
  number: { id: string; phoneNumber: string; label: string | null; status: PhoneNumberStatus } | null;
  /** E.164: where the call goes now, or where it may go if the assistant cannot take it. */
  fallbackNumber: string | null;
}

/**
 * Where a call to a number of the caller's team goes. It asks the database each time, so the next call after an
 * assignment goes by it, on every server.
 * @param to the number that was called, in any common spelling
 * @throws Refusal `invalid_request` where that is no number
 */
export async function routeInboundCall({ db }: Context, caller: Caller, to: string): Promise<RoutedCall> {
  const called = parseDialledNumber(to);
  if (called === null) {
    throw invalidRequest([{ path: 'to', message: 'must be a telephone number, like +14155550101' }]);
  }
  const known = caller.number?.phoneNumber === called ? caller.number : null;
  const number = known ?? (await findRoute(db, caller, called));
  const route = routeInbound(called, caller.mode, number);
  return {
    ...route,
    number: number ?? null,
    assistant: route.action === 'assistant' && number ? number.assistant : null,
    fallbackNumber: route.action === 'reject' ? null : (number?.assistant?.fallbackNumber ?? null),
  };
}
