import { describe, expect, it } from 'vitest';
import {
  objectionToInvitation,
  objectionToLeaving,
  objectionToRemoval,
  objectionToRoleChange,
} from '../../src/domain/members.ts';
import { objectionToFreeTeam } from '../../src/domain/plans.ts';
import { ROLES, type Role } from '../../src/domain/roles.ts';

type Code = 'forbidden' | 'last_owner' | undefined;

describe('who changes whose role', () => {
  it.each<[actor: Role, from: Role, to: Role, owners: number, Code]>([
    ['owner', 'member', 'admin', 1, undefined],
    ['owner', 'member', 'owner', 1, undefined],
    ['owner', 'admin', 'owner', 1, undefined],
    ['owner', 'admin', 'member', 1, undefined],
    ['owner', 'owner', 'owner', 1, undefined],
    ['owner', 'owner', 'admin', 2, undefined],
    ['owner', 'owner', 'admin', 1, 'last_owner'],
    ['owner', 'owner', 'member', 1, 'last_owner'],
    ['admin', 'member', 'admin', 1, undefined],
    ['admin', 'admin', 'member', 1, undefined],
    ['admin', 'member', 'owner', 1, 'forbidden'],
    ['admin', 'admin', 'owner', 1, 'forbidden'],
    ['admin', 'owner', 'member', 2, 'forbidden'],
    ['admin', 'owner', 'admin', 1, 'forbidden'],
    ['admin', 'owner', 'owner', 1, 'forbidden'],
    ['member', 'member', 'admin', 1, 'forbidden'],
    ['member', 'member', 'member', 1, 'forbidden'],
    ['member', 'owner', 'member', 2, 'forbidden'],
  ])('%s, from %s to %s with %i owners: %s', (actor, from, to, owners, code) => {
    expect(objectionToRoleChange({ actor, from, to, owners })?.code).toBe(code);
  });

  it('keeps an owner in every team, whoever asks', () => {
    for (const actor of ROLES)
      for (const to of ROLES.filter((role) => role !== 'owner'))
        expect(objectionToRoleChange({ actor, from: 'owner', to, owners: 1 })).not.toBeNull();
  });
});

describe('who removes whom', () => {
  it.each<[actor: Role, member: Role, owners: number, Code]>([
    ['owner', 'member', 1, undefined],
    ['owner', 'admin', 1, undefined],
    ['owner', 'owner', 2, undefined],
    ['owner', 'owner', 1, 'last_owner'],
    ['admin', 'member', 1, undefined],
    ['admin', 'admin', 1, undefined],
    ['admin', 'owner', 2, 'forbidden'],
    ['admin', 'owner', 1, 'forbidden'],
    ['member', 'member', 1, 'forbidden'],
    ['member', 'owner', 2, 'forbidden'],
  ])('%s removes %s with %i owners: %s', (actor, member, owners, code) => {
    expect(objectionToRemoval({ actor, member, owners })?.code).toBe(code);
  });
});

it.each<[Role, number, Code]>([
  ['owner', 1, 'last_owner'],
  ['owner', 2, undefined],
  ['admin', 1, undefined],
  ['member', 1, undefined],
])('%s leaves a team of %i owners: %s', (member, owners, code) => {
  expect(objectionToLeaving({ member, owners })?.code).toBe(code);
});

it.each<[Role, Role, Code]>([
  ['owner', 'owner', undefined],
  ['owner', 'admin', undefined],
  ['owner', 'member', undefined],
  ['admin', 'owner', 'forbidden'],
  ['admin', 'admin', undefined],
  ['admin', 'member', undefined],
  ['member', 'member', 'forbidden'],
  ['member', 'owner', 'forbidden'],
])('%s invites %s: %s', (actor, role, code) => {
  expect(objectionToInvitation({ actor, role })?.code).toBe(code);
});

it.each([
  [0, undefined],
  [2, undefined],
  [3, 'team_limit_reached'],
  [4, 'team_limit_reached'],
])('who owns %i Free teams becomes the owner of another: %s', (owned, code) => {
  expect(objectionToFreeTeam(owned)?.code).toBe(code);
});
