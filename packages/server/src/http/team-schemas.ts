import { Type } from 'typebox';
import type { TeamWithRole } from '../db/teams.ts';
import { isoTime } from '../domain/time.ts';
import { strictObject, TeamId } from './schemas.ts';

/** The address of a team. */
export const teamParams = strictObject({ teamId: TeamId });

const teamFields = {
  id: Type.String(),
  name: Type.String(),
  slug: Type.String(),
  plan: Type.String(),
  max_numbers: Type.Unsafe<number | null>({
    type: ['integer', 'null'],
    description: "the team's own figure, on the enterprise plan",
  }),
  role: Type.String({ description: 'what the one who asks is in it: owner, admin or member' }),
  created_at: Type.String(),
};

const Count = Type.Object({
  held: Type.Integer({ description: 'numbers that hold a slot' }),
  limit: Type.Integer({ description: 'numbers that the plan allows' }),
});

/** A team as those who are in it see it. */
export const TeamView = Type.Object(teamFields);

export const TeamDetailsView = Type.Object({
  ...teamFields,
  numbers: Type.Object({ live: Count, test: Count }),
  release_grace_days: Type.Integer({ description: 'for how many days a released number can be restored' }),
});

export function presentTeam({ team, role }: TeamWithRole) {
  return {
    id: team.id,
    name: team.name,
    slug: team.slug,
    plan: team.plan,
    max_numbers: team.maxNumbers,
    role,
    created_at: isoTime(team.createdAt),
  };
}
