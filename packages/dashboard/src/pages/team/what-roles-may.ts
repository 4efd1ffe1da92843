import type { Member } from '@talkturo/client';
import { isAtLeast, type Role } from '../../session/roles.ts';

export const ROLES: readonly Role[] = ['member', 'admin', 'owner'];

/*
 * What is offered to whom. The server has the same rules, and decides.
 */

/** The roles that somebody may give; none where they manage nobody. */
export function rolesToGive(actor: string): readonly Role[] {
  if (!isAtLeast(actor, 'admin')) return [];
  return ROLES.filter((role) => isAtLeast(actor, role));
}

/** Whether somebody may change or remove a member. A team keeps an owner. */
export function mayChange(actor: string, member: Member, members: readonly Member[]): boolean {
  if (!isAtLeast(actor, 'admin')) return false;
  if (member.role === 'owner' && actor !== 'owner') return false;
  return !isLastOwner(member, members);
}

export function isLastOwner(member: Pick<Member, 'role'>, members: readonly Member[]): boolean {
  return member.role === 'owner' && members.filter(({ role }) => role === 'owner').length <= 1;
}
