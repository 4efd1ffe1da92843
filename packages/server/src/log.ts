import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/**
 * The log, as JSON lines.
 * @param destination where it goes; the standard output by default
 */
export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  return pino({ level, serializers: { err: serializeError } }, destination);
}

/** What is told of an error besides its message: names of things, never values. */
const TOLD = ['code', 'status', 'severity', 'schema', 'table', 'column', 'constraint', 'routine', 'query'];

/** How many causes of causes are told. */
const MAX_DEPTH = 5;

/**
 * An error without the values that it may hold: databases and their drivers put addresses, names and hashes of keys
 * into fields (`detail`, `params`) and messages of theirs. So fields are told by name, and of a failed query only
 * its text, with placeholders.
 */
function serializeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error;
  const fields = error as Error & Record<string, unknown>;
  const told = TOLD.filter((name) => typeof fields[name] === 'string' || typeof fields[name] === 'number');
  const message = messageOf(fields);
  return {
    type: error.constructor.name,
    message,
    // Without its beginning, which is the message as it was.
    stack: error.stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .join('\n'),
    ...Object.fromEntries(told.map((name) => [name, fields[name]])),
    ...(error.cause !== undefined && depth < MAX_DEPTH && { cause: serializeError(error.cause, depth + 1) }),
    ...(error instanceof AggregateError &&
      depth < MAX_DEPTH && { errors: error.errors.map((each) => serializeError(each, depth + 1)) }),
  };
}

function messageOf(error: Error & Record<string, unknown>): string {
  // Drizzle's message is the query with its values.
  if ('params' in error && 'query' in error && !('code' in error)) return 'a query failed';
  // PostgreSQL's data exceptions repeat the value that they are about, in quotes and behind a colon.
  const { code } = error;
  if (typeof code === 'string' && /^22...$/.test(code))
    return error.message.replace(/".*"/gs, '"…"').replace(/:.*$/s, '');
  return error.message;
}
