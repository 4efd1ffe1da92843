import { callOver } from './call.ts';
import { ApiKeys } from './resources/api-keys.ts';
import { Assistants } from './resources/assistants.ts';
import { Auth } from './resources/auth.ts';
import { Campaigns } from './resources/campaigns.ts';
import { Events } from './resources/events.ts';
import { Invitations } from './resources/invitations.ts';
import { Members } from './resources/members.ts';
import { Operator } from './resources/operator.ts';
import { PhoneNumbers } from './resources/phone-numbers.ts';
import { Routing } from './resources/routing.ts';
import { Teams } from './resources/teams.ts';
import { WebhookEndpoints } from './resources/webhook-endpoints.ts';
import type { Connection, Fetch, Logger } from './send.ts';

export interface TalkturoOptions {
  /**
   * `tk_live_…` or `tk_test_…`. It is a secret: never put it into a page that others load. Without one, requests go
   * out with the cookie of whoever is signed in, where the browser has one.
   */
  apiKey?: string | undefined;
  /** For `operator`, and sent nowhere else. */
  operatorToken?: string | undefined;
  /** The team that is meant wherever a method is called without one. */
  teamId?: string | undefined;
  /** The mode that a signed-in person works in; `test` unless said otherwise. A key has its own. */
  mode?: 'live' | 'test' | undefined;
  /** Where the server is. Unless said otherwise, where the page came from, and outside of pages `http://localhost:3000`. */
  baseUrl?: string | undefined;
  /** Another `fetch` than the global one. */
  fetch?: Fetch | undefined;
  /** How long to wait for an answer each time a request is sent, ms; 30000 unless said otherwise. */
  timeoutMs?: number | undefined;
  /** How often a request is sent again at most; 2 unless said otherwise, 0 for never. */
  maxRetries?: number | undefined;
  /** Where requests are written to; `console` is one. */
  logger?: Logger | undefined;
}

/** The API, for a key, a signed-in person or the operator. */
export class Talkturo {
  readonly phoneNumbers: PhoneNumbers;
  readonly assistants: Assistants;
  readonly campaigns: Campaigns;
  readonly routing: Routing;
  readonly teams: Teams;
  readonly members: Members;
  readonly invitations: Invitations;
  readonly apiKeys: ApiKeys;
  readonly webhookEndpoints: WebhookEndpoints;
  readonly events: Events;
  readonly auth: Auth;
  readonly operator: Operator;

  constructor(options: TalkturoOptions) {
    const call = callOver(readConnection(options));
    const { teamId } = options;
    this.phoneNumbers = new PhoneNumbers(call, teamId);
    this.assistants = new Assistants(call, teamId);
    this.campaigns = new Campaigns(call, teamId);
    this.routing = new Routing(call, teamId);
    this.teams = new Teams(call, teamId);
    this.members = new Members(call, teamId);
    this.invitations = new Invitations(call, teamId);
    this.apiKeys = new ApiKeys(call, teamId);
    this.webhookEndpoints = new WebhookEndpoints(call, teamId);
    this.events = new Events(call, teamId);
    this.auth = new Auth(call, teamId);
    this.operator = new Operator(call, teamId);
  }
}

function readConnection(options: TalkturoOptions): Connection {
  const { teamId, mode, timeoutMs = 30_000, maxRetries = 2 } = options;
  if (!(timeoutMs > 0)) throw new TypeError(`timeoutMs must be above 0, and is ${timeoutMs}`);
  if (!(maxRetries >= 0)) throw new TypeError(`maxRetries must be 0 or above, and is ${maxRetries}`);
  return {
    baseUrl: readBaseUrl(options.baseUrl ?? originOfPage() ?? 'http://localhost:3000'),
    apiKey: readToken('apiKey', options.apiKey),
    operatorToken: readToken('operatorToken', options.operatorToken),
    headers: {
      ...(teamId !== undefined && { 'x-team-id': teamId }),
      ...(mode !== undefined && { 'x-mode': mode }),
    },
    // Bound: browsers refuse a fetch that is called as another object's method.
    fetch: options.fetch ?? ((url, init) => globalThis.fetch(url, init)),
    timeoutMs,
    maxRetries,
    logger: options.logger,
  };
}

function originOfPage(): string | undefined {
  return (globalThis as { location?: { origin: string } }).location?.origin;
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.username || url?.password)
    throw new TypeError('baseUrl must be without a name and a password; keys go into apiKey');
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new TypeError(
      `baseUrl must be an address like https://numbers.example.com, and is ${JSON.stringify(text)}`,
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** What came from a file with its line break, or from an empty variable, is said here and not by a 401. */
function readToken(name: string, text: unknown): string | undefined {
  if (text === undefined || (typeof text === 'string' && /^[!-~]+$/.test(text))) return text;
  throw new TypeError(`${name} must be text without blanks and line breaks, and not empty`);
}
