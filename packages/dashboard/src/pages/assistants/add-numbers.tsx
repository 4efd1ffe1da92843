import { AlreadyAssignedError, type Assistant, type AssistantNumber } from '@talkturo/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePhones } from '../../format/phone.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberChoice, type NumberOption } from '../../ui/number-choice.tsx';
import { Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { ShortList } from '../../ui/short-list.tsx';
import { toast } from '../../ui/toast.tsx';
import { assignmentsQuery, assistantNumbersQuery, refreshAssistants } from './queries.ts';

interface AddNumbersProps {
  assistant: Assistant;
  onClose: () => void;
}

/** Free numbers first, then those of other assistants, which asks before they move. */
export function AddNumbers({ assistant, onClose }: AddNumbersProps) {
  const { t } = useTranslation(['assistants', 'common']);
  const workspace = useWorkspace();
  const own = useQuery(assistantNumbersQuery(workspace, assistant.id));
  const assigned = useQuery(assignmentsQuery(workspace));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);

  const candidates = useMemo(
    () => [
      ...(own.data?.available ?? []),
      ...(assigned.data ?? []).filter(({ assistant_id }) => assistant_id !== assistant.id),
    ],
    [own.data, assigned.data, assistant.id],
  );
  const options = candidates.map(
    (number): NumberOption => ({
      ...number,
      note: number.assistant_name === null ? t('free') : t('isOn', { name: number.assistant_name }),
    }),
  );
  const moving = candidates.filter(({ id, assistant_id }) => chosen.has(id) && assistant_id !== null);

  const assign = useMutation({
    mutationFn: (reassign: boolean) =>
      workspace.client.assistants.assignNumbers(assistant.id, { phoneNumberIds: [...chosen], reassign }),
    onSuccess: () => {
      toast(t('assigned', { count: chosen.size, name: assistant.name }));
      onClose();
    },
    onError: async (error) => {
      // Somebody was quicker: show what is true now, and ask.
      if (!(error instanceof AlreadyAssignedError)) return;
      await Promise.all([own.refetch(), assigned.refetch()]);
      setAsking(true);
    },
    onSettled: () => refreshAssistants(workspace),
  });
  const isLoading = own.isPending || assigned.isPending;
  const error = own.error ?? assigned.error ?? (asking ? null : assign.error);

  if (asking) {
    return (
      <Dialog
        // Another dialog: whoever presses Enter twice has not confirmed this one.
        key="move"
        open
        onClose={onClose}
        title={t('moveTitle', { count: moving.length })}
        actions={
          <>
            <Button onClick={() => setAsking(false)} autoFocus>
              {t('common:back')}
            </Button>
            <Button look="primary" busy={assign.isPending} onClick={() => assign.mutate(true)}>
              {t('moveAction', { name: assistant.name })}
            </Button>
          </>
        }
      >
        <Moving numbers={moving} />
        {!(assign.error instanceof AlreadyAssignedError) && <Problem error={assign.error} />}
      </Dialog>
    );
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('addTitle', { name: assistant.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button
            look="primary"
            busy={assign.isPending}
            disabled={chosen.size === 0}
            onClick={() => (moving.length > 0 ? setAsking(true) : assign.mutate(false))}
          >
            {t('addAction')}
          </Button>
        </>
      }
    >
      {isLoading && <Waiting />}
      {!isLoading && candidates.length === 0 && (
        <p className="text-sm">
          {t('nothingToAdd')} <TextLink to="/numbers/buy">{t('buy')}</TextLink>
        </p>
      )}
      {!isLoading && candidates.length > 0 && (
        <NumberChoice label={t('numbersColumn')} options={options} chosen={chosen} onChange={setChosen} />
      )}
      <Problem error={error} />
    </Dialog>
  );
}

/** Which assistants lose which numbers. */
function Moving({ numbers }: { numbers: AssistantNumber[] }) {
  const formatPhone = usePhones();
  const { t } = useTranslation('assistants');
  return (
    <div className="space-y-3 text-sm">
      <p>{t('moveLead')}</p>
      <ShortList
        items={numbers.map(({ id, phone_number, assistant_name }) => ({
          id,
          text: t('moves', { number: formatPhone(phone_number).national, name: assistant_name ?? '' }),
        }))}
      />
    </div>
  );
}
