import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Where the browser that came with the dependencies is unpacked to: installing anew takes it away again. */
const UNPACKED = fileURLToPath(new URL('../../../../node_modules/.cache/chromium/', import.meta.url));

/** Chromium's own talk with its maker, and what does not work as root or without a screen. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
];

/** The browser of CHROMIUM_PATH, else the one that came with the dependencies (Linux), else an installed Chrome. */
export async function launchChromium(): Promise<Browser> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return chromium.launch({ executablePath: CHROMIUM_PATH, args: ARGS });
  if (process.platform !== 'linux') return chromium.launch({ channel: 'chrome', args: ARGS });
  const executablePath = await unpack();
  return chromium.launch({ executablePath, args: ARGS }).catch(() =>
    // On a bare machine, with the libraries that come along.
    chromium.launch({ executablePath, args: ARGS, env: withLibraries(dirname(executablePath)) }),
  );
}

/** Once for all: several test files may come at the same time, and none must start half a browser. */
async function unpack(): Promise<string> {
  const executable = join(UNPACKED, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(dirname(UNPACKED.slice(0, -1)), { recursive: true });
  const fresh = mkdtempSync(UNPACKED.slice(0, -1));
  const { TMPDIR, AWS_LAMBDA_JS_RUNTIME } = process.env;
  // It unpacks to the folder for temporary files, and its libraries only where it believes to be on such a machine.
  Object.assign(process.env, { TMPDIR: fresh, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' });
  try {
    await packed.executablePath();
  } finally {
    restore({ TMPDIR, AWS_LAMBDA_JS_RUNTIME });
  }
  try {
    renameSync(fresh, UNPACKED);
  } catch {
    // Another one was quicker.
    rmSync(fresh, { recursive: true });
  }
  return executable;
}

function restore(variables: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

function withLibraries(folder: string): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return {
    ...Object.fromEntries(own),
    LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    FONTCONFIG_PATH: join(folder, 'fonts'),
  };
}
