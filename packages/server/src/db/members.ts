import { asc, eq } from 'drizzle-orm';
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
