import type { OperatorTeam, paths } from '@talkturo/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemAt } from '../../i18n/problems.ts';
import { Field, Input, Select } from '../../ui/form.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Notice } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { OPERATOR_KEY, useOperator } from './operator-client.tsx';

type PlanWish = paths['/api/operator/teams/{id}/plan']['put']['requestBody']['content']['application/json'];
export type PlanId = PlanWish['plan'];

const PLAN_IDS: readonly PlanId[] = ['free', 'starter', 'growth', 'business', 'enterprise'];

/** Puts a team on another plan, and says before what comes of it. */
export function ChangePlan({ team, onClose }: { team: OperatorTeam; onClose: () => void }) {
  const { t } = useTranslation(['operator', 'common']);
  const ask = useOperator();
  const queryClient = useQueryClient();
  const [plan, setPlan] = useState(team.plan as PlanId);
  const [maxNumbers, setMaxNumbers] = useState(team.max_numbers?.toString() ?? '');
  const change = useMutation({
    mutationFn: (wish: PlanWish) => ask((operator) => operator.changePlan(team.id, wish)),
    onSuccess: () => {
      toast(t('teams.changed', { team: team.name, plan: t(`plans.${plan}`) }));
      onClose();
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: [OPERATOR_KEY] }),
  });
  const hasOwnFigure = plan === 'enterprise';
  const submit = () => {
    if (change.isPending) return;
    change.mutate({
      plan,
      ...(hasOwnFigure && maxNumbers !== '' && { maxNumbers: Number(maxNumbers) }),
    });
  };
  const atMaxNumbers = problemAt(change.error, 'maxNumbers');
  return (
    <FormDialog
      title={t('teams.changeOf', { team: team.name })}
      action={t('teams.change')}
      busy={change.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label={t('teams.plan')}>
        <Select value={plan} onChange={(event) => setPlan(event.target.value as PlanId)}>
          {PLAN_IDS.map((id) => (
            <option key={id} value={id}>
              {t(`plans.${id}`)}
            </option>
          ))}
        </Select>
      </Field>
      {hasOwnFigure && (
        <Field label={t('teams.maxNumbers')} hint={t('teams.maxNumbersHint')} error={atMaxNumbers}>
          <Input
            type="number"
            min={1}
            max={100_000}
            value={maxNumbers}
            onChange={(event) => setMaxNumbers(event.target.value)}
          />
        </Field>
      )}
      {plan !== team.plan && (
        <Notice tone={plan === 'free' ? 'warn' : 'neutral'}>
          {t(plan === 'free' ? 'teams.toFree' : 'teams.toPaid')}
        </Notice>
      )}
      {atMaxNumbers === undefined && <Problem error={change.error} />}
    </FormDialog>
  );
}
