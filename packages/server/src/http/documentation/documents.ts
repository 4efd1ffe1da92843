import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { lexer, type Token, type Tokens } from 'marked';

/** A Markdown file of this repository that is served as a page. */
export interface Document {
  /** From the root of the repository, `docs/api.md`. */
  file: string;
  /** Where it is served, `/docs/api`. */
  path: string;
  title: string;
  /** What it is about, in a sentence. */
  summary: string;
  markdown: string;
}

export interface DocumentGroup {
  title: string;
  documents: Document[];
}

const ROOT = new URL('../../../../../', import.meta.url);

/** What is read first stands first. A page of docs/ that nobody has put into a group comes last. */
const GROUPS: Record<string, string[]> = {
  Start: ['docs/quick-start.md', 'docs/de/quick-start.md', 'docs/test-mode.md', 'README.md'],
  'Use the API': [
    'docs/api.md',
    'docs/buying.md',
    'docs/errors.md',
    'docs/webhooks.md',
    'docs/assistants.md',
    'docs/routing.md',
    'docs/api-changes.md',
  ],
  'Clients and tools': ['docs/client.md', 'docs/cli.md', 'docs/mcp.md'],
  'Run the service': [
    'docs/deploying.md',
    'docs/configuration.md',
    'docs/going-live.md',
    'docs/operating.md',
    'docs/performance.md',
    'docs/scale.md',
    'CHANGELOG.md',
  ],
  'How it works': ['docs/architecture.md', 'packages/carrier-sim/README.md'],
};

/** Files outside of docs/, and where they are served. */
const PATHS: Record<string, string> = {
  'README.md': '/docs/readme',
  'CHANGELOG.md': '/docs/changelog',
  'packages/carrier-sim/README.md': '/docs/carrier-sim',
};

/** All that there are, read from the disk; an installation may leave some out. */
export function readDocuments(): DocumentGroup[] {
  const listed = Object.values(GROUPS).flat();
  const others = filesIn('docs/').filter((file) => !listed.includes(file));
  const groups = { ...GROUPS, More: others, Decisions: filesIn('docs/adr/') };
  return Object.entries(groups)
    .map(([title, files]) => ({ title, documents: files.filter(exists).map(readDocument) }))
    .filter(({ documents }) => documents.length > 0);
}

function filesIn(folder: string): string[] {
  if (!exists(folder)) return [];
  const names = readdirSync(new URL(folder, ROOT)).filter((name) => name.endsWith('.md'));
  return names.sort().map((name) => folder + name);
}

function exists(file: string): boolean {
  return existsSync(new URL(file, ROOT));
}

function readDocument(file: string): Document {
  const markdown = readFileSync(new URL(file, ROOT), 'utf8');
  const tokens = lexer(markdown);
  const heading = tokens.find(({ type }) => type === 'heading');
  return {
    file,
    path: PATHS[file] ?? `/${file.replace(/\.md$/, '')}`,
    title: plainText(heading ? [heading] : []),
    summary: summaryOf(tokens),
    markdown,
  };
}

/** The first sentence of the page, and of a decision the first of what was decided. */
function summaryOf(tokens: Token[]): string {
  const decision = tokens.findIndex((token) => token.type === 'heading' && token.text === 'Decision');
  const first = tokens
    .slice(decision + 1)
    .find(({ type }) => (decision < 0 ? type === 'paragraph' : type !== 'space'));
  const start = first?.type === 'list' ? (first as Tokens.List).items[0] : first;
  const text = plainText(start ? [start] : []).replace(/\s+/g, ' ');
  // Escaped, so that the bundle is ASCII.
  return /^.*?[.:](?= [A-Z\u201E\u00BB]|$)/.exec(text)?.[0] ?? text;
}

/** Without what is only for the eye. */
export function plainText(tokens: Token[]): string {
  return tokens
    .map((token) =>
      'tokens' in token && token.tokens
        ? plainText(token.tokens)
        : token.type === 'html'
          ? ''
          : 'text' in token
            ? token.text
            : '',
    )
    .join('');
}
