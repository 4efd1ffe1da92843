import type { Role } from './roles.ts';

/**
 * What a use case can demand, and the least role in the team that may do it. A key needs the scope, and so does the
 * person in whose name it acts need the role; a signed-in person needs the role alone.
 */
export const ROLE_FOR_SCOPE = {
  'numbers:read': 'member',
  'numbers:write': 'member',
  'assistants:read': 'member',
  'assistants:write': 'member',
  'campaigns:read': 'member',
  'campaigns:write': 'member',
  'routing:read': 'member',
  'routing:write': 'member',
  'events:read': 'member',
  'team:read': 'member',
  'team:write': 'admin',
  'keys:read': 'admin',
  'keys:write': 'admin',
  'webhooks:read': 'member',
  'webhooks:write': 'admin',
} as const satisfies Record<string, Role>;

export type Scope = keyof typeof ROLE_FOR_SCOPE;

export const SCOPES = Object.keys(ROLE_FOR_SCOPE) as Scope[];

/**
 * What no test key may do, whatever it was given: a team is one team in both modes. A key that costs nothing when it
 * is lost could else invite an owner, who makes live keys, or remove a member, whose live keys stop.
 */
export const LIVE_KEYS_ONLY: readonly Scope[] = ['team:write'];

type Area = Scope extends `${infer Name}:${string}` ? Name : never;

/** What an API key can be given: a scope, all of an area (`numbers:*`), or everything (`*`). */
export type GrantedScope = '*' | `${Area}:*` | Scope;

const AREAS = [...new Set(SCOPES.map((scope) => areaOf(scope)))];

export const GRANTABLE_SCOPES: readonly GrantedScope[] = [
  '*',
  ...AREAS.map((area): GrantedScope => `${area}:*`),
  ...SCOPES,
];

/** Whether the granted scopes cover the needed one, which may be an area or everything itself. */
export function covers(granted: readonly string[], needed: GrantedScope): boolean {
  return granted.some(
    (scope) => scope === '*' || scope === needed || (needed !== '*' && scope === `${areaOf(needed)}:*`),
  );
}

function areaOf(scope: Exclude<GrantedScope, '*'>): Area {
  return scope.slice(0, scope.indexOf(':')) as Area;
}
