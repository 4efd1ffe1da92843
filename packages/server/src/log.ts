import { type Logger, pino } from 'pino';
import type { LogLevel } from './config.ts';

/** The log, as JSON lines. */
export function createLog(level: LogLevel): Logger {
  return pino({ level, serializers: { err: serializeError } });
}

/**
 * An error without the values of a failed query: they hold addresses, names and hashes of keys. What the database
 * said about it is in the cause.
 */
function serializeError(error: Error): object {
  const serialized = pino.stdSerializers.err(error);
  if (!('params' in error)) return serialized;
  const { cause } = error;
  return {
    type: error.name,
    message: 'a query failed',
    query: 'query' in error ? error.query : undefined,
    cause: cause instanceof Error ? pino.stdSerializers.err(cause) : undefined,
  };
}
