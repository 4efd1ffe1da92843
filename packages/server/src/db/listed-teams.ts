import { and, desc, eq, ilike, lt, or, type SQL, sql } from 'drizzle-orm';
import { SLOT_STATUSES } from '../domain/phone-number.ts';
import type { Db } from './database.ts';
import { phoneNumbers, teamMembers, teams, users } from './schema.ts';

/** A team as the operator sees it. */
export interface ListedTeam {
  team: typeof teams.$inferSelect;
  /** Numbers that hold a slot. */
  held: { live: number; test: number };
  /** Who became owner first; null where there is none. */
  owner: { id: string; email: string; name: string } | null;
}

/**
 * One page of all teams, the newest first.
 * @param page `search` is part of a name or slug, or a whole id
 */
export async function listAllTeams(
  db: Db,
  { limit, after, search }: { limit: number; after?: string; search?: string },
): Promise<ListedTeam[]> {
  const owner = db
    .select({ id: users.id, email: users.email, name: users.name })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(and(eq(teamMembers.teamId, teams.id), eq(teamMembers.role, 'owner')))
    .orderBy(teamMembers.createdAt, users.id)
    .limit(1)
    .as('owner');
  return db
    .select({
      team: teams,
      held: { live: held('live'), test: held('test') },
      owner: { id: owner.id, email: owner.email, name: owner.name },
    })
    .from(teams)
    .leftJoinLateral(owner, sql`true`)
    .where(and(after === undefined ? undefined : lt(teams.id, after), search ? matches(search) : undefined))
    .orderBy(desc(teams.id))
    .limit(limit);
}

function held(mode: 'live' | 'test'): SQL<number> {
  const statuses = sql.join(
    SLOT_STATUSES.map((status) => sql`${status}`),
    sql`, `,
  );
  return sql<number>`(select count(*) from ${phoneNumbers} where ${phoneNumbers.teamId} = ${teams.id} and ${phoneNumbers.mode} = ${mode} and ${phoneNumbers.status} in (${statuses}))`.mapWith(
    Number,
  );
}

function matches(search: string): SQL | undefined {
  const part = `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  return or(ilike(teams.name, part), ilike(teams.slug, part), eq(teams.id, search));
}
