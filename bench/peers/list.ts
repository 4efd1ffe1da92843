import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { percentile } from '../figures.ts';
import { measureRate, type NextQuestion } from '../load.ts';

/*
 * How many lists of numbers a second several servers answer, asked in turns; peers.md says how they are set up. Takes
 * a file for each: lines of an address, a tab, and the token to ask it with. They are asked in random order.
 */

const CONNECTIONS = [16, 64];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '10' }, seconds: { type: 'string', default: '2' } },
});
const ms = Number(values.seconds) * 1000;
const subjects = positionals.map((file) => ({ name: basename(file, '.tsv'), next: requestsOf(file) }));

const series = CONNECTIONS.flatMap((connections) =>
  subjects.map((subject) => ({ ...subject, connections, rates: [] as number[] })),
);

for (const { next, connections } of series) await measureRate(next, connections, ms);
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const { next, connections, rates } of series) rates.push(await measureRate(next, connections, ms));
}
for (const { name, connections, rates } of series) {
  const [median, least, most] = [percentile(rates, 50), Math.min(...rates), Math.max(...rates)].map(
    Math.round,
  );
  process.stdout.write(
    `${name.padEnd(10)} ${connections} connections: ${median} requests/s (${least} to ${most})\n`,
  );
}

function requestsOf(file: string): NextQuestion {
  const requests = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [url = '', token] = line.split('\t');
      return { url, headers: { authorization: `Bearer ${token}` } };
    });
  return () => {
    const request = requests[Math.floor(Math.random() * requests.length)];
    if (!request) throw new Error(`${file} has no lines`);
    return request;
  };
}
