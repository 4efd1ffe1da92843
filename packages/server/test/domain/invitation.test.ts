import { describe, expect, it } from 'vitest';
import { newInvitationToken, objectionToAcceptance } from '../../src/domain/invitation.ts';
import { later } from '../../src/domain/time.ts';

const NOW = new Date('2026-01-15T12:00:00Z');

const open = { email: 'ada@example.com', acceptedAt: null, revokedAt: null, expiresAt: later(NOW, 1) };
const ada = { email: 'ada@example.com', isMember: false };

describe('accepting an invitation', () => {
  it.each([
    ['is done', {}, {}, undefined],
    ['does not ask how an address is written', {}, { email: 'Ada@Example.COM' }, undefined],
    ['is for the address that was invited', {}, { email: 'bob@example.com' }, 'invitation_for_another'],
    ['is done once', { acceptedAt: NOW }, {}, 'invitation_used'],
    ['is done once, by members too', { acceptedAt: NOW }, { isMember: true }, 'invitation_used'],
    ['has an end, to the millisecond', { expiresAt: NOW }, {}, 'invitation_expired'],
    ['ends when it is taken back', { revokedAt: NOW }, {}, 'invitation_expired'],
    ['makes nobody a member twice', {}, { isMember: true }, 'already_member'],
    [
      'tells nobody else what became of it',
      { acceptedAt: NOW },
      { email: 'bob@example.com' },
      'invitation_for_another',
    ],
  ])('%s', (_what, invitation, person, code) => {
    expect(objectionToAcceptance({ ...open, ...invitation }, { ...ada, ...person }, NOW)?.code).toBe(code);
  });
});

it('tokens are long, and never twice the same', () => {
  const tokens = Array.from({ length: 100 }, newInvitationToken);
  for (const token of tokens) expect(token).toMatch(/^invite_[0-9A-Za-z]{32}$/);
  expect(new Set(tokens).size).toBe(100);
});
