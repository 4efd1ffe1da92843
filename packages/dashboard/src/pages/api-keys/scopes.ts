import type { paths } from '@talkturo/client';

type Wish = paths['/api/api-keys']['post']['requestBody']['content']['application/json'];
export type GrantedScope = NonNullable<Wish['scopes']>[number];

/** What a key can be given one by one, by its area. Each has its sentence in the texts. */
export const SCOPES_BY_AREA = {
  numbers: ['numbers:read', 'numbers:write'],
  assistants: ['assistants:read', 'assistants:write'],
  campaigns: ['campaigns:read', 'campaigns:write'],
  routing: ['routing:read', 'routing:write'],
  events: ['events:read'],
  team: ['team:read', 'team:write'],
  keys: ['keys:read', 'keys:write'],
  webhooks: ['webhooks:read', 'webhooks:write'],
} as const satisfies Record<string, readonly GrantedScope[]>;

export type ScopeArea = keyof typeof SCOPES_BY_AREA;
export type SingleScope = (typeof SCOPES_BY_AREA)[ScopeArea][number];

export const SCOPE_AREAS = Object.keys(SCOPES_BY_AREA) as ScopeArea[];

/** What no test key may do, whatever it was given: people are of both modes. */
export const LIVE_KEYS_ONLY: readonly SingleScope[] = ['team:write'];
