import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askTogether } from '../../src/db/ask-together.ts';

/** A look-up whose statements end when the test says so. */
function lookUp(mostTogether?: number) {
  const statements: { asked: readonly number[]; end: (error?: Error) => void }[] = [];
  const ask = askTogether<number, string>(
    (asked) =>
      new Promise((resolve, reject) => {
        const end = (error?: Error) =>
          error ? reject(error) : resolve(asked.map((each) => `answer ${each}`));
        statements.push({ asked, end });
      }),
    mostTogether,
  );
  return { ask, statements, asked: () => statements.map(({ asked }) => asked) };
}

describe('questions that are asked together', () => {
  it('go in one statement where they come in one turn, and get each its own answer', async () => {
    const { ask, statements, asked } = lookUp();
    const answers = Promise.all([ask(1), ask(2), ask(1)]);
    expect(asked()).toEqual([]);
    await turn();
    expect(asked()).toEqual([[1, 2, 1]]);
    statements[0]?.end();
    expect(await answers).toEqual(['answer 1', 'answer 2', 'answer 1']);
  });

  it('do not wait for a statement that is under way, and for two they do', async () => {
    const { ask, asked } = lookUp();
    ask(1);
    await turn();
    ask(2);
    ask(3);
    await turn();
    ask(4);
    await turn();
    expect(asked()).toEqual([[1], [2, 3]]);
  });

  it('go together when one of two statements has come back', async () => {
    const { ask, statements, asked } = lookUp();
    ask(1);
    await turn();
    ask(2);
    await turn();
    const answers = [ask(3), ask(4)];
    statements[1]?.end();
    await turn();
    expect(asked().slice(2)).toEqual([[3, 4]]);
    statements[2]?.end();
    expect(await Promise.all(answers)).toEqual(['answer 3', 'answer 4']);
  });

  it('are in two statements at most, and those that are too many for these in the next', async () => {
    const { ask, statements, asked } = lookUp(2);
    const answers = [1, 2, 3, 4, 5].map(ask);
    await turn();
    await turn();
    expect(asked()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    statements[1]?.end();
    await turn();
    expect(asked().slice(2)).toEqual([[5]]);
    statements[0]?.end();
    statements[2]?.end();
    expect(await Promise.all(answers)).toHaveLength(5);
  });

  it('fail together, and hold up nobody after them', async () => {
    const { ask, statements } = lookUp();
    const answers = [ask(1), ask(2)];
    await turn();
    const next = ask(3);
    statements[0]?.end(new Error('the connection broke'));
    for (const answer of answers) await expect(answer).rejects.toThrow('the connection broke');
    await turn();
    statements[1]?.end();
    expect(await next).toBe('answer 3');
  });
});
