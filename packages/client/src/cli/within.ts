import type { Command } from 'commander';
import type { Io } from './io.ts';
import { openSession, type Session } from './session.ts';
import type { GlobalOptions } from './settings.ts';

/** Makes what a command does, said with a session, into what the parser calls. */
export type Within = <Parameters extends unknown[]>(
  act: (session: Session, ...parameters: Parameters) => Promise<void>,
) => (...parameters: [...Parameters, Command]) => Promise<void>;

export function withinSession(io: Io): Within {
  return (act) =>
    async (...all) => {
      const command = all.at(-1) as Command;
      const session = openSession(io, command.optsWithGlobals<GlobalOptions>());
      await act(session, ...(all.slice(0, -1) as never));
    };
}
