// Builds the dashboard where the build is missing or not from the sources that are here, so that `npm start` and
// `npm test` are complete by themselves.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dashboard = `${root}packages/dashboard/`;
const build = `${dashboard}dist`;
const stamp = `${build}/.sources`;

const SOURCES = [
  'packages/dashboard/src',
  'packages/dashboard/index.html',
  'packages/dashboard/vite.config.ts',
  'packages/dashboard/compress-files.ts',
  'packages/dashboard/flags.ts',
  'packages/client/src',
  'package-lock.json',
];

const sources = hashOf(SOURCES.flatMap(filesIn));
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== sources) {
  process.stdout.write('Building the dashboard …\n');
  // Beside the old one, which another server may be serving from, and in its place in one step.
  const fresh = `${build}.${process.pid}`;
  const { status } = spawnSync(
    `${root}node_modules/.bin/node`,
    // In production mode wherever it is asked for: tests run in another one, which would bring a slower React.
    [`${root}node_modules/vite/bin/vite.js`, 'build', dashboard, '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NODE_ENV: 'production', DASHBOARD_OUT_DIR: fresh },
    },
  );
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write('The dashboard could not be built; the lines above say why.\n');
    process.exit(1);
  }
  writeFileSync(`${fresh}/.sources`, sources);
  rmSync(build, { recursive: true, force: true });
  try {
    renameSync(fresh, build);
  } catch {
    // Another one was quicker, as where two test files start: from the same sources.
    rmSync(fresh, { recursive: true, force: true });
  }
}

function filesIn(path) {
  if (!statSync(root + path).isDirectory()) return [path];
  return readdirSync(root + path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath ?? entry.path}/${entry.name}`.slice(root.length));
}

function hashOf(files) {
  const hash = createHash('sha256');
  for (const file of files.toSorted())
    hash
      .update(`${file}\0`)
      .update(readFileSync(root + file))
      .update('\0');
  return hash.digest('hex');
}
