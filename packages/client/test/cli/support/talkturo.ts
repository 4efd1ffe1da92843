import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../../src/cli/io.ts';
import { run } from '../../../src/cli/run.ts';

export interface Said {
  code: number;
  stdout: string;
  stderr: string;
  /** What stdout says as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into data of every shape
  json: any;
  /** What was asked, in order. */
  asked: string[];
}

export interface Circumstances {
  env?: Record<string, string>;
  /** Whether somebody sits there; with their answers in order. */
  terminal?: boolean;
  answers?: (string | boolean)[];
  signal?: AbortSignal;
  /** Told what is written to stdout. */
  onOutput?(text: string): void;
}

/** A home of its own, and the command line in this process. */
export function atHome(env: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'talkturo-cli-'));
  const talkturo = async (parameters: string[], circumstances: Circumstances = {}): Promise<Said> => {
    const { terminal = false, answers = [], signal = new AbortController().signal, onOutput } = circumstances;
    const said = { stdout: '', stderr: '' };
    const asked: string[] = [];
    const left = [...answers];
    const answer = (message: string) => {
      asked.push(message);
      if (left.length === 0) throw new Error(`nobody foresaw the question: ${message}`);
      return left.shift();
    };
    const sink = (name: 'stdout' | 'stderr') => ({
      isTTY: terminal,
      write: (text: string) => {
        said[name] += text;
        if (name === 'stdout') onOutput?.(text);
      },
      // What a spinner asks of a terminal.
      cursorTo: () => true,
      clearLine: () => true,
      moveCursor: () => true,
    });
    const io: Io = {
      stdout: sink('stdout'),
      stderr: sink('stderr'),
      env: { XDG_CONFIG_HOME: home, NO_COLOR: '1', ...env, ...circumstances.env },
      interactive: terminal,
      prompts: {
        text: async (message) => String(answer(message)),
        secret: async (message) => String(answer(message)),
        confirm: async (message) => answer(message) === true,
      },
      signal,
    };
    const code = await run(parameters, io);
    return {
      code,
      ...said,
      get json() {
        try {
          return JSON.parse(said.stdout);
        } catch {
          return undefined;
        }
      },
      asked,
    };
  };
  return {
    talkturo,
    file: join(home, 'talkturo', 'profiles.json'),
    remove: () => rmSync(home, { recursive: true }),
  };
}
