import { parseArgs } from 'node:util';
import { type CarrierSimOptions, createCarrierSim } from './carrier-sim.ts';

const DEFAULT_PORT = 12111;

function usageOf(name: string): string {
  return `Usage: ${name} [--port ${DEFAULT_PORT}] [--host 127.0.0.1] [--pending-ms 0] [--latency-ms 0]
       ${' '.repeat(name.length)} [--seed 1] [--api-key KEY] [--webhook-url URL]`;
}

interface Command {
  port: number;
  host: string;
  options: CarrierSimOptions;
}

/** A flag that cannot be used; its message is for the terminal. */
class UsageError extends Error {}

function wholeNumber(flag: string, text: string, max: number): number {
  if (/^\d{1,10}$/.test(text) && Number(text) <= max) return Number(text);
  throw new UsageError(`--${flag} must be a whole number from 0 to ${max}, not "${text}".`);
}

function readFlags(args: string[]) {
  const text = { type: 'string' } as const;
  const flags = { port: text, host: text, 'pending-ms': text, 'latency-ms': text, seed: text };
  try {
    const help = { type: 'boolean' } as const;
    return parseArgs({ args, options: { ...flags, 'api-key': text, 'webhook-url': text, help } }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function toCommand(flags: ReturnType<typeof readFlags>): Command {
  const day = 24 * 60 * 60 * 1000;
  const url = flags['webhook-url'];
  if (url !== undefined && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
    throw new UsageError(`--webhook-url must be an http or https address, not "${url}".`);
  }
  const apiKey = flags['api-key'];
  if (apiKey !== undefined && !/^\S+$/.test(apiKey)) throw new UsageError('--api-key must be one word.');
  return {
    port: wholeNumber('port', flags.port ?? String(DEFAULT_PORT), 65_535),
    host: flags.host ?? '127.0.0.1',
    options: {
      pendingMs: wholeNumber('pending-ms', flags['pending-ms'] ?? '0', 365 * day),
      latencyMs: wholeNumber('latency-ms', flags['latency-ms'] ?? '0', day),
      seed: wholeNumber('seed', flags.seed ?? '1', 2 ** 32 - 1),
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(url === undefined ? {} : { webhook: { url } }),
    },
  };
}

async function run({ port, host, options }: Command): Promise<void> {
  const sim = createCarrierSim(options);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void sim.close().then(() => process.exit(0)));
  }
  const address = await sim.listen({ port, host });
  process.stdout.write(
    [
      `The simulated carrier listens on ${address}`,
      `API key:    ${options.apiKey ?? 'any non-empty one'}`,
      `Public key: ${sim.publicKey}`,
      '',
    ].join('\n'),
  );
}

/**
 * The simulator as a program. It goes on until SIGTERM or SIGINT.
 * @param name how it was called
 * @returns the exit code
 */
export async function runCarrierSim(args: string[], name: string): Promise<number> {
  try {
    const flags = readFlags(args);
    if (flags.help) process.stdout.write(`${usageOf(name)}\n`);
    else await run(toCommand(flags));
    return 0;
  } catch (error) {
    const isUsage = error instanceof UsageError;
    const sentence =
      (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'This port is taken.' : undefined;
    process.stderr.write(`${sentence ?? (error as Error).message}\n${isUsage ? `${usageOf(name)}\n` : ''}`);
    return isUsage ? 2 : 1;
  }
}
