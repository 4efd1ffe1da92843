// Bundles the server where that is needed, so that `npm start` and `npm test` are complete by themselves.
import { buildWhereStale, root } from './build-where-stale.mjs';

buildWhereStale({
  name: 'the server',
  directory: 'packages/server/dist',
  sources: [
    'packages/server/src',
    'packages/server/build.mjs',
    'packages/carrier-sim/src',
    'tsconfig.base.json',
    'package-lock.json',
  ],
  command: (directory) => [`${root}packages/server/build.mjs`, directory],
});
