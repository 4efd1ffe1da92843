import type { OperatorTeam, paths } from '@talkturo/client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemAt } from '../../i18n/problems.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input, Select } from '../../ui/form.tsx';
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
  const form = useId();
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (change.isPending) return;
    change.mutate({
      plan,
      ...(hasOwnFigure && maxNumbers !== '' && { maxNumbers: Number(maxNumbers) }),
    });
  };
  const atMaxNumbers = problemAt(change.error, 'maxNumbers');
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('teams.changeOf', { team: team.name })}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="submit" form={form} look="primary" busy={change.isPending}>
            {t('teams.change')}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="space-y-4">
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
      </form>
    </Dialog>
  );
}
