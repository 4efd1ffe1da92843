import { and, asc, eq } from 'drizzle-orm';
import type { PlanId } from '../domain/plans.ts';
import type { Role } from '../domain/roles.ts';
import { builtOnce } from './built-once.ts';
import type { Db } from './database.ts';
import { teamMembers, teams, users } from './schema.ts';

export type Team = typeof teams.$inferSelect;
export type User = typeof users.$inferSelect;

/** A team, and what somebody is in it. */
export interface TeamWithRole {
  team: Team;
  role: Role;
}

export async function findTeam(db: Db, teamId: string): Promise<Team | undefined> {
  const [team] = await db.select().from(teams).where(eq(teams.id, teamId));
  return team;
}

export async function findTeamBySlug(db: Db, slug: string): Promise<Team | undefined> {
  const [team] = await db.select().from(teams).where(eq(teams.slug, slug));
  return team;
}

/**
 * The team, its row locked until the transaction ends (not against being referred to: rows with a foreign key on it
 * are inserted meanwhile, and two of those would otherwise wait for each other). Whatever changes what a team holds or may hold takes this
 * lock first: it is what makes "count, decide, insert" one step.
 *
 * Not `for update`: a row that names the team (an idempotency key, say) holds a share of the team's key until its
 * transaction ends. Two transactions that have each written one and then want the whole row would wait for each other.
 */
export async function lockTeam(tx: Db, teamId: string): Promise<Team | undefined> {
  const [team] = await lock(tx, { teamId });
  return team;
}

const lock = builtOnce('lock_team', (tx, { teamId }: { teamId: string }) =>
  tx.select().from(teams).where(eq(teams.id, teamId)).for('no key update'),
);

/** Inserts the team unless its slug is taken, then nothing comes back. */
export async function insertTeam(tx: Db, team: Team): Promise<Team | undefined> {
  const [inserted] = await tx
    .insert(teams)
    .values(team)
    .onConflictDoNothing({ target: teams.slug })
    .returning();
  return inserted;
}

export async function setPlan(
  tx: Db,
  teamId: string,
  change: { plan: PlanId; maxNumbers: number | null; now: Date },
): Promise<Team | undefined> {
  const [team] = await tx
    .update(teams)
    .set({ plan: change.plan, maxNumbers: change.maxNumbers, updatedAt: change.now })
    .where(eq(teams.id, teamId))
    .returning();
  return team;
}

export async function renameTeam(tx: Db, teamId: string, name: string, now: Date): Promise<void> {
  await tx.update(teams).set({ name, updatedAt: now }).where(eq(teams.id, teamId));
}

/** The teams that a person is in, the first joined first. */
export async function listTeamsOf(db: Db, userId: string): Promise<TeamWithRole[]> {
  return db
    .select({ team: teams, role: teamMembers.role })
    .from(teamMembers)
    .innerJoin(teams, eq(teams.id, teamMembers.teamId))
    .where(eq(teamMembers.userId, userId))
    .orderBy(asc(teamMembers.createdAt), asc(teams.id));
}

/** The person with this e-mail address (lower case), made where there is none; an existing name stays. */
export async function findOrInsertUser(
  tx: Db,
  user: Pick<User, 'id' | 'email' | 'name' | 'createdAt'>,
): Promise<User> {
  const row = { ...user, emailVerified: false, updatedAt: user.createdAt };
  await tx.insert(users).values(row).onConflictDoNothing({ target: users.email });
  const [found] = await tx.select().from(users).where(eq(users.email, user.email));
  if (!found) throw new Error(`user ${user.id} is neither new nor there`);
  return found;
}

export async function addMember(tx: Db, member: typeof teamMembers.$inferInsert): Promise<void> {
  await tx.insert(teamMembers).values(member).onConflictDoNothing();
}

/** The member of the team with this e-mail address (lower case). */
export async function findMemberByEmail(db: Db, teamId: string, email: string): Promise<User | undefined> {
  const [row] = await db
    .select({ user: users })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(and(eq(teamMembers.teamId, teamId), eq(users.email, email)));
  return row?.user;
}

/** The first owner of the team. */
export async function findOwner(db: Db, teamId: string): Promise<User | undefined> {
  const [row] = await db
    .select({ user: users })
    .from(teamMembers)
    .innerJoin(users, eq(users.id, teamMembers.userId))
    .where(and(eq(teamMembers.teamId, teamId), eq(teamMembers.role, 'owner')))
    .orderBy(asc(teamMembers.createdAt), asc(users.id))
    .limit(1);
  return row?.user;
}
