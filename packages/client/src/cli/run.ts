import addCompletion from '@bomb.sh/tab/commander';
import { type Command, CommanderError } from 'commander';
import { EXIT } from './exit-codes.ts';
import { Failure, interrupted, reportOf, usageFailure } from './failure.ts';
import type { Io } from './io.ts';
import { outputTo } from './output.ts';
import { createProgram } from './program.ts';
import { PROGRAMS } from './programs.ts';
import { outputOptions } from './session.ts';

/** Carries out what was typed. @returns the exit code */
export async function run(parameters: string[], io: Io): Promise<number> {
  try {
    const [first = '', ...others] = parameters;
    const standalone = Object.hasOwn(PROGRAMS, first) ? await PROGRAMS[first]?.load() : undefined;
    if (standalone) return await standalone(others);
    await parse(createProgram(io), parameters, io);
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const report = reportOf(explained(error, io));
    const said = { json: parameters.includes('--json'), color: !parameters.includes('--no-color') };
    const output = outputTo(io, outputOptions(io, said));
    if (error instanceof HelpWanted && !output.json) io.stderr.write(error.help);
    else output.fail(report);
    return report.exit_code;
  }
}

async function parse(program: Command, parameters: string[], io: Io): Promise<void> {
  addCompletion(program, { completionCommandName: 'completion' });
  forEach(program, (command) => {
    command.exitOverride(whatToThrow(command)).configureOutput({
      writeOut: (text) => io.stdout.write(text),
      // What is wrong is said once, by `run`.
      writeErr: () => {},
    });
  });
  await program.parseAsync(parameters, { from: 'user' });
}

/** A command stands there that only has others below it. */
class HelpWanted extends Failure {
  readonly help: string;

  constructor(command: Command) {
    super(EXIT.usage, 'usage', 'Which command?', `${nameOf(command)} --help says which there are.`);
    this.help = command.helpInformation();
  }
}

function nameOf(command: Command): string {
  return command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();
}

function whatToThrow(command: Command): (error: CommanderError) => never {
  return (error) => {
    if (error.exitCode === 0) throw error;
    throw error.code === 'commander.help' ? new HelpWanted(command) : usageOf(error, command);
  };
}

function forEach(command: Command, act: (command: Command) => void): void {
  act(command);
  for (const below of command.commands) forEach(below, act);
}

function explained(error: unknown, { signal }: Io): unknown {
  return signal.aborted && !(error instanceof Failure) ? interrupted() : error;
}

function usageOf({ message }: CommanderError, command: Command): Failure {
  const [sentence = '', ...suggestion] = message.replace(/^error: /, '').split('\n');
  const hint = suggestion.join(' ').replaceAll(/^\(|\)$/g, '');
  return usageFailure(
    `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`.replace(/\.\.$/, '.'),
    hint || `${nameOf(command)} --help says what there is.`,
  );
}
