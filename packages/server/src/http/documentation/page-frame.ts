import type { Document, DocumentGroup } from './documents.ts';
import { escaped } from './render-markdown.ts';

export const REFERENCE_PATH = '/docs/api-reference';
export const STYLE_PATH = '/docs/style.css';

/** A whole page around its text. No script and no style is in it: the policy of pages allows neither. */
export function pageFrame(title: string, text: string, { language = 'en' } = {}): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)} · Talkturo Numbers</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${STYLE_PATH}">
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header><nav aria-label="Documentation"><a href="/docs">Talkturo Numbers: documentation</a> <a href="${REFERENCE_PATH}">API reference</a></nav></header>
<main id="text">
${text}
</main>
</body>
</html>
`;
}

export function indexText(groups: DocumentGroup[]): string {
  const item = ({ path, title, summary }: Document) =>
    `<li><a href="${escaped(path)}">${escaped(title)}</a><br>${escaped(summary)}</li>`;
  const section = ({ title, documents }: DocumentGroup) =>
    `<section><h2>${escaped(title)}</h2>\n<ul class="pages">${documents.map(item).join('\n')}</ul></section>`;
  return `<h1>Documentation</h1>
<p>Every request and answer, field by field, is in the <a href="${REFERENCE_PATH}">API reference</a>; for programs there are <a href="/openapi.json">OpenAPI</a>, <a href="/llms.txt">llms.txt</a> and <a href="/llms-full.txt">llms-full.txt</a>.</p>
${groups.map(section).join('\n')}`;
}
