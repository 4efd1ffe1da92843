/** What a use case can demand of an API key. */
export type Scope = 'numbers:read' | 'numbers:write';

/** What an API key can be given: a scope, all of an area (`numbers:*`), or everything (`*`). */
export const GRANTABLE_SCOPES = ['*', 'numbers:*', 'numbers:read', 'numbers:write'] as const;

export type GrantedScope = (typeof GRANTABLE_SCOPES)[number];

/** Whether the granted scopes cover the needed one. */
export function covers(granted: readonly string[], needed: Scope): boolean {
  const area = needed.slice(0, needed.indexOf(':'));
  return granted.some((scope) => scope === '*' || scope === needed || scope === `${area}:*`);
}
