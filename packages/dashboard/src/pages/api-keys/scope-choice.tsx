import { useTranslation } from 'react-i18next';
import type { Mode } from '../../session/workspace.tsx';
import { LIVE_KEYS_ONLY, SCOPE_AREAS, SCOPES_BY_AREA, type SingleScope } from './scopes.ts';

interface ScopeChoiceProps {
  mode: Mode;
  chosen: ReadonlySet<SingleScope>;
  onChange: (chosen: ReadonlySet<SingleScope>) => void;
}

/** What a key may do, a sentence for each. */
export function ScopeChoice({ mode, chosen, onChange }: ScopeChoiceProps) {
  const { t } = useTranslation('apiKeys');
  const toggle = (scope: SingleScope, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(scope);
    else next.delete(scope);
    onChange(next);
  };
  return (
    <div className="divide-y divide-line rounded-lg border border-line">
      {SCOPE_AREAS.map((area) => (
        <fieldset key={area} className="px-4 py-3">
          <legend className="float-left mb-1.5 w-full text-sm font-medium">{t(`areas.${area}`)}</legend>
          <div className="clear-both space-y-1.5">
            {SCOPES_BY_AREA[area].map((scope: SingleScope) => {
              const isOut = mode === 'test' && LIVE_KEYS_ONLY.includes(scope);
              return (
                <label key={scope} className="flex cursor-pointer items-start gap-3 text-sm">
                  <input
                    type="checkbox"
                    value={scope}
                    checked={chosen.has(scope) && !isOut}
                    disabled={isOut}
                    onChange={({ target }) => toggle(scope, target.checked)}
                    className="mt-1 size-4 shrink-0 accent-accent"
                  />
                  <span className={isOut ? 'text-muted' : ''}>
                    {t(`may.${keyOf(scope)}`)}
                    {isOut && ` ${t('liveKeysOnly')}`}
                  </span>
                </label>
              );
            })}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

/** In the texts a colon would stand for a page. */
function keyOf<Scope extends SingleScope>(scope: Scope) {
  return scope.replace(':', '_') as Scope extends `${infer Area}:${infer Verb}` ? `${Area}_${Verb}` : never;
}
