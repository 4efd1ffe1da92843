import { posix } from 'node:path';
import { Marked, type Renderer, type Tokens } from 'marked';
import type { Document } from './documents.ts';
import { plainText } from './documents.ts';
import { headingIds } from './heading-ids.ts';

export type FindDocument = (file: string) => Document | undefined;

/** A page's Markdown as HTML, with links that work where it is served. */
export function renderMarkdown(document: Document, find: FindDocument): string {
  const idOf = headingIds();
  const renderer: Partial<Renderer> = {
    heading({ tokens, depth }: Tokens.Heading): string {
      const inner = (this as Renderer).parser.parseInline(tokens);
      return `<h${depth} id="${escaped(idOf(plainText(tokens)))}">${inner}</h${depth}>\n`;
    },
    link({ href, tokens }: Tokens.Link): string {
      const inner = (this as Renderer).parser.parseInline(tokens);
      const target = servedAddress(href, document, find);
      return target === null ? inner : `<a href="${escaped(target)}">${inner}</a>`;
    },
    table(token: Tokens.Table): string {
      const cells = (row: Tokens.TableCell[], name: string) =>
        row
          .map(({ tokens }) => `<${name}>${(this as Renderer).parser.parseInline(tokens)}</${name}>`)
          .join('');
      const rows = token.rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('\n');
      const head = `<thead><tr>${cells(token.header, 'th')}</tr></thead>`;
      // It has a name and takes the keyboard, because it may have to be scrolled.
      return `<div class="table" role="region" aria-label="Table" tabindex="0"><table>${head}\n<tbody>${rows}</tbody></table></div>\n`;
    },
    // Comments are for those who write; nothing else of HTML is in our pages.
    html: ({ text }: Tokens.HTML | Tokens.Tag) => (/^\s*<!--/.test(text) ? '' : escaped(text)),
    image: ({ text }: Tokens.Image) => escaped(text),
  };
  return new Marked({ gfm: true, renderer }).parse(document.markdown, { async: false });
}

/** Where a link leads here; null where what it leads to is not served. */
export function servedAddress(href: string, from: Document, find: FindDocument): string | null {
  if (/^https?:\/\//.test(href) || href.startsWith('#')) return href;
  if (/^[a-z]+:/i.test(href)) return null;
  const [path = '', part] = href.split('#');
  const target = find(posix.join(posix.dirname(from.file), path));
  if (!target) return null;
  return part === undefined ? target.path : `${target.path}#${part}`;
}

export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
