import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILD, buildDashboard } from './support/build.ts';

/** Compressed, as browsers get it. */
const MAX_FIRST_LOAD_BYTES = 200 * 1000;

/** Those whose texts come at once. */
const FIRST_PAGES = /^src\/pages\/(auth|numbers|welcome)\//;

interface Chunk {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
  isEntry?: boolean;
}

describe('the build', () => {
  let manifest: Record<string, Chunk>;

  beforeAll(() => {
    buildDashboard();
    manifest = JSON.parse(readFileSync(join(BUILD, 'manifest.json'), 'utf8'));
  });

  /** A chunk and all that it needs at once. */
  function filesOf(names: string[], found = new Set<string>()): Set<string> {
    for (const name of names) {
      const chunk = manifest[name];
      if (!chunk) throw new Error(`the build has no ${name}`);
      if (found.has(chunk.file)) continue;
      found.add(chunk.file);
      filesOf(chunk.imports ?? [], found);
    }
    return found;
  }

  function sizeOf(file: string): number {
    const compressed = join(BUILD, `${file}.br`);
    return statSync(existsSync(compressed) ? compressed : join(BUILD, file)).size;
  }

  const always = ['index.html', 'src/layout/shell.tsx', 'src/i18n/de.ts'];

  it('loads less than 200 KB of code until any page is there', () => {
    const pages = Object.keys(manifest).filter((name) => /^src\/pages\/.*\.tsx$/.test(name));
    expect(pages).toContain('src/pages/numbers/list.tsx');
    for (const page of pages) {
      const texts = FIRST_PAGES.test(page) ? [] : ['src/i18n/de-more.ts'];
      const files = [...filesOf([...always, ...texts, page])].filter((file) => file.endsWith('.js'));
      const bytes = files.reduce((sum, file) => sum + sizeOf(file), 0);
      expect(bytes, page).toBeGreaterThan(50_000);
      expect(bytes, page).toBeLessThan(MAX_FIRST_LOAD_BYTES);
    }
  });

  it('has its scripts and styles in files, and asks no other host', () => {
    const page = readFileSync(join(BUILD, 'index.html'), 'utf8');
    expect(page).not.toMatch(/<style|<script(?![^>]*src=)| on\w+=|style="/);
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  });
});
