import type { DocumentGroup } from './documents.ts';
import { REFERENCE_PATH } from './page-frame.ts';

/** As much of an OpenAPI document as is told here. */
interface ApiDescription {
  info: { title: string; description?: string };
  paths?: Record<string, Record<string, { summary?: string; description?: string }>>;
}

/** The llms.txt form (llmstxt.org): a title, a sentence, and what there is, with links to the whole. */
export function llmsText(description: object, groups: DocumentGroup[]): string {
  const { info, paths = {} } = description as ApiDescription;
  const endpoints = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, { summary = '', description = '' }]) =>
      `- \`${method.toUpperCase()} ${path}\`: ${summary}. ${description}`.trim(),
    ),
  );
  const pages = groups.map(({ title, documents }) => {
    const lines = documents.map((each) => `- [${each.title}](${each.path}.md): ${each.summary}`);
    return `## ${title}\n\n${lines.join('\n')}`;
  });
  return [
    `# ${info.title}`,
    `> ${info.description}`,
    'Requests carry `Authorization: Bearer tk_live_…` or `tk_test_…`; those under `/api/operator` the operator token, and the probes nothing. Answers are JSON with `success`; a failure has `error`, `code` and `request_id`.',
    ...pages,
    `## Endpoints\n\n${endpoints.join('\n')}`,
    `## The whole\n\n- [All pages in one](/llms-full.txt)\n- [OpenAPI description](/openapi.json): every field of every request and answer\n- [API reference](${REFERENCE_PATH}): the same as pages`,
  ].join('\n\n');
}
