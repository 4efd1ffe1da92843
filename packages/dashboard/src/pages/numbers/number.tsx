import { NotFoundError, type PhoneNumber } from '@talkturo/client';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { PhoneOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMoney } from '../../format/money.ts';
import { usePhones } from '../../format/phone.ts';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, LinkButton, TextLink } from '../../ui/button.tsx';
import { Flag } from '../../ui/flag.tsx';
import { Badge, Card, EmptyState, Fact, Facts, Page, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { AssistantPicker } from './assistant-picker.tsx';
import { CallerIdCard } from './caller-id-card.tsx';
import { LabelAndLock } from './label-and-lock.tsx';
import { NumberState } from './number-state.tsx';
import { numberQuery } from './queries.ts';
import { ReleaseDialog } from './release-dialog.tsx';
import { StatusBadge, TrialBadge } from './status.tsx';
import { Timeline } from './timeline.tsx';

const route = getRouteApi('/signed-in/app/numbers/$id');

/** While something is on its way the number is looked at anew, ms. */
const LOOK_MS = 3_000;

const ON_THE_WAY = ['purchasing'];

/** Everything about one number, and what can be done with it. */
export function NumberPage() {
  const { t } = useTranslation(['numbers', 'common']);
  const { id } = route.useParams();
  const workspace = useWorkspace();
  const query = useQuery({
    ...numberQuery(workspace, id),
    refetchInterval: ({ state }) => {
      const number = state.data;
      const isMoving = number && (ON_THE_WAY.includes(number.status) || number.routing_status === 'pending');
      return isMoving ? LOOK_MS : false;
    },
  });
  const trail = <TextLink to="/numbers">{t('title')}</TextLink>;
  if (query.error instanceof NotFoundError) {
    return (
      <Page title={t('one.notFound')} trail={trail}>
        <EmptyState
          icon={<PhoneOff />}
          title={t('one.notFound')}
          action={<LinkButton to="/numbers">{t('title')}</LinkButton>}
        >
          {t('one.notFoundHint')}
        </EmptyState>
      </Page>
    );
  }
  if (!query.data) {
    return (
      <Page title={t('one.title')} trail={trail}>
        {query.error ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Waiting lines={6} />
        )}
      </Page>
    );
  }
  return <NumberOf number={query.data} trail={trail} />;
}

function NumberOf({ number, trail }: { number: PhoneNumber; trail: React.ReactNode }) {
  const formatPhone = usePhones();
  const { t } = useTranslation(['numbers', 'common']);
  const [isReleasing, setIsReleasing] = useState(false);
  const { national, country, type } = formatPhone(number.phone_number);
  const canRelease = ['active', 'suspended', 'error'].includes(number.status);
  return (
    <Page
      title={number.label ?? national}
      windowTitle={number.label === null ? national : `${number.label}, ${national}`}
      trail={trail}
      actions={
        canRelease && (
          <Button
            onClick={() => setIsReleasing(true)}
            disabled={number.deletion_lock}
            title={number.deletion_lock ? t('one.locked') : undefined}
          >
            {number.status === 'error' ? t('release.dismiss') : t('release.action')}
          </Button>
        )
      }
    >
      <p className="tabular -mt-4 mb-6 flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <Flag country={country} />
        <span className="font-medium">{national}</span>
        <span className="text-muted">{number.phone_number}</span>
        <Badge>{t(`type.${type}`)}</Badge>
        <StatusBadge number={number} />
        <TrialBadge number={number} />
      </p>
      <div className="space-y-4">
        <NumberState number={number} />
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <div className="space-y-4">
            <Card title={t('columns.assistant')}>
              <AssistantPicker number={number} />
            </Card>
            <CallerIdCard number={number} />
            <Timeline number={number} />
          </div>
          <div className="space-y-4">
            <LabelAndLock key={number.id} number={number} />
            <DetailsCard number={number} />
          </div>
        </div>
      </div>
      {isReleasing && <ReleaseDialog number={number} onClose={() => setIsReleasing(false)} />}
    </Page>
  );
}

const ROUTING_TONES = { in_sync: 'ok', pending: 'accent', failed: 'danger' } as const;

function DetailsCard({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const { money } = useMoney();
  const { dateTime } = useTimes();
  const routing = number.routing_status as keyof typeof ROUTING_TONES;
  return (
    <Card title={t('one.details')}>
      <Facts>
        <Fact name={t('columns.price')}>
          <span className="tabular font-medium">{money(number.monthly_price)}</span>
        </Fact>
        <Fact name={t('one.setup')}>
          <span className="tabular">{money(number.setup_price)}</span>
        </Fact>
        <Fact name={t('columns.since')}>{dateTime(number.created_at)}</Fact>
        <Fact name={t('columns.boughtBy')}>
          {number.created_by_name ?? '–'}
          {number.created_by_email !== null && (
            <span className="block text-muted">{number.created_by_email}</span>
          )}
        </Fact>
        <Fact name={t('one.routing')}>
          <Badge tone={ROUTING_TONES[routing]}>{t(`routing.${routing}`)}</Badge>
          <span className="mt-1 block text-muted">{t(`routing.hint.${routing}`)}</span>
        </Fact>
        <Fact name={t('one.connection')}>{number.connection_id ?? t('one.noConnection')}</Fact>
        <Fact name={t('one.id')}>
          <code className="text-xs">{number.id}</code>
        </Fact>
        {number.provider_number_id !== null && (
          <Fact name={t('one.carrierId')}>
            <code className="text-xs">{number.provider_number_id}</code>
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
