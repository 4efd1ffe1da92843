import type { FastifyReply, FastifyRequest } from 'fastify';
import { Documentation, type Page, pageOf } from '../documentation/documentation.ts';
import { llmsText } from '../documentation/llms-text.ts';
import type { App } from '../server.ts';

const options = { schema: { hide: true }, config: { access: 'public' } } as const;

/** docs/ as pages for people, and all of it in one for language models. Register it after all other routes. */
export function documentationRoutes(app: App): void {
  const documentation = new Documentation();
  const whole = new Map<string, Page>();
  const markdown = (url: string, make: () => string) =>
    app.get(url, options, async (request, reply) => {
      const page = whole.get(url) ?? pageOf('text/markdown', make());
      whole.set(url, page);
      return sendKept(request, reply, page);
    });

  for (const url of ['/docs', '/docs/*']) {
    app.get(url, options, async (request, reply) => {
      const { pathname } = new URL(request.url, 'http://localhost');
      const path = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
      const page = documentation.page(path);
      return page ? sendKept(request, reply, page) : reply.callNotFound();
    });
  }
  markdown('/llms.txt', () => llmsText(app.swagger(), documentation.groups));
  markdown('/llms-full.txt', () => documentation.whole());
}

/** Browsers keep it, and ask each time whether it is still the same. */
function sendKept(request: FastifyRequest, reply: FastifyReply, { type, text, etag }: Page): string {
  reply.header('etag', etag).header('cache-control', 'no-cache');
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (known?.includes(etag)) {
    reply.code(304);
    return '';
  }
  reply.type(type);
  return text;
}
