import { and, asc, count, eq } from 'drizzle-orm';
import type { Role } from '../domain/roles.ts';
import type { Db } from './database.ts';
import { teamMembers, teams, users } from './schema.ts';

/** A team that a person is in. */
export interface Membership {
  teamId: string;
  teamName: string;
  role: Role;
}

/** A person with the teams that they are in, the first joined first. */
export async function findPersonWithTeams(
  db: Db,
  userId: string,
): Promise<{ email: string; name: string; memberships: Membership[] } | undefined> {
  const rows = await db
    .select({
      email: users.email,
      name: users.name,
      teamId: teamMembers.teamId,
      teamName: teams.name,
      role: teamMembers.role,
    })
    .from(users)
    .leftJoin(teamMembers, eq(teamMembers.userId, users.id))
    .leftJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(eq(users.id, userId))
    .orderBy(asc(teamMembers.createdAt), asc(teamMembers.teamId));
  const [first] = rows;
  if (!first) return undefined;
  const memberships = rows.flatMap(({ teamId, teamName, role }) =>
    teamId !== null && teamName !== null && role !== null ? [{ teamId, teamName, role }] : [],
  );
  return { email: first.email, name: first.name, memberships };
}

/** A person as a member of a team. */
export interface Member {
  userId: string;
  email: string;
  name: string;
  role: Role;
  joinedAt: Date;
}

const memberColumns = {
  userId: users.id,
  email: users.email,
  name: users.name,
  role: teamMembers.role,
  joinedAt: teamMembers.createdAt,
};

/** Everybody in the team, the first joined first. */
export async function listMembers(db: Db, teamId: string): Promise<Member[]> {
  return db
    .select(memberColumns)
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(eq(teamMembers.teamId, teamId))
    .orderBy(asc(teamMembers.createdAt), asc(users.id));
}

export async function findMember(db: Db, teamId: string, userId: string): Promise<Member | undefined> {
  const [member] = await db
    .select(memberColumns)
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(ofTeam(teamId, userId));
  return member;
}

export async function countOwners(db: Db, teamId: string): Promise<number> {
  return db.$count(teamMembers, and(eq(teamMembers.teamId, teamId), eq(teamMembers.role, 'owner')));
}

export async function setRole(tx: Db, teamId: string, userId: string, role: Role): Promise<void> {
  await tx.update(teamMembers).set({ role }).where(ofTeam(teamId, userId));
}

export async function deleteMember(tx: Db, teamId: string, userId: string): Promise<void> {
  await tx.delete(teamMembers).where(ofTeam(teamId, userId));
}

/**
 * How many teams on the Free plan the person owns, their row locked until the transaction ends: two requests at once
 * do not both find room for one more. Where a team is locked too, it is locked first.
 */
export async function countFreeTeamsLocked(tx: Db, userId: string): Promise<number> {
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update');
  const [row] = await tx
    .select({ owned: count() })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(and(eq(teamMembers.userId, userId), eq(teamMembers.role, 'owner'), eq(teams.plan, 'free')));
  return row?.owned ?? 0;
}

function ofTeam(teamId: string, userId: string) {
  return and(eq(teamMembers.teamId, teamId), eq(teamMembers.userId, userId));
}
