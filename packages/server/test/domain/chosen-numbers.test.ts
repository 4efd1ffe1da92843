import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../src/domain/chosen-numbers.ts';
import { PHONE_NUMBER_STATUSES, type PhoneNumberStatus } from '../../src/domain/phone-number.ts';

const number = (id: string, status: PhoneNumberStatus = 'active', assistantId?: string) => ({
  id,
  phoneNumber: `+1415555010${id}`,
  status,
  assistant: assistantId ? { id: assistantId, name: 'Sales' } : null,
});

type Found = ReturnType<typeof number>;

const chosen = (...numbers: (Found | undefined)[]) =>
  numbers.map((each, index) => ({ path: `list.${index}`, name: each?.id ?? `nobody${index}`, number: each }));

const refusal = (...numbers: (Found | undefined)[]) =>
  refusalOf(chosen(...numbers), 'live', (assistantId) => assistantId === 'asst_other');

describe('numbers that a request names', () => {
  it('fit, together', () => {
    expect(refusal()).toBeNull();
    expect(refusal(number('1'), number('2', 'suspended'), number('3', 'active', 'asst_own'))).toBeNull();
  });

  it.each(PHONE_NUMBER_STATUSES)('that are %s fit in service only', (status) => {
    const fits = status === 'active' || status === 'suspended';
    expect(refusal(number('1', status))?.code).toBe(fits ? undefined : 'not_assignable');
  });

  it('have each an issue where they do not fit', () => {
    const found = refusal(
      number('1'),
      number('2', 'active', 'asst_other'),
      number('3', 'error'),
      undefined,
      number('1'),
    );
    expect(found?.code).toBe('invalid_request');
    expect(found?.message).toBe(
      'list.4: is the same number as list.0; name each once (and 3 more, see issues). Nothing was changed.',
    );
    expect(found?.details.issues?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'list.1 already_assigned',
      'list.2 not_assignable',
      'list.3 not_found',
      'list.4 invalid_request',
    ]);
    expect(found?.details.issues?.[0]?.assistant).toEqual({ id: 'asst_other', name: 'Sales' });
  });
});
