// Bundles the command line and all that it uses into one file, so that what is published needs nothing.
import { build } from 'esbuild';

await build({
  entryPoints: [new URL('src/cli/main.ts', import.meta.url).pathname],
  outfile: new URL('dist/cli.js', import.meta.url).pathname,
  bundle: true,
  platform: 'node',
  target: 'node20.12',
  format: 'esm',
  conditions: ['@talkturo/source'],
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'linked',
  // Some of what is bundled calls `require`, for modules of Node.js itself.
  banner: {
    js: `import { createRequire } from 'node:module'; import { fileURLToPath } from 'node:url'; const require = createRequire(import.meta.url), __filename = fileURLToPath(import.meta.url), __dirname = fileURLToPath(new URL('.', import.meta.url));`,
  },
});
