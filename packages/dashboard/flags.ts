import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const PACKAGE = createRequire(import.meta.url).resolve('country-flag-icons/package.json');

/** Puts all flags into one folder of the build, whose name changes with their version. */
export function flags(): Plugin {
  const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };
  const folder = `flags-${version}`;
  const source = join(dirname(PACKAGE), '3x2');
  return {
    name: 'flags',
    config: () => ({ define: { __FLAGS__: JSON.stringify(folder) } }),
    generateBundle() {
      for (const file of readdirSync(source).filter((name) => name.endsWith('.svg'))) {
        this.emitFile({
          type: 'asset',
          fileName: `assets/${folder}/${file}`,
          source: readFileSync(join(source, file)),
        });
      }
    },
  };
}
