import { MailToken, strictObject } from '../schemas.ts';
import type { App, RouteContext } from '../server.ts';

const schema = { hide: true, querystring: strictObject({ token: MailToken }) };

/** The link into the dashboard that a server with the demo team prints at its start. HEAD would use it up. */
export function demoSignInRoute(app: App, { people, demoDoor }: RouteContext): void {
  app.get(
    '/demo-sign-in',
    { schema, config: { access: 'public', limit: 'address' }, exposeHeadRoute: false },
    async (request, reply) => {
      const userId = demoDoor.enter(request.query.token);
      if (userId === null) return reply.redirect('/sign-in?problem=demo_link', 303);
      reply.header('set-cookie', (await people.letIn(userId, request)).setCookie);
      return reply.redirect('/', 303);
    },
  );
}
