import type { ApiKey } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { useTimes } from '../../format/time.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { toast } from '../../ui/toast.tsx';
import { apiKeysQuery } from './queries.ts';

export function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation('apiKeys');
  const { dateTime } = useTimes();
  const workspace = useWorkspace();
  const { name, last_used_at } = apiKey;
  const revoke = useMutation({
    mutationFn: () => workspace.client.apiKeys.revoke(apiKey.id),
    onSuccess: async ({ apiKey: revoked }) => {
      toast(t('revoked', { name }));
      onClose();
      queryClient.setQueryData(apiKeysQuery(workspace).queryKey, (known) =>
        known?.map((each) => (each.id === revoked.id ? revoked : each)),
      );
      await queryClient.invalidateQueries(apiKeysQuery(workspace));
    },
  });
  return (
    <Confirm
      open
      onClose={onClose}
      title={t('revokeTitle', { name })}
      action={t('revoke')}
      busy={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
    >
      <p className="text-sm">{t('revokeLead')}</p>
      <p className="text-sm text-muted">
        {last_used_at === null ? t('neverUsed') : t('usedLast', { time: dateTime(last_used_at) })}
      </p>
    </Confirm>
  );
}
