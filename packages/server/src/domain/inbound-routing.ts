import type { Mode } from './mode.ts';
import type { PhoneNumberStatus } from './phone-number.ts';

/** A number of the team that somebody called. */
export interface CalledNumber {
  status: PhoneNumberStatus;
  /** Who answers it; null where nobody was assigned. */
  assistant: CalledAssistant | null;
}

export interface CalledAssistant {
  name: string;
  inboundEnabled: boolean;
  /** E.164: where calls go that it does not answer. */
  fallbackNumber: string | null;
}

/** What to do with the call: let the assistant answer, send it on to the fallback number, or turn it away. */
export type InboundAction = 'assistant' | 'fallback' | 'reject';

/** Why. Stable: clients branch on it. */
export type InboundReason =
  | 'assigned'
  | 'inbound_off'
  | 'unassigned'
  | 'unknown'
  | Exclude<PhoneNumberStatus, 'active'>;

export interface InboundRoute {
  action: InboundAction;
  reason: InboundReason;
  /** What was looked at, in order, in words. */
  decision: string[];
}

/** Why a number that is not active takes no calls. */
const OUT_OF_SERVICE: Record<Exclude<PhoneNumberStatus, 'active'>, string> = {
  purchasing: 'It is still being bought, so it takes no calls yet.',
  suspended: 'It is suspended because the plan does not cover it, so it takes no calls.',
  releasing: 'It has been released and waits to go back to the carrier, so it takes no calls.',
  released: 'It has gone back to the carrier, so it is no longer one that the team answers.',
  error: 'Its purchase failed, so it never was one that the team answers.',
};

/**
 * Where a call to a number goes.
 * @param to E.164, as it was called
 * @param number the team's number; undefined where the team has none like it, whoever else may
 */
export function routeInbound(to: string, mode: Mode, number: CalledNumber | undefined): InboundRoute {
  if (!number) return reject('unknown', [`${to} is not a number of the team in ${mode} mode.`]);
  const decision = [`${to} is a number of the team.`];

  if (number.status !== 'active') return reject(number.status, [...decision, OUT_OF_SERVICE[number.status]]);
  decision.push('It is active.');

  const { assistant } = number;
  if (!assistant) return reject('unassigned', [...decision, 'No assistant is assigned to it.']);
  decision.push(`It is assigned to the assistant "${assistant.name}".`);

  if (assistant.inboundEnabled) {
    return { action: 'assistant', reason: 'assigned', decision: [...decision, 'The assistant takes calls.'] };
  }
  decision.push('The assistant is set to take no calls.');
  if (assistant.fallbackNumber === null) {
    return reject('inbound_off', [...decision, 'It has no fallback number.']);
  }
  decision.push(`Its calls go to its fallback number, ${assistant.fallbackNumber}.`);
  return { action: 'fallback', reason: 'inbound_off', decision };
}

function reject(reason: InboundReason, decision: string[]): InboundRoute {
  return { action: 'reject', reason, decision };
}
