import type { Mode } from './mode.ts';
import { ASSIGNABLE_STATUSES, type PhoneNumberStatus } from './phone-number.ts';
import { type Issue, Refusal, type RefusalCode } from './refusal.ts';

/** A number as a request names it, and what the team has under that name. */
export interface ChosenNumber {
  /** Where it stands in the request, `phoneNumberIds.3`. */
  path: string;
  name: string;
  number:
    | {
        id: string;
        phoneNumber: string;
        status: PhoneNumberStatus;
        assistant: { id: string; name: string } | null;
      }
    | undefined;
}

/** The gravest first: what can never be right, what is not there, what may come right. */
const BY_GRAVITY = ['invalid_request', 'not_found', 'not_assignable', 'already_assigned'] as const;

/**
 * Why these numbers cannot be used together, null where they can: all of them or none.
 * @param taken whether an assistant that has one of them stands in the way
 */
export function refusalOf(
  chosen: readonly ChosenNumber[],
  mode: Mode,
  taken: (assistantId: string) => boolean,
): Refusal | null {
  const firstAt = new Map<string, string>();
  const issues = chosen.flatMap(({ path, name, number }): (Issue & { code: RefusalCode })[] => {
    const identity = number?.id ?? name;
    const first = firstAt.get(identity);
    if (first !== undefined)
      return [{ path, code: 'invalid_request', message: `is the same number as ${first}; name each once` }];
    firstAt.set(identity, path);
    if (!number)
      return [{ path, code: 'not_found', message: `is not a number of your team in ${mode} mode` }];
    if (!ASSIGNABLE_STATUSES.includes(number.status))
      return [{ path, code: 'not_assignable', message: notAssignable(number) }];
    if (!number.assistant || !taken(number.assistant.id)) return [];
    const { id, name: called } = number.assistant;
    const assistant = { id, name: called };
    return [{ path, code: 'already_assigned', message: alreadyAssigned(number, assistant), assistant }];
  });
  const gravest = BY_GRAVITY.find((code) => issues.some((issue) => issue.code === code));
  const worst = issues.find((issue) => issue.code === gravest);
  if (!gravest || !worst) return null;
  const others = issues.length === 1 ? '' : ` (and ${issues.length - 1} more, see issues)`;
  return new Refusal(gravest, `${worst.path}: ${worst.message}${others}. Nothing was changed.`, { issues });
}

function notAssignable({ phoneNumber, status }: { phoneNumber: string; status: PhoneNumberStatus }): string {
  return `${phoneNumber} is ${status}; only ${ASSIGNABLE_STATUSES.join(' and ')} numbers can be used`;
}

function alreadyAssigned(
  { phoneNumber }: { phoneNumber: string },
  assistant: { id: string; name: string },
): string {
  return `${phoneNumber} is assigned to "${assistant.name}" (${assistant.id}) already; send "reassign": true to move it`;
}
