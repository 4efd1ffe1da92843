import type { PhoneNumber } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { sayProblem } from '../../i18n/problems.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Field } from '../../ui/form.tsx';
import { Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { assistantChoicesQuery, numberQuery, refreshNumbers } from './queries.ts';

const NOBODY = 'none';

/** Who answers and calls with the number: chosen at once, and taken back where the server says no. */
export function AssistantPicker({ number }: { number: PhoneNumber }) {
  const { t } = useTranslation(['numbers', 'common']);
  const workspace = useWorkspace();
  const assistants = useQuery(assistantChoicesQuery(workspace));
  const { queryKey } = numberQuery(workspace, number.id);
  const { client } = workspace;

  const assign = useMutation({
    mutationFn: async (to: { id: string; name: string } | null) => {
      if (to) {
        await client.assistants.assignNumbers(to.id, { phoneNumberIds: [number.id], reassign: true });
        return;
      }
      if (number.assistant_id === null) return;
      const { numbers } = await client.assistants.numbers(number.assistant_id);
      const others = numbers.map(({ id }) => id).filter((id) => id !== number.id);
      await client.assistants.setNumbers(number.assistant_id, { phoneNumberIds: others });
    },
    onMutate: async (to) => {
      await queryClient.cancelQueries({ queryKey, exact: true });
      const before = queryClient.getQueryData<PhoneNumber>(queryKey);
      if (before) {
        const { id = null, name = null } = to ?? {};
        queryClient.setQueryData<PhoneNumber>(queryKey, {
          ...before,
          assistant_id: id,
          assistant_name: name,
        });
      }
      return { before };
    },
    onError: (error, _to, context) => {
      if (context?.before) queryClient.setQueryData(queryKey, context.before);
      toast(t('assistant.failed', { reason: sayProblem(error) }), 'danger');
    },
    onSuccess: (_answer, to) =>
      toast(to ? t('assistant.assigned', { name: to.name }) : t('assistant.unassigned')),
    onSettled: () => refreshNumbers(workspace),
  });

  if (assistants.isPending) return <Waiting lines={1} />;
  if (assistants.error) return <Problem error={assistants.error} onRetry={() => void assistants.refetch()} />;
  if (number.status !== 'active' && number.status !== 'suspended') {
    return <p className="text-sm text-muted">{t('assistant.notNow')}</p>;
  }
  if (assistants.data.length === 0) return <p className="text-sm text-muted">{t('assistant.noneYet')}</p>;
  return (
    <Field label={t('assistant.label')} hint={t('assistant.hint')}>
      <Combobox
        options={[
          { value: NOBODY, label: t('assistant.nobody') },
          ...assistants.data.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={number.assistant_id ?? NOBODY}
        onChange={(id) => {
          if (id === (number.assistant_id ?? NOBODY)) return;
          assign.mutate(assistants.data.find((each) => each.id === id) ?? null);
        }}
        searchLabel={t('assistant.search')}
        nothingFound={t('assistant.notFound')}
      />
    </Field>
  );
}
