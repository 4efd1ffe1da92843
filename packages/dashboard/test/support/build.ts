import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const BUILD = fileURLToPath(new URL('../../dist', import.meta.url));

const SCRIPT = fileURLToPath(new URL('../../../../scripts/build-dashboard.mjs', import.meta.url));

/** Builds the dashboard, unless the build fits the sources. */
export function buildDashboard(): void {
  execFileSync(process.execPath, [SCRIPT]);
}
