import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type FaultReport, runFaults } from './fault-run.ts';

const USAGE = `Usage: npm run test:faults -- [--purchases 2000] [--seed N] [--clients 24] [--kills N] [--restarts N]
                              [--patience-ms 130000]
`;

/** The long form of the fault test; `faults.test.ts` is the short one. */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { purchases: text, seed: text, clients: text, kills: text, restarts: text, 'patience-ms': text },
  });
  const whole = (name: keyof typeof values, fallback: number): number => {
    const value = values[name];
    if (value === undefined) return fallback;
    if (!/^\d{1,9}$/.test(value)) throw new TypeError(`--${name} must be a whole number, not "${value}".`);
    return Number(value);
  };
  const purchases = whole('purchases', 2_000);
  const options = {
    purchases,
    seed: whole('seed', randomInt(1_000_000)),
    clients: whole('clients', 24),
    kills: whole('kills', Math.ceil(purchases / 100)),
    databaseRestarts: whole('restarts', Math.ceil(purchases / 500)),
    // The rounds of the clock pick up what is a minute late, once a minute: so long nobody has to hurry them.
    patienceMs: whole('patience-ms', 130_000),
  };
  process.stdout.write(`seed ${options.seed}: ${purchases} purchases\n`);
  const report = await runFaults(options);
  process.stdout.write(describeReport(report));
  const failed = report.checks.filter(({ violations }) => violations.length > 0).length;
  process.stdout.write(`${report.checks.length - failed} passed, ${failed} failed\n`);
  process.exitCode = failed > 0 ? 1 : 0;
}

function describeReport({ seed, checks, counts, logs }: FaultReport): string {
  const lines = [`seed ${seed}`];
  for (const [what, figures] of Object.entries(counts)) {
    const list = Object.entries(figures).map(([name, figure]) => `${name} ${figure}`);
    lines.push(`${what}: ${list.join(', ') || 'none'}`);
  }
  for (const { name, violations } of checks) {
    lines.push(`${violations.length === 0 ? 'ok' : 'FAILED'}  ${name}`);
    for (const { rule, detail } of violations) lines.push(`        ${rule}: ${detail}`);
  }
  lines.push(`what the servers said: ${logs}`, '');
  return lines.join('\n');
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).stack}\n${error instanceof TypeError ? USAGE : ''}`);
  process.exitCode = 1;
}
