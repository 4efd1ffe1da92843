import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type Document, type DocumentGroup, readDocuments } from './documents.ts';
import { indexText, pageFrame } from './page-frame.ts';
import { renderMarkdown } from './render-markdown.ts';

/** What is sent for an address. */
export interface Page {
  type: string;
  text: string;
  /** Changes when the text does. */
  etag: string;
}

export function pageOf(type: string, text: string): Page {
  const hash = createHash('sha256').update(text).digest('base64url');
  return { type: `${type}; charset=utf-8`, text, etag: `"${hash.slice(0, 22)}"` };
}

/** The documentation, read when it is first asked for; each page is rendered once. */
export class Documentation {
  readonly #pages = new Map<string, Page>();
  #groups: DocumentGroup[] | undefined;

  get groups(): DocumentGroup[] {
    this.#groups ??= readDocuments();
    return this.#groups;
  }

  /** The page at an address below /docs, undefined where there is none. With `.md` behind it, as it was written. */
  page(path: string): Page | undefined {
    const made = this.#pages.get(path) ?? this.#make(path);
    if (made) this.#pages.set(path, made);
    return made;
  }

  /** All pages one after the other, for language models. */
  whole(): string {
    return this.#documents()
      .map(({ file, markdown }) => `<!-- ${file} -->\n\n${markdown.trim()}\n`)
      .join('\n');
  }

  #documents(): Document[] {
    return this.groups.flatMap(({ documents }) => documents);
  }

  #make(path: string): Page | undefined {
    if (path === '/docs') return pageOf('text/html', pageFrame('Documentation', indexText(this.groups)));
    if (path === '/docs/style.css') {
      return pageOf('text/css', readFileSync(new URL('style.css', import.meta.url), 'utf8'));
    }
    const document = this.#documents().find((each) => path === each.path || path === `${each.path}.md`);
    if (!document) return undefined;
    if (path.endsWith('.md')) return pageOf('text/markdown', document.markdown);
    const find = (file: string) => this.#documents().find((each) => each.file === file);
    const language = path.startsWith('/docs/de/') ? 'de' : 'en';
    return pageOf('text/html', pageFrame(document.title, renderMarkdown(document, find), { language }));
  }
}
