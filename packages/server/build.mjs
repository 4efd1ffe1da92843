// Bundles the server with all that it uses: `node packages/server/build.mjs [directory]`. Why: docs/adr/0024-a-bundled-server.md
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const dist = fileURLToPath(new URL('dist', import.meta.url));

/** What asks for its own address, to find files beside it, is told that of its source: those files are not bundled. */
const addressesOfSources = {
  name: 'addresses-of-sources',
  setup({ onLoad }) {
    onLoad({ filter: /\/packages\/[^/]+\/src\/.*\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!source.includes('import.meta.url')) return undefined;
      const address = `new URL(${JSON.stringify(relative(dist, path))}, import.meta.url).href`;
      return { contents: source.replaceAll('import.meta.url', address), loader: 'ts' };
    });
  },
};

const EMPTY_MAP = btoa('{"version":3,"sources":[""],"mappings":"AAAA"}');

/** Source maps are held in memory: those of libraries would be ten times as large as ours. */
const noMapsOfLibraries = {
  name: 'no-maps-of-libraries',
  setup({ onLoad }) {
    onLoad({ filter: /\/node_modules\/.*\.[cm]?js$/ }, ({ path }) => ({
      contents: `${readFileSync(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${EMPTY_MAP}`,
      loader: 'default',
    }));
  },
};

await build({
  entryPoints: ['main', 'migrate'].map((name) => fileURLToPath(new URL(`src/${name}.ts`, import.meta.url))),
  outdir: process.argv[2] ?? dist,
  bundle: true,
  // What only some servers load gets files of its own.
  splitting: true,
  // It has files of its own, WebAssembly among them.
  external: ['@electric-sql/pglite'],
  plugins: [addressesOfSources, noMapsOfLibraries],
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // With their names, for stack traces.
  minifySyntax: true,
  minifyWhitespace: true,
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'linked',
  logLevel: 'warning',
  // Some of what is bundled calls `require`, or asks where it lies.
  banner: {
    js: `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`,
  },
});
