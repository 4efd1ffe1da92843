import type { ApiKey } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { problemAt } from '../../i18n/problems.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Problem } from '../../ui/problem.tsx';
import { useSavedForm } from '../../ui/saved-form.ts';
import { toast } from '../../ui/toast.tsx';
import { dayOf, endOfDay } from './expiry.ts';
import { apiKeysQuery } from './queries.ts';

/** A key's name and its last day. What it may do never changes: that takes a new one. */
export function EditKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const { t } = useTranslation(['apiKeys', 'common']);
  const workspace = useWorkspace();
  const { draft, set, changes, isChanged } = useSavedForm({
    name: apiKey.name,
    lastDay: apiKey.expires_at === null ? '' : dayOf(new Date(apiKey.expires_at)),
  });
  const save = useMutation({
    mutationFn: () => {
      const { name, lastDay } = changes;
      return workspace.client.apiKeys.update(apiKey.id, {
        ...(name !== undefined && { name }),
        ...(lastDay !== undefined && { expiresAt: lastDay === '' ? null : endOfDay(lastDay) }),
      });
    },
    onSuccess: async ({ apiKey: saved }) => {
      queryClient.setQueryData(apiKeysQuery(workspace).queryKey, (known) =>
        known?.map((each) => (each.id === saved.id ? saved : each)),
      );
      toast(t('saved', { name: saved.name }));
      onClose();
      await queryClient.invalidateQueries(apiKeysQuery(workspace));
    },
  });
  return (
    <FormDialog
      title={t('editTitle', { name: apiKey.name })}
      description={t('editLead')}
      action={t('common:save')}
      busy={save.isPending}
      onSubmit={() => {
        if (save.isPending) return;
        if (isChanged) save.mutate();
        else onClose();
      }}
      onClose={onClose}
    >
      <Field label={t('name')} error={problemAt(save.error, 'name')}>
        <Input
          value={draft.name}
          onChange={({ target }) => set({ name: target.value })}
          required
          maxLength={100}
          pattern=".*\S.*"
          autoComplete="off"
          autoFocus
        />
      </Field>
      <Field label={t('lastDay')} hint={t('lastDayHint')} error={problemAt(save.error, 'expiresAt')}>
        <Input
          type="date"
          value={draft.lastDay}
          min={changes.lastDay === undefined ? undefined : dayOf(new Date())}
          onChange={({ target }) => set({ lastDay: target.value })}
        />
      </Field>
      <Problem error={save.error} />
    </FormDialog>
  );
}
