import type { WebhookEndpoint } from '@talkturo/client';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTimes } from '../../format/time.ts';
import { isAtLeast } from '../../session/roles.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { Switch } from '../../ui/form.tsx';
import { Badge, Card, Fact, Facts, Notice, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { useEventTypes } from '../activity/event-types.ts';
import { Deliveries } from './deliveries.tsx';
import { EndpointActions } from './endpoint-actions.tsx';
import { useEndpoint, useEndpointChange } from './queries.ts';
import { StateBadge } from './state-badge.tsx';

const route = getRouteApi('/signed-in/app/webhooks/$id');

/** One endpoint: what it gets, whether it is on, and what was sent to it. */
export function EndpointPage() {
  const { t } = useTranslation('webhooks');
  const { team } = useWorkspace();
  const { id } = route.useParams();
  const { data: endpoint, error, isPending, refetch } = useEndpoint(id);
  const mayWrite = isAtLeast(team.role, 'admin');
  return (
    <Page
      title={endpoint?.url ?? t('title')}
      trail={<TextLink to="/webhooks">{t('title')}</TextLink>}
      lead={endpoint?.description}
      actions={endpoint && mayWrite && <EndpointActions endpoint={endpoint} />}
    >
      {isPending && <Waiting lines={5} />}
      {!endpoint && <Problem error={error} onRetry={() => void refetch()} />}
      {endpoint && (
        <div className="space-y-6">
          <Settings endpoint={endpoint} mayWrite={mayWrite} />
          <Deliveries endpoint={endpoint} mayWrite={mayWrite} />
        </div>
      )}
    </Page>
  );
}

function Settings({ endpoint, mayWrite }: { endpoint: WebhookEndpoint; mayWrite: boolean }) {
  const { t } = useTranslation('webhooks');
  const { client } = useWorkspace();
  const { dateTime } = useTimes();
  const { nameOf } = useEventTypes();
  const toggle = useEndpointChange((enabled: boolean) =>
    client.webhookEndpoints.update(endpoint.id, { enabled }),
  );
  const turn = (enabled: boolean) =>
    toggle.mutate(enabled, { onSuccess: () => toast(t(enabled ? 'turnedOn' : 'turnedOff')) });
  // What was pressed shows at once; where it failed, what was comes back.
  const enabled = toggle.isPending ? toggle.variables : endpoint.enabled;
  const { disabled_reason, disabled_at } = endpoint;
  return (
    <>
      {disabled_reason !== null && (
        <Notice
          tone="danger"
          title={t('disabledTitle')}
          action={
            mayWrite && (
              <Button busy={toggle.isPending} onClick={() => turn(true)}>
                {t('turnOn')}
              </Button>
            )
          }
        >
          <p>
            {t(disabled_reason === 'gone' ? 'disabledGone' : 'disabledFailing', {
              at: disabled_at === null ? '' : dateTime(disabled_at),
            })}
          </p>
          <p className="mt-1">
            {t('missed')}{' '}
            <TextLink to="/activity" search={{}} className="text-inherit!">
              {t('toActivity')}
            </TextLink>
          </p>
        </Notice>
      )}
      {endpoint.enabled && endpoint.failing_since !== null && (
        <Notice tone="warn">{t('failingSince', { at: dateTime(endpoint.failing_since) })}</Notice>
      )}
      <Problem error={toggle.error} />
      <Card>
        <div className="grid gap-6 md:grid-cols-2">
          <Facts>
            <Fact name={t('state')}>
              <StateBadge endpoint={endpoint} />
            </Fact>
            <Fact name={t('events')}>
              <ul className="flex flex-wrap gap-1.5">
                {endpoint.types.length === 0 ? (
                  <li>{t('allEvents')}</li>
                ) : (
                  endpoint.types.map((type) => (
                    <li key={type}>
                      <Badge>{nameOf(type)}</Badge>
                    </li>
                  ))
                )}
              </ul>
            </Fact>
            <Fact name={t('added')}>{dateTime(endpoint.created_at)}</Fact>
            {endpoint.previous_secret_expires_at !== null && (
              <Fact name={t('secret.label')}>
                {t('overlap', { at: dateTime(endpoint.previous_secret_expires_at) })}
              </Fact>
            )}
          </Facts>
          <Switch
            checked={enabled}
            onChange={turn}
            label={t('enabled')}
            hint={t('enabledHint')}
            disabled={!mayWrite}
          />
        </div>
      </Card>
    </>
  );
}
