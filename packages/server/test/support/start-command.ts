import { readFileSync } from 'node:fs';

/* How `npm start` starts the server, from package.json: what is tried and measured is what is started. */

const MANIFEST = new URL('../../../../package.json', import.meta.url);
const { scripts } = JSON.parse(readFileSync(MANIFEST, 'utf8')) as { scripts: { start: string } };

const command = /^exec env (?<variables>.+) node (?<flags>(?:--\S+ )+)packages\/server\/dist\/main\.js$/.exec(
  scripts.start,
)?.groups;
if (!command) throw new Error(`npm start is not as expected: ${scripts.start}`);

/** What Node.js is told. */
export const START_FLAGS: readonly string[] = (command.flags ?? '').trim().split(' ');

/** The variables that are set for it. */
export const START_ENVIRONMENT: Readonly<Record<string, string>> = Object.fromEntries(
  (command.variables ?? '').split(' ').map((variable) => variable.split('=')),
);
