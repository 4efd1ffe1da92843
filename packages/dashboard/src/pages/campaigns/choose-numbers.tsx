import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../../session/workspace.tsx';
import { Button, TextLink } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { NumberChoice } from '../../ui/number-choice.tsx';
import { Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import type { Share } from './from-numbers.tsx';
import { callableNumbersQuery } from './queries.ts';

interface ChooseNumbersProps {
  shares: readonly Share[];
  onChoose: (shares: Share[]) => void;
  onClose: () => void;
}

/** Which of the team's numbers a campaign calls from. What was in it keeps its weight. */
export function ChooseNumbers({ shares, onChoose, onClose }: ChooseNumbersProps) {
  const { t } = useTranslation(['campaigns', 'common']);
  const found = useQuery(callableNumbersQuery(useWorkspace()));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(shares.map(({ id }) => id)));
  const numbers = found.data ?? [];
  const choose = () => {
    const kept = shares.filter(({ id }) => chosen.has(id));
    const there = new Set(shares.map(({ id }) => id));
    const added = numbers
      .filter(({ id }) => chosen.has(id) && !there.has(id))
      .map(({ id, phone_number, status }) => ({ id, phone_number, status, weight: '1' }));
    onChoose([...kept, ...added]);
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('chooseTitle')}
      description={t('chooseLead')}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button look="primary" disabled={!found.data} onClick={choose}>
            {t('chooseAction')}
          </Button>
        </>
      }
    >
      {found.isPending && <Waiting />}
      <Problem error={found.error} onRetry={() => void found.refetch()} />
      {found.data?.length === 0 && (
        <p className="text-sm">
          {t('nothingToChoose')} <TextLink to="/numbers/buy">{t('buy')}</TextLink>
        </p>
      )}
      {numbers.length > 0 && (
        <NumberChoice
          label={t('numbersColumn')}
          options={numbers.map(({ id, phone_number, assistant_name }) => ({
            id,
            phone_number,
            note: assistant_name ?? undefined,
          }))}
          chosen={chosen}
          onChange={setChosen}
        />
      )}
    </Dialog>
  );
}
