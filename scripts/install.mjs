// Installs the dependencies where they are missing or older than the lock file, so that `npm start` and `npm test`
// are complete by themselves on a fresh clone. Runs on the Node that is there, before ours is.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = `${root}node_modules/.installed-lock.json`;
const lock = readFileSync(`${root}package-lock.json`, 'utf8');

// Not `npm ci`: it refuses a lock file that lacks another platform's optional binaries. `install` takes the locked
// versions just the same, adds this platform's binaries, and with --no-save leaves the lock file as it is.
// The rest holds against settings of this machine: NODE_ENV=production, ignore-scripts (Node 24 comes by a script).
const INSTALL = [
  'install',
  '--no-save',
  '--include=dev',
  '--ignore-scripts=false',
  '--no-fund',
  '--no-audit',
  '--loglevel=error',
];

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lock) {
  process.stdout.write('Installing dependencies (this time only) …\n');
  const { status } = spawnSync('npm', INSTALL, { cwd: root, stdio: 'inherit' });
  if (status !== 0 || !existsSync(`${root}node_modules/.bin/node`)) {
    process.stderr.write(
      'The dependencies could not be installed; npm says why above. Is the npm registry reachable?\n',
    );
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}
