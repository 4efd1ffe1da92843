import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { createProgram } from '../../src/cli/program.ts';
import { atHome } from './support/talkturo.ts';

const DOC = readFileSync(new URL('../../../../docs/cli.md', import.meta.url), 'utf8');

/** The commands of the examples, without what a shell does around them. */
const examples = [...DOC.matchAll(/```sh\n(.*?)```/gs)]
  .flatMap(([, block = '']) => block.split('\n'))
  .flatMap((line) => /talkturo (?!completion|carrier-sim)([^|>)]+)/.exec(line)?.[1]?.trim() ?? []);

describe('docs/cli.md', () => {
  const home = atHome();
  afterAll(() => home.remove());

  it('has examples that the program understands', async () => {
    expect(examples.length).toBeGreaterThan(20);
    // Nothing listens there: what is understood gets as far as that.
    const env = {
      TALKTURO_BASE_URL: 'http://127.0.0.1:9',
      TALKTURO_API_KEY: 'tk_test_key',
      TALKTURO_OPERATOR_TOKEN: 'token',
    };
    const ends = await Promise.all(
      examples.map(async (example) => {
        const words = [...example.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
          ([, a, b, c]) => a ?? b ?? c ?? '',
        );
        const { code, stderr } = await home.talkturo(words, { env, terminal: true, answers: [true] });
        return { example, code, stderr };
      }),
    );
    expect(ends.filter(({ code }) => code !== EXIT.unavailable)).toEqual([]);
  });

  it('names every command and every exit code', () => {
    const io = { stdout: { write() {} }, stderr: { write() {} } };
    for (const command of createProgram(io as never).commands) {
      expect(DOC).toContain(command.name());
      for (const { name } of command.commands.map((below) => ({ name: below.name() })))
        expect(DOC).toContain(name);
    }
    const codes = [...DOC.matchAll(/^\| (\d+) +\|/gm)].map(([, code]) => Number(code));
    expect(codes).toEqual(Object.values(EXIT));
  });
});
