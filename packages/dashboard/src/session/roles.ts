export type Role = 'member' | 'admin' | 'owner';

const RANKS: Record<Role, number> = { member: 0, admin: 1, owner: 2 };

/** Only what is shown depends on it: the server decides for itself. */
export function isAtLeast(role: string, least: Role): boolean {
  return (RANKS[role as Role] ?? 0) >= RANKS[least];
}
