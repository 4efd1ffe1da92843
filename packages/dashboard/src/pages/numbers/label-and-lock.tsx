import type { PhoneNumber } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { problemAt, sayProblem } from '../../i18n/problems.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button } from '../../ui/button.tsx';
import { Field, Input, Switch } from '../../ui/form.tsx';
import { Card } from '../../ui/page.tsx';
import { toast } from '../../ui/toast.tsx';
import { numberQuery, refreshNumbers } from './queries.ts';

/** What the team calls the number, and whether it is locked against release. */
export function LabelAndLock({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const [label, setLabel] = useState(number.label ?? '');
  const { queryKey } = numberQuery(workspace, number.id);

  const update = useMutation({
    mutationFn: (change: { label?: string | null; deletionLock?: boolean }) =>
      workspace.client.phoneNumbers.update(number.id, change),
    onMutate: async ({ deletionLock, label: name }) => {
      await queryClient.cancelQueries({ queryKey, exact: true });
      const before = queryClient.getQueryData<PhoneNumber>(queryKey);
      if (before) {
        queryClient.setQueryData<PhoneNumber>(queryKey, {
          ...before,
          ...(deletionLock !== undefined && { deletion_lock: deletionLock }),
          ...(name !== undefined && { label: name }),
        });
      }
      return { before };
    },
    onError: (error, _change, context) => {
      if (context?.before) queryClient.setQueryData(queryKey, context.before);
      toast(sayProblem(error), 'danger');
    },
    onSuccess: (_answer, { label: name }) => {
      if (name !== undefined) toast(t('label.saved'));
    },
    onSettled: () => refreshNumbers(workspace),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    update.mutate({ label: label.trim() === '' ? null : label.trim() });
  };
  const isChanged = label.trim() !== (number.label ?? '');
  return (
    <Card>
      <form onSubmit={save} className="mb-5 flex items-start gap-2">
        <Field
          label={t('columns.label')}
          hint={t('label.hint')}
          error={problemAt(update.error, 'label')}
          className="flex-1"
        >
          <Input value={label} maxLength={100} onChange={(event) => setLabel(event.target.value)} />
        </Field>
        <Button type="submit" className="mt-6" disabled={!isChanged} busy={update.isPending && isChanged}>
          {t('common:save')}
        </Button>
      </form>
      <Switch
        label={t('lock.label')}
        hint={t('lock.hint')}
        checked={number.deletion_lock}
        onChange={(deletionLock) => update.mutate({ deletionLock })}
      />
    </Card>
  );
}
