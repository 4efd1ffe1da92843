import type { NextQuestion } from './load.ts';
import type { SeededTeams } from './seed.ts';

/** The list of a team, of any of them. */
export function listsOf({ teams }: SeededTeams, base: string): NextQuestion {
  return () => {
    const { teamId, token } = anyOf(teams);
    return { url: `${base}/api/phone-numbers/purchase?teamId=${teamId}`, headers: bearer(token) };
  };
}

/** Where a call to a number goes, to any number of any team. */
export function lookUpsOf({ teams }: SeededTeams, base: string): NextQuestion {
  return () => {
    const { numbers, token } = anyOf(teams);
    return {
      url: `${base}/api/routing/inbound?to=${encodeURIComponent(anyOf(numbers))}`,
      headers: bearer(token),
    };
  };
}

/** One question of each team first, in order, then whatever comes: what a server notes of each key once is noted. */
export function everyTeamFirst(seeded: SeededTeams, next: (only: SeededTeams) => NextQuestion): NextQuestion {
  let asked = 0;
  const any = next(seeded);
  return () => {
    const team = seeded.teams[asked];
    asked += 1;
    return team ? next({ ...seeded, teams: [team] })() : any();
  };
}

export function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

export function anyOf<Item>(items: readonly Item[]): Item {
  return items[Math.floor(Math.random() * items.length)] as Item;
}
