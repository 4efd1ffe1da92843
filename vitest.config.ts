import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    // Each file starts a service, most of them a database too: more at once only wait for each other.
    maxWorkers: 2,
    globalSetup: ['packages/server/test/support/postgres-server.ts'],
    reporters: ['default', './scripts/plain-summary-reporter.ts'],
    // A first start of the embedded database takes seconds on a small machine with all cores busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
