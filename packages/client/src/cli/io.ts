import { type Prompts, prompts } from './prompts.ts';

/** A place to write to, and whether somebody reads there. */
export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
}

/** Everything of the world that a command touches besides the network and its own files. */
export interface Io {
  stdout: Sink;
  stderr: Sink;
  env: Record<string, string | undefined>;
  /** Whether somebody is there to answer. */
  interactive: boolean;
  prompts: Prompts;
  /** Aborts on Ctrl-C. */
  signal: AbortSignal;
}

/** This process. The first Ctrl-C lets the command say its last words, the second ends it at once. */
export function processIo(): Io {
  const ending = new AbortController();
  process.on('SIGINT', () => {
    if (ending.signal.aborted) process.exit(130);
    ending.abort();
  });
  // Whoever reads no further, as `head` does, has seen enough.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    interactive: process.stdin.isTTY === true && process.stderr.isTTY === true,
    prompts,
    signal: ending.signal,
  };
}
