import { describe, expect, it } from 'vitest';
import { type CalledNumber, routeInbound } from '../../src/domain/inbound-routing.ts';
import { PHONE_NUMBER_STATUSES } from '../../src/domain/phone-number.ts';

const TO = '+14155550101';
const FALLBACK = '+12125550100';
const answering = { name: 'Ava', inboundEnabled: true, fallbackNumber: null };
const silent = { name: 'Ava', inboundEnabled: false, fallbackNumber: null };

describe('routing an inbound call', () => {
  it.each<[string, CalledNumber | undefined, string, string, string[]]>([
    ['nobody has', undefined, 'reject', 'unknown', [`${TO} is not a number of the team in live mode.`]],
    [
      'is assigned',
      { status: 'active', assistant: answering },
      'assistant',
      'assigned',
      [
        `${TO} is a number of the team.`,
        'It is active.',
        'It is assigned to the assistant "Ava".',
        'The assistant takes calls.',
      ],
    ],
    [
      'is assigned to nobody',
      { status: 'active', assistant: null },
      'reject',
      'unassigned',
      [`${TO} is a number of the team.`, 'It is active.', 'No assistant is assigned to it.'],
    ],
    [
      'has an assistant that takes no calls',
      { status: 'active', assistant: silent },
      'reject',
      'inbound_off',
      [
        `${TO} is a number of the team.`,
        'It is active.',
        'It is assigned to the assistant "Ava".',
        'The assistant is set to take no calls.',
        'It has no fallback number.',
      ],
    ],
    [
      'has an assistant that sends its calls on',
      { status: 'active', assistant: { ...silent, fallbackNumber: FALLBACK } },
      'fallback',
      'inbound_off',
      [
        `${TO} is a number of the team.`,
        'It is active.',
        'It is assigned to the assistant "Ava".',
        'The assistant is set to take no calls.',
        `Its calls go to its fallback number, ${FALLBACK}.`,
      ],
    ],
    [
      'has an assistant that takes calls and has a fallback number',
      { status: 'active', assistant: { ...answering, fallbackNumber: FALLBACK } },
      'assistant',
      'assigned',
      [
        `${TO} is a number of the team.`,
        'It is active.',
        'It is assigned to the assistant "Ava".',
        'The assistant takes calls.',
      ],
    ],
  ])('of a number that %s', (_what, number, action, reason, decision) => {
    expect(routeInbound(TO, 'live', number)).toEqual({ action, reason, decision });
  });

  const outOfService = PHONE_NUMBER_STATUSES.filter((status) => status !== 'active');

  it.each(outOfService)('turns calls away of a number that is %s, whoever it is assigned to', (status) => {
    for (const assistant of [null, answering, { ...silent, fallbackNumber: FALLBACK }]) {
      const route = routeInbound(TO, 'live', { status, assistant });
      expect(route).toMatchObject({ action: 'reject', reason: status });
      expect(route.decision).toEqual([
        `${TO} is a number of the team.`,
        expect.stringMatching(/^It.+, so it/),
      ]);
    }
  });

  it('names the mode in which the number was looked for', () => {
    expect(routeInbound(TO, 'test', undefined).decision).toEqual([
      `${TO} is not a number of the team in test mode.`,
    ]);
  });
});
