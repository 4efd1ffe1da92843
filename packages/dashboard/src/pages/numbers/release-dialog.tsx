import type { PhoneNumber } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useMoney } from '../../format/money.ts';
import { formatPhone, usePhones } from '../../format/phone.ts';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { campaignsOfNumberQuery, numberQuery, refreshNumbers, teamQuery } from './queries.ts';

/** What is lost with a number, by name, and the number typed before it goes. */
export function ReleaseDialog({ number, onClose }: { number: PhoneNumber; onClose: () => void }) {
  const { t } = useTranslation(['numbers', 'common']);
  const { date, dateTime } = useTimes();
  const { money } = useMoney();
  const workspace = useWorkspace();
  const formId = useId();
  const [typed, setTyped] = useState('');
  const campaigns = useQuery(campaignsOfNumberQuery(workspace, number.id));
  const graceDays = useQuery(teamQuery(workspace)).data?.release_grace_days;
  const { national } = usePhones()(number.phone_number);
  const isFailed = number.status === 'error';
  const isTyped = isFailed || fits(typed, number.phone_number);

  const release = useMutation({
    mutationFn: () => workspace.client.phoneNumbers.release(number.id),
    onSuccess: ({ phoneNumber }) => {
      queryClient.setQueryData(numberQuery(workspace, number.id).queryKey, phoneNumber);
      toast(
        phoneNumber.release_at === null
          ? t('release.gone', { number: national })
          : t('release.done', { number: national, when: dateTime(phoneNumber.release_at) }),
      );
      void refreshNumbers(workspace);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isTyped && !release.isPending) release.mutate();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={
        isFailed ? t('release.dismissTitle', { number: national }) : t('release.title', { number: national })
      }
      actions={
        <>
          <Button look="quiet" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" form={formId} look="danger" disabled={!isTyped} busy={release.isPending}>
            {isFailed ? t('release.dismiss') : t('release.action')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit} className="space-y-4">
        {isFailed ? (
          <p>{t('release.dismissNote')}</p>
        ) : (
          <>
            <ul className="list-disc space-y-1.5 pl-5">
              <li>{t('release.outOfService')}</li>
              {number.assistant_name !== null && (
                <li>{t('release.assistant', { name: number.assistant_name })}</li>
              )}
              {campaigns.data && campaigns.data.length > 0 && (
                <li>
                  {t('release.campaigns', {
                    count: campaigns.data.length,
                    names: campaigns.data.map(({ name }) => t('release.quoted', { name })).join(', '),
                  })}
                </li>
              )}
              {number.monthly_price !== null && (
                <li>{t('release.saves', { price: money(number.monthly_price) })}</li>
              )}
              {number.is_trial ? (
                <li>{t('release.restorableTrial')}</li>
              ) : (
                graceDays !== undefined && (
                  <li>{t('release.restorable', { count: graceDays, when: date(inDays(graceDays)) })}</li>
                )
              )}
            </ul>
            <Field label={t('release.type', { number: national })}>
              <Input
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                inputMode="tel"
                autoComplete="off"
                placeholder={national}
                className="tabular"
              />
            </Field>
          </>
        )}
        <Problem error={release.error} />
      </form>
    </Dialog>
  );
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 24 * 60 * 60_000).toISOString();
}

/** However somebody writes it, with or without the country. */
function fits(typed: string, e164: string): boolean {
  const digits = typed.replace(/\D/g, '').replace(/^0+/, '');
  const { national } = formatPhone(e164);
  const wanted = [e164.slice(1), national.replace(/\D/g, '').replace(/^0+/, '')];
  return digits.length >= 5 && wanted.includes(digits);
}
