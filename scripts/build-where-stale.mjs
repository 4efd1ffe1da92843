import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds into a directory of this repository where the build is missing or not from the sources that are here.
 * @param {object} what
 * @param {string} what.name for people, `the dashboard`
 * @param {string} what.directory where the build belongs, `packages/dashboard/dist`
 * @param {string[]} what.sources files and folders
 * @param {(directory: string) => string[]} what.command arguments of Node.js that make it in another directory
 * @param {(directory: string) => Record<string, string>} [what.environment] what the command gets besides ours
 */
export function buildWhereStale({ name, directory, sources, command, environment = () => ({}) }) {
  const build = root + directory;
  const stamp = `${build}/.sources`;
  const hash = hashOf(sources.flatMap(filesIn));
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stdout.write(`Building ${name} …\n`);
  // Beside the old one, which another server may be serving from, and in its place in one step.
  const fresh = `${build}.${process.pid}`;
  const { status } = spawnSync(`${root}node_modules/.bin/node`, command(fresh), {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment(fresh) },
  });
  if (status !== 0) {
    rmSync(fresh, { recursive: true, force: true });
    process.stderr.write(`Could not build ${name}; the lines above say why.\n`);
    process.exit(1);
  }
  writeFileSync(`${fresh}/.sources`, hash);
  rmSync(build, { recursive: true, force: true });
  try {
    renameSync(fresh, build);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another one was quicker, as where two test files start: from the same sources.
    if (!existsSync(stamp)) throw error;
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
