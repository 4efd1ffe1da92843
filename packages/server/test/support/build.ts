import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What `npm start` and the image start. */
export const BUILD = fileURLToPath(new URL('../../dist', import.meta.url));

const SCRIPT = fileURLToPath(new URL('../../../../scripts/build-server.mjs', import.meta.url));

/** Bundles the server, unless the build fits the sources. */
export function buildServer(): void {
  execFileSync(process.execPath, [SCRIPT]);
}
