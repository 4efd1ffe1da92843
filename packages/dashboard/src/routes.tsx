import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { connection } from './api/connection.ts';
import { queryClient, whenSignedOut } from './api/query-client.ts';
import { loadMoreTexts } from './i18n/i18n.ts';
import { AppProblem, NoSuchPage } from './layout/app-problem.tsx';
import { readActivitySearch } from './pages/activity/search-params.ts';
import { readBuySearch, readNumbersSearch } from './pages/numbers/search-params.ts';
import { kept } from './session/kept.ts';
import { forgetSession, sessionQuery } from './session/session.ts';

/*
 * All pages, each with what stands behind the question mark. A page comes as a file of its own when it is opened.
 */

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NoSuchPage,
  errorComponent: AppProblem,
});

/** What a link may say besides the address, as text. */
function texts<Name extends string>(...names: Name[]) {
  return (search: Record<string, unknown>): { [Each in Name]?: string } => {
    const found = names.flatMap((name) =>
      typeof search[name] === 'string' && search[name] !== '' ? [[name, search[name]]] : [],
    );
    return Object.fromEntries(found);
  };
}

/** A page that is not among the first, with the texts of those. */
function withTexts<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => {
    const [module] = await Promise.all([load(), loadMoreTexts()]);
    return module;
  };
}

// For everybody.

const doors = createRoute({
  getParentRoute: () => root,
  id: 'doors',
  component: lazyRouteComponent(() => import('./pages/auth/door.tsx'), 'Door'),
});

const signIn = createRoute({
  getParentRoute: () => doors,
  path: '/sign-in',
  validateSearch: texts('next', 'problem'),
  component: lazyRouteComponent(() => import('./pages/auth/sign-in.tsx'), 'SignInPage'),
});

const signUp = createRoute({
  getParentRoute: () => doors,
  path: '/sign-up',
  validateSearch: texts('next'),
  component: lazyRouteComponent(() => import('./pages/auth/sign-up.tsx'), 'SignUpPage'),
});

const verifyEmail = createRoute({
  getParentRoute: () => doors,
  path: '/verify-email',
  validateSearch: texts('token', 'problem'),
  component: lazyRouteComponent(() => import('./pages/auth/verify-email.tsx'), 'VerifyEmailPage'),
});

const forgotPassword = createRoute({
  getParentRoute: () => doors,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./pages/auth/forgot-password.tsx'), 'ForgotPasswordPage'),
});

const resetPassword = createRoute({
  getParentRoute: () => doors,
  path: '/reset-password',
  validateSearch: texts('token'),
  component: lazyRouteComponent(() => import('./pages/auth/reset-password.tsx'), 'ResetPasswordPage'),
});

const acceptInvitation = createRoute({
  getParentRoute: () => doors,
  path: '/invitations/accept',
  validateSearch: texts('token'),
  component: lazyRouteComponent(() => import('./pages/auth/accept-invitation.tsx'), 'AcceptInvitationPage'),
});

// For who is signed in.

const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session) return;
    throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
  },
});

const welcome = createRoute({
  getParentRoute: () => signedIn,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./pages/welcome/welcome.tsx'), 'WelcomePage'),
});

// For who is in a team: everything inside the layout.

const app = createRoute({
  getParentRoute: () => signedIn,
  id: 'app',
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    const token = kept('invitation');
    if (token !== null) throw redirect({ to: '/invitations/accept', search: { token } });
    if (session?.teams.length === 0) throw redirect({ to: '/welcome' });
  },
  component: lazyRouteComponent(() => import('./layout/shell.tsx'), 'Shell'),
});

const start = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/numbers' });
  },
});

const numbers = createRoute({
  getParentRoute: () => app,
  path: '/numbers',
  validateSearch: readNumbersSearch,
  component: lazyRouteComponent(() => import('./pages/numbers/list.tsx'), 'NumbersPage'),
});

