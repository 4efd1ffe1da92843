// Installs the dependencies where they are missing or older than the lock file, so that `npm start` and `npm test`
// are complete by themselves on a fresh clone. Runs on the Node that is there, before ours is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-lock.json`;
const lock = readFileSync(`${root}package-lock.json`, 'utf8');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  process.stdout.write('Installing dependencies (this time only) …\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lock file that lacks another platform's optional binaries. This takes the locked
  // versions just the same, adds this platform's binaries, and leaves the lock file as it is.
  const { status } = spawnSync(npm, ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    process.stderr.write('The dependencies could not be installed. Is the npm registry reachable?\n');
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
