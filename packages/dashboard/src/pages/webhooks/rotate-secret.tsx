import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field, Select } from '../../ui/form.tsx';
import { EndpointSecret } from './endpoint-secret.tsx';
import { useEndpointChange } from './queries.ts';

/** Hours for which the old secret signs too, as the API allows them. */
const OVERLAPS = [1, 24, 72, 168, 0];
const DAY_HOURS = 24;

/** Makes a new secret and shows it. */
export function RotateSecret({ id, open, onClose }: { id: string; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const { client } = useWorkspace();
  const [overlapHours, setOverlapHours] = useState(DAY_HOURS);
  const rotate = useEndpointChange(() => client.webhookEndpoints.rotateSecret(id, { overlapHours }));
  const nameOf = (hours: number) => {
    if (hours === 0) return t('atOnce');
    return hours < DAY_HOURS ? t('hours', { count: hours }) : t('days', { count: hours / DAY_HOURS });
  };
  return (
    <>
      <Confirm
        open={open}
        onClose={onClose}
        title={t('rotateTitle')}
        action={t('rotate')}
        danger={overlapHours === 0}
        onConfirm={() => rotate.mutate(undefined, { onSuccess: onClose })}
        busy={rotate.isPending}
        error={rotate.error}
      >
        <p>{t('rotateWhy')}</p>
        <Field label={t('rotateHours')}>
          <Select value={overlapHours} onChange={(event) => setOverlapHours(Number(event.target.value))}>
            {OVERLAPS.map((hours) => (
              <option key={hours} value={hours}>
                {nameOf(hours)}
              </option>
            ))}
          </Select>
        </Field>
      </Confirm>
      <EndpointSecret secret={rotate.data?.endpoint.secret} onClose={() => rotate.reset()} />
    </>
  );
}
