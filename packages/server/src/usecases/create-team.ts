import type { Db } from '../db/database.ts';
import { type Actor, OPERATOR } from '../db/events.ts';
import { deletePassword } from '../db/people.ts';
import { addMember, findOrInsertUser, insertTeam, type Team } from '../db/teams.ts';
import type { PlanId } from '../domain/plans.ts';
import { checkOwnFigure } from './change-plan.ts';
import type { Context } from './context.ts';
import { recordEvent } from './record-event.ts';

export interface NewTeam {
  name: string;
  plan: PlanId;
  /** Enterprise only. */
  maxNumbers?: number;
  owner: { email: string; name: string };
}

/**
 * Makes a team with its owner, who may be in other teams already, in the name of the operator. An owner whose address
 * is not confirmed chooses a password by mail.
 * @throws Refusal `invalid_request` for a figure of its own outside enterprise
 */
export async function createTeam(context: Context, request: NewTeam): Promise<Team> {
  checkOwnFigure(request.plan, request.maxNumbers);
  return context.db.transaction(async (tx) => {
    const owner = await findOrInsertUser(tx, {
      id: context.newId('usr'),
      email: request.owner.email.toLowerCase(),
      name: request.owner.name,
      createdAt: context.clock.now(),
    });
    // Whoever signed up with the address and never confirmed it may be a stranger who waits for this.
    if (!owner.emailVerified) await deletePassword(tx, owner.id);
    return insertTeamOf(context, tx, request, owner.id, OPERATOR);
  });
}

/** A team with its owner and its event, in the caller's transaction. */
export async function insertTeamOf(
  context: Context,
  tx: Db,
  { name, plan, maxNumbers = null }: { name: string; plan: PlanId; maxNumbers?: number | null },
  ownerId: string,
  actor: Actor,
): Promise<Team> {
  const now = context.clock.now();
  const team = await insertWithFreeSlug(tx, {
    id: context.newId('team'),
    name,
    slug: slugOf(name),
    plan,
    maxNumbers,
    createdAt: now,
    updatedAt: now,
  });
  await addMember(tx, { teamId: team.id, userId: ownerId, role: 'owner', createdAt: now });
  await recordEvent(context, tx, {
    teamId: team.id,
    mode: null,
    type: 'team.created',
    subject: team.id,
    actor,
    after: { name, plan, max_numbers: maxNumbers },
    data: { owner_id: ownerId },
  });
  return team;
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
