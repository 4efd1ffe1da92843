/*
 * Writes src/generated from what the server says of itself: the types of every request and answer from its OpenAPI
 * description, an error class from each of its refusal codes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { createApp } from '../server/src/app.ts';
import { readConfig } from '../server/src/config.ts';
import { REFUSAL_STATUS } from '../server/src/domain/refusal.ts';
import { createLog } from '../server/src/log.ts';

const FOLDER = new URL('src/generated/', import.meta.url);

const HEAD = '// Written by `npm run generate` from the server’s own description. Do not edit.\n';

/** For the carrier, and the form of `verifyEmail` that stands in a mail's link. */
const NOT_FOR_CLIENTS = ['post /api/phone-numbers/telnyx-webhook', 'get /api/auth/verify-email'];

export type GeneratedFile = 'api.ts' | 'errors.ts' | 'version.ts';

/** What the files have to be for a server with this description. */
export async function generate(openapi: OpenAPI3): Promise<Record<GeneratedFile, string>> {
  const types = await openapiTS(forClients(openapi), { defaultNonNullable: false, silent: true });
  return {
    'api.ts': `${HEAD}\n${astToString(types)}`,
    'errors.ts': `${HEAD}${errorClasses()}`,
    'version.ts': `${HEAD}\n/** Of the API that this client was made for. */\nexport const API_VERSION: string = '${openapi.info.version}';\n`,
  };
}

/** The files as they are. */
export function readGenerated(file: GeneratedFile): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}

/** The routes for clients, and their answers when all went well: what went wrong is an error class. */
export function forClients({ paths = {}, ...rest }: OpenAPI3): OpenAPI3 {
  const kept = Object.entries(paths).flatMap(([path, operations]) => {
    const wanted = Object.entries(operations).filter(
      ([method]) => path.startsWith('/api/') && !NOT_FOR_CLIENTS.includes(`${method} ${path}`),
    );
    const described = wanted.map(([method, operation]) => [method, withoutFailures(operation)]);
    return described.length > 0 ? [[path, Object.fromEntries(described)]] : [];
  });
  return { ...rest, paths: Object.fromEntries(kept) };
}

function withoutFailures({ responses, ...operation }: { responses: object }): object {
  const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  return { ...operation, responses: Object.fromEntries(good) };
}

function errorClasses(): string {
  const codes = Object.entries(REFUSAL_STATUS);
  const classes = codes.map(
    ([code, status]) => `/** ${status} \`${code}\` */
export class ${className(code)} extends RefusalError {
  override readonly name = '${className(code)}';
  declare readonly code: '${code}';
}
`,
  );
  return `import { RefusalError } from '../errors.ts';

${classes.join('\n')}
/** The class of each code. */
export const REFUSALS = {
${codes.map(([code]) => `  ${code}: ${className(code)},`).join('\n')}
} as const;

/** Every code that this version knows. */
export type RefusalCode = keyof typeof REFUSALS;
`;
}

/** `plan_limit_reached` is a PlanLimitReachedError. */
function className(code: string): string {
  const words = code.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return `${words.join('').replace(/Error$/, '')}Error`;
}

/** As a server of this repository says it. */
async function readDescription(): Promise<OpenAPI3> {
  const directory = mkdtempSync(join(tmpdir(), 'talkturo-generate-'));
  const config = readConfig({ DATA_DIR: directory, LOG_LEVEL: 'silent' });
  const app = await createApp(config, createLog('silent'), { workers: false });
  try {
    return (await app.server.inject('/openapi.json')).json();
  } finally {
    await app.stop();
    rmSync(directory, { recursive: true });
  }
}

if (import.meta.main) {
  const files = await generate(await readDescription());
  for (const [file, text] of Object.entries(files)) writeFileSync(new URL(file, FOLDER), text);
}
