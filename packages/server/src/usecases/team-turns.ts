import { Refusal } from '../domain/refusal.ts';

/** Runs work that locks a team's row, in the team's turn on this server. */
export type InTurn = <Result>(teamId: string, work: () => Promise<Result>) => Promise<Result>;

/** So many of one team's may wait on one server; the row's lock lets through some hundred a second. */
export const MOST_WAITING = 100;

/**
 * Turns for one server. The row's lock puts a team's purchases in line anyway; here they wait for it without a
 * connection each, so that one team's crowd holds one of the server's connections and not all of them.
 *
 * What comes on top of {@link MOST_WAITING} is refused with `not_ready`, before anything was done.
 */
export function teamTurns(): InTurn {
  const lines = new Map<string, { length: number; last: Promise<unknown> }>();

  return async (teamId, work) => {
    const line = lines.get(teamId) ?? { length: 0, last: Promise.resolve() };
    if (line.length > MOST_WAITING) {
      throw new Refusal(
        'not_ready',
        'Too many requests of your team want to change its numbers at once. Nothing was done. Send fewer at a time, and this one again in a moment.',
        { retryAfterSeconds: 1 },
      );
    }
    lines.set(teamId, line);
    line.length += 1;
    const turn = line.last.then(work);
    // Whether it went well is for its own caller.
    line.last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      line.length -= 1;
      if (line.length === 0) lines.delete(teamId);
    }
  };
}
