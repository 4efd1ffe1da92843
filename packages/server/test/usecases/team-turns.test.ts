import { describe, expect, it } from 'vitest';
import { MOST_WAITING, teamTurns } from '../../src/usecases/team-turns.ts';

/** Work that ends when it is told to. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  return { work: () => promise, resolve, reject };
}

describe('the turns of a team', () => {
  it('come one after the other, in the order of asking, whatever became of the one before', async () => {
    const inTurn = teamTurns();
    const begun: string[] = [];
    const [first, second, third] = [held(), held(), held()];
    const run = (name: string, { work }: ReturnType<typeof held>) =>
      inTurn('team_a', () => {
        begun.push(name);
        return work();
      });
    const turns = [run('first', first), run('second', second), run('third', third)];
    await Promise.resolve();
    expect(begun).toEqual(['first']);
    first.resolve('one');
    await expect(turns[0]).resolves.toBe('one');
    expect(begun).toEqual(['first', 'second']);
    second.reject(new Error('two'));
    await expect(turns[1]).rejects.toThrow('two');
    third.resolve('three');
    await expect(turns[2]).resolves.toBe('three');
  });

  it('do not keep other teams waiting', async () => {
    const inTurn = teamTurns();
    const { work, resolve } = held();
    const waiting = inTurn('team_a', work);
    await expect(inTurn('team_b', async () => 'through')).resolves.toBe('through');
    resolve('done');
    await waiting;
  });

  it('are no longer than they may be, and are free again afterwards', async () => {
    const inTurn = teamTurns();
    const { work, resolve } = held();
    const turns = Array.from({ length: MOST_WAITING + 1 }, () => inTurn('team_a', work));
    await expect(inTurn('team_a', work)).rejects.toMatchObject({
      code: 'not_ready',
      details: { retryAfterSeconds: 1 },
    });
    resolve('done');
    await Promise.all(turns);
    await expect(inTurn('team_a', async () => 'again')).resolves.toBe('again');
  });
});
