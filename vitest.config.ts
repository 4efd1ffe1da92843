import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Packages of this repository from their source, without a build.
  ssr: { resolve: { conditions: ['@talkturo/source', 'module', 'node', 'development|production'] } },
  test: {
    include: ['packages/*/test/**/*.test.ts'],
    // The crash tests wait more than they work; of the others more at once would only wait for each other.
    maxWorkers: 3,
    globalSetup: ['packages/server/test/support/postgres-server.ts'],
    reporters: ['default', './scripts/plain-summary-reporter.ts'],
    // A first start of the embedded database takes seconds on a small machine with all cores busy.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As patient: what is polled for is there at once, unless the machine is busy.
    expect: { poll: { timeout: 20_000 } },
  },
});