const buy = createRoute({
  getParentRoute: () => app,
  path: '/numbers/buy',
  validateSearch: readBuySearch,
  component: lazyRouteComponent(() => import('./pages/numbers/buy.tsx'), 'BuyPage'),
});

const number = createRoute({
  getParentRoute: () => app,
  path: '/numbers/$id',
  component: lazyRouteComponent(() => import('./pages/numbers/number.tsx'), 'NumberPage'),
});

const assistants = createRoute({
  getParentRoute: () => app,
  path: '/assistants',
  validateSearch: texts('search'),
  component: lazyRouteComponent(
    withTexts(() => import('./pages/assistants/list.tsx')),
    'AssistantsPage',
  ),
});

const assistant = createRoute({
  getParentRoute: () => app,
  path: '/assistants/$id',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/assistants/assistant.tsx')),
    'AssistantPage',
  ),
});

const campaigns = createRoute({
  getParentRoute: () => app,
  path: '/campaigns',
  validateSearch: texts('search'),
  component: lazyRouteComponent(
    withTexts(() => import('./pages/campaigns/list.tsx')),
    'CampaignsPage',
  ),
});

const campaign = createRoute({
  getParentRoute: () => app,
  path: '/campaigns/$id',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/campaigns/campaign.tsx')),
    'CampaignPage',
  ),
});

const team = createRoute({
  getParentRoute: () => app,
  path: '/team',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/team/team.tsx')),
    'TeamPage',
  ),
});

const apiKeys = createRoute({
  getParentRoute: () => app,
  path: '/api-keys',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/api-keys/list.tsx')),
    'ApiKeysPage',
  ),
});

const webhooks = createRoute({
  getParentRoute: () => app,
  path: '/webhooks',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/webhooks/list.tsx')),
    'WebhooksPage',
  ),
});

const webhook = createRoute({
  getParentRoute: () => app,
  path: '/webhooks/$id',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/webhooks/endpoint.tsx')),
    'EndpointPage',
  ),
});

const activity = createRoute({
  getParentRoute: () => app,
  path: '/activity',
  validateSearch: readActivitySearch,
  component: lazyRouteComponent(
    withTexts(() => import('./pages/activity/activity.tsx')),
    'ActivityPage',
  ),
});

const plan = createRoute({
  getParentRoute: () => app,
  path: '/plan',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/plan/plan.tsx')),
    'PlanPage',
  ),
});

const overview = createRoute({
  getParentRoute: () => app,
  path: '/overview',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/overview/overview.tsx')),
    'OverviewPage',
  ),
});

// For who runs the service, with the operator's token; signed in or not.

const operator = createRoute({
  getParentRoute: () => root,
  path: '/operator',
  component: lazyRouteComponent(
    withTexts(() => import('./pages/operator/operator.tsx')),
    'OperatorPage',
  ),
});

export const router = createRouter({
  routeTree: root.addChildren([
    doors.addChildren([signIn, signUp, verifyEmail, forgotPassword, resetPassword, acceptInvitation]),
    signedIn.addChildren([
      welcome,
      app.addChildren([
        start,
        numbers,
        buy,
        number,
        assistants,
        assistant,
        campaigns,
        campaign,
        team,
        apiKeys,
        webhooks,
        webhook,
        activity,
        plan,
        overview,
      ]),
    ]),
    operator,
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // Plain text on both sides: `?areaCode=415`, not quoted JSON.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch,
  defaultErrorComponent: AppProblem,
});

function stringifySearch(search: Record<string, unknown>): string {
  const fields = Object.entries(search).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const text = new URLSearchParams(fields).toString();
  return text === '' ? '' : `?${text}`;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

// Whoever was in the middle of something comes back to it after signing in again.
whenSignedOut(() => {
  const { pathname, href } = router.state.location;
  if (pathname === '/sign-in') return;
  forgetSession();
  void router.navigate({ to: '/sign-in', search: { next: href } });
});

connection.whenBack(() => {
  void queryClient.invalidateQueries();
  void router.invalidate();
});
