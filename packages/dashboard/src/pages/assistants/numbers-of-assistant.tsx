import type { Assistant, AssistantNumber } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Unlink } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { formatPhone, usePhones } from '../../format/phone.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Badge, Card, Waiting } from '../../ui/page.tsx';
import { Phone } from '../../ui/phone.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toastProblem } from '../../ui/problem-toast.ts';
import { toast } from '../../ui/toast.tsx';
import { AddNumbers } from './add-numbers.tsx';
import { assistantNumbersQuery, refreshAssistants } from './queries.ts';

/** The numbers that an assistant answers and calls with; each can be taken away at once. */
export function NumbersOfAssistant({ assistant }: { assistant: Assistant }) {
  const { t } = useTranslation('assistants');
  const found = useQuery(assistantNumbersQuery(useWorkspace(), assistant.id));
  const [adding, setAdding] = useState(false);
  const numbers = found.data?.numbers;
  return (
    <Card
      title={numbers ? t('numbersTitle', { count: numbers.length }) : t('numbersColumn')}
      actions={
        <Button onClick={() => setAdding(true)} disabled={!found.data}>
          <Plus aria-hidden className="size-4" />
          {t('addNumbers')}
        </Button>
      }
    >
      {found.isPending && <Waiting />}
      <Problem error={found.error} onRetry={() => void found.refetch()} />
      {numbers?.length === 0 && <p className="text-sm text-muted">{t('noNumbers')}</p>}
      {numbers && numbers.length > 0 && (
        <ul className="-mb-2 max-h-[32rem] divide-y divide-line overflow-y-auto">
          {numbers.map((number) => (
            <NumberRow key={number.id} assistant={assistant} number={number} />
          ))}
        </ul>
      )}
      {adding && <AddNumbers assistant={assistant} onClose={() => setAdding(false)} />}
    </Card>
  );
}

function NumberRow({ assistant, number }: { assistant: Assistant; number: AssistantNumber }) {
  const { t } = useTranslation('assistants');
  const takeAway = useTakeAway(assistant);
  const { national } = usePhones()(number.phone_number);
  return (
    <li className="flex items-center gap-3 py-2 text-sm">
      <span className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          to="/numbers/$id"
          params={{ id: number.id }}
          className="min-w-0 rounded-md hover:text-accent hover:underline"
        >
          <Phone number={number.phone_number} label={number.label} />
        </Link>
        {number.status === 'suspended' && <Badge tone="warn">{t('suspended')}</Badge>}
        <RoutingBadge status={number.routing_status} />
      </span>
      <IconButton label={t('takeAway', { number: national })} onClick={() => takeAway.mutate(number)}>
        <Unlink aria-hidden className="size-4.5" />
      </IconButton>
    </li>
  );
}

function RoutingBadge({ status }: { status: string }) {
  const { t } = useTranslation('assistants');
  if (status === 'pending') return <Badge tone="accent">{t('routing.pending')}</Badge>;
  if (status === 'failed') return <Badge tone="danger">{t('routing.failed')}</Badge>;
  return null;
}

/** The number is out of the list at once, and back where the server says no. */
function useTakeAway(assistant: Assistant) {
  const { t } = useTranslation(['assistants', 'common']);
  const workspace = useWorkspace();
  const { queryKey } = assistantNumbersQuery(workspace, assistant.id);
  return useMutation({
    // One after the other: each sends the whole list.
    scope: { id: `numbers of ${assistant.id}` },
    mutationFn: async (number: AssistantNumber) => {
      const { assistants } = workspace.client;
      // As it is now: somebody else may have given it more.
      const { numbers } = await assistants.numbers(assistant.id);
      const kept = numbers.map(({ id }) => id).filter((id) => id !== number.id);
      return assistants.setNumbers(assistant.id, { phoneNumberIds: kept });
    },
    onMutate: async (number) => {
      await queryClient.cancelQueries({ queryKey });
      const taken = queryClient.getQueryData(queryKey)?.numbers.find(({ id }) => id === number.id);
      queryClient.setQueryData(
        queryKey,
        (known) => known && { ...known, numbers: known.numbers.filter(({ id }) => id !== number.id) },
      );
      return { taken };
    },
    onSuccess: (_, number) => {
      const { national } = formatPhone(number.phone_number);
      toast(t('tookAway', { number: national, name: assistant.name }));
    },
    onError: (error, number, noted) => {
      const taken = noted?.taken;
      // This one alone: others may be on their way out.
      if (taken)
        queryClient.setQueryData(queryKey, (known) =>
          known && !known.numbers.some(({ id }) => id === number.id)
            ? { ...known, numbers: [...known.numbers, taken] }
            : known,
        );
      toastProblem(error);
    },
    onSettled: () => refreshAssistants(workspace),
  });
}
