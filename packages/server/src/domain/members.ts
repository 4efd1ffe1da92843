import type { Objection } from './refusal.ts';
import { isAtLeast, type Role } from './roles.ts';

/*
 * Who may do what to whom in a team. Each rule answers with its objection, or with null.
 */

/** Somebody changes what a member is. */
export function objectionToRoleChange(change: {
  /** What the one who asks is. */
  actor: Role;
  /** What the member is, and is to become. */
  from: Role;
  to: Role;
  /** How many owners the team has, the member included. */
  owners: number;
}): Objection | null {
  const { actor, from, to, owners } = change;
  if (!isAtLeast(actor, 'admin')) return NOT_ADMIN;
  if (actor !== 'owner' && from === 'owner') return OWNER_IS_OUT_OF_REACH;
  if (actor !== 'owner' && to === 'owner') return MAKES_NO_OWNERS;
  if (from === 'owner' && to !== 'owner' && owners <= 1) return LAST_OWNER;
  return null;
}

/** Somebody takes a member out of the team. */
export function objectionToRemoval(removal: { actor: Role; member: Role; owners: number }): Objection | null {
  const { actor, member, owners } = removal;
  if (!isAtLeast(actor, 'admin')) return NOT_ADMIN;
  if (actor !== 'owner' && member === 'owner') return OWNER_IS_OUT_OF_REACH;
  return objectionToLeaving({ member, owners });
}

/** A member leaves. */
export function objectionToLeaving({ member, owners }: { member: Role; owners: number }): Objection | null {
  return member === 'owner' && owners <= 1 ? LAST_OWNER : null;
}

/** Somebody invites another one to become this. */
export function objectionToInvitation({ actor, role }: { actor: Role; role: Role }): Objection | null {
  if (!isAtLeast(actor, 'admin')) return NOT_ADMIN;
  return actor !== 'owner' && role === 'owner' ? MAKES_NO_OWNERS : null;
}

const NOT_ADMIN: Objection = {
  code: 'forbidden',
  sentence: 'Members do not manage members. Ask an owner or admin of the team.',
};

const OWNER_IS_OUT_OF_REACH: Objection = {
  code: 'forbidden',
  sentence: 'Only owners change or remove owners. Ask an owner of the team.',
};

const MAKES_NO_OWNERS: Objection = {
  code: 'forbidden',
  sentence: 'Only owners make owners. Choose another role, or ask an owner of the team.',
};

const LAST_OWNER: Objection = {
  code: 'last_owner',
  sentence: 'A team needs an owner, and this is its last one. Make another member an owner first.',
};
