import { describe, expect, it } from 'vitest';
import { lackOf } from '../../src/domain/campaign.ts';

describe('a campaign that runs', () => {
  const caller = { outboundEnabled: true };

  it.each([
    [caller, 1, null],
    [caller, 1_000, null],
    [null, 1, 'assistantId'],
    [{ outboundEnabled: false }, 1, 'outboundEnabled'],
    [caller, 0, 'fromNumbers'],
    [null, 0, 'assistantId'],
  ])('with %j and %i numbers lacks %s', (assistant, numbers, lack) => {
    const found = lackOf({ assistant, numbers });
    if (lack === null) expect(found).toBeNull();
    else expect(found).toContain(lack);
  });
});
