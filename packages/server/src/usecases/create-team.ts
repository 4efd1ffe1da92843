import type { Db } from '../db/database.ts';
import { addMember, findOrInsertUser, insertTeam, type Team } from '../db/teams.ts';
import type { PlanId } from '../domain/plans.ts';
import { checkOwnFigure } from './change-plan.ts';
import type { Context } from './context.ts';

export interface NewTeam {
  name: string;
  plan: PlanId;
  /** Enterprise only. */
  maxNumbers?: number;
  owner: { email: string; name: string };
}

/**
 * Makes a team with its owner, who may be in other teams already.
 * @throws Refusal `invalid_request` for a figure of its own outside enterprise
 */
export async function createTeam(context: Context, request: NewTeam): Promise<Team> {
  checkOwnFigure(request.plan, request.maxNumbers);
  const now = context.clock.now();
  return context.db.transaction(async (tx) => {
    const team = await insertWithFreeSlug(tx, {
      id: context.newId('team'),
      name: request.name,
      slug: slugOf(request.name),
      plan: request.plan,
      maxNumbers: request.maxNumbers ?? null,
      createdAt: now,
      updatedAt: now,
    });
    const owner = await findOrInsertUser(tx, {
      id: context.newId('usr'),
      email: request.owner.email.toLowerCase(),
      name: request.owner.name,
      createdAt: now,
    });
    await addMember(tx, { teamId: team.id, userId: owner.id, role: 'owner', createdAt: now });
    return team;
  });
}

/** Where another team has the slug, the end of the id makes it a different one. */
async function insertWithFreeSlug(tx: Db, team: Team): Promise<Team> {
  const inserted =
    (await insertTeam(tx, team)) ??
    (await insertTeam(tx, { ...team, slug: `${team.slug}-${team.id.slice(-6)}` }));
  if (!inserted) throw new Error(`no free slug for team ${team.id}`);
  return inserted;
}

/** The name as part of an address: `Zoë & Söhne` becomes `zoe-sohne`. */
function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return slug || 'team';
}
