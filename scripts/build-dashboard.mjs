// Builds the dashboard where that is needed, so that `npm start` and `npm test` are complete by themselves.
import { buildWhereStale, root } from './build-where-stale.mjs';

buildWhereStale({
  name: 'the dashboard',
  directory: 'packages/dashboard/dist',
  sources: [
    'packages/dashboard/src',
    'packages/dashboard/index.html',
    'packages/dashboard/vite.config.ts',
    'packages/dashboard/compress-files.ts',
    'packages/dashboard/flags.ts',
    'packages/client/src',
    'package-lock.json',
  ],
  command: () => [
    `${root}node_modules/vite/bin/vite.js`,
    'build',
    `${root}packages/dashboard`,
    '--logLevel',
    'warn',
  ],
  // In production mode wherever it is asked for: tests run in another one, which would bring a slower React.
  environment: (directory) => ({ NODE_ENV: 'production', DASHBOARD_OUT_DIR: directory }),
});
