import type { PhoneNumber } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { usePhones } from '../../format/phone.ts';
import { useTimes } from '../../format/time.ts';
import { sayProblem } from '../../i18n/problems.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { numberQuery, refreshNumbers } from './queries.ts';
import { statusOf } from './status-names.ts';

/** What is special about a number just now, and what to do about it. */
export function NumberState({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const { dateTime } = useTimes();
  const status = statusOf(number);
  if (status === 'releasing') return <Releasing number={number} />;
  if (status === 'purchasing') return <Notice tone="accent">{t('state.purchasing')}</Notice>;
  if (status === 'error') return <Notice tone="danger">{t('state.error')}</Notice>;
  if (status === 'released') {
    return (
      <Notice>
        {t('state.released', { when: number.released_at === null ? '–' : dateTime(number.released_at) })}
      </Notice>
    );
  }
  if (status === 'suspended') {
    return (
      <Notice tone="warn">
        {t('state.suspended', {
          when: number.suspension_ends_at === null ? '–' : dateTime(number.suspension_ends_at),
        })}
      </Notice>
    );
  }
  if (number.is_trial && number.trial_expires_at !== null) {
    return <Notice tone="warn">{t('state.trial', { when: dateTime(number.trial_expires_at) })}</Notice>;
  }
  return null;
}

function Releasing({ number }: { number: PhoneNumber }) {
  const formatPhone = usePhones();
  const { t } = useTranslation(['numbers', 'common']);
  const { dateTime } = useTimes();
  const workspace = useWorkspace();
  const restore = useMutation({
    mutationFn: () => workspace.client.phoneNumbers.restore(number.id),
    onSuccess: ({ phoneNumber }) => {
      queryClient.setQueryData(numberQuery(workspace, number.id).queryKey, phoneNumber);
      toast(t('release.restored', { number: formatPhone(number.phone_number).national }));
      void refreshNumbers(workspace);
    },
    onError: (error) => toast(sayProblem(error), 'danger'),
  });
  return (
    <Notice
      tone="warn"
      title={t('state.releasing')}
      action={
        <Button look="primary" onClick={() => restore.mutate()} busy={restore.isPending}>
          {t('release.restore')}
        </Button>
      }
    >
      {number.release_at !== null && t('state.releasingUntil', { when: dateTime(number.release_at) })}
    </Notice>
  );
}
