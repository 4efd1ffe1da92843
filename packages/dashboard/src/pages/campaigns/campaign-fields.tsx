import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemAt } from '../../i18n/problems.ts';
import { useWorkspace } from '../../session/workspace.tsx';
import { Field, Input, Select } from '../../ui/form.tsx';
import { assistantsQuery } from '../assistants/queries.ts';
import type { CampaignDraft } from './draft.ts';

interface CampaignFieldsProps {
  draft: CampaignDraft;
  onChange: (change: Partial<CampaignDraft>) => void;
  error: Error | null;
  /** The assistant that the list may not have yet. */
  assistant?: { id: string; name: string } | undefined;
  disabled?: boolean;
  autoFocus?: boolean;
}

export function CampaignFields(props: CampaignFieldsProps) {
  const { draft, onChange, error, assistant, disabled, autoFocus } = props;
  const { t } = useTranslation('campaigns');
  const assistants = useQuery(assistantsQuery(useWorkspace()));
  const known = assistants.data ?? [];
  return (
    <fieldset disabled={disabled} className="min-w-0 space-y-4">
      <Field label={t('name')} error={problemAt(error, 'name')}>
        <Input
          value={draft.name}
          onChange={({ target }) => onChange({ name: target.value })}
          required
          maxLength={100}
          pattern=".*\S.*"
          autoComplete="off"
          autoFocus={autoFocus}
        />
      </Field>
      <Field label={t('assistant')} hint={t('assistantHint')} error={problemAt(error, 'assistantId')}>
        <Select
          value={draft.assistantId}
          onChange={({ target }) => onChange({ assistantId: target.value })}
          aria-busy={assistants.isPending}
        >
          <option value="">{t('noAssistant')}</option>
          {assistant && !known.some(({ id }) => id === assistant.id) && (
            <option value={assistant.id}>{assistant.name}</option>
          )}
          {known.map(({ id, name, outbound_enabled }) => (
            <option key={id} value={id} disabled={!outbound_enabled && id !== draft.assistantId}>
              {outbound_enabled ? name : t('outboundOff', { name })}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t('dailyCap')} hint={t('dailyCapHint')} error={problemAt(error, 'dailyCapPerNumber')}>
        <Input
          type="number"
          inputMode="numeric"
          min={1}
          max={100_000}
          step={1}
          value={draft.dailyCap}
          onChange={({ target }) => onChange({ dailyCap: target.value })}
        />
      </Field>
    </fieldset>
  );
}
