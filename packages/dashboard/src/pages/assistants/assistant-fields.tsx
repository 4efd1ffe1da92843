import { useTranslation } from 'react-i18next';
import { problemAt } from '../../i18n/problems.ts';
import { Field, Input, Select, Switch, TextArea } from '../../ui/form.tsx';
import { type AssistantDraft, type DraftMistake, TEMPLATES, type Template } from './draft.ts';

interface AssistantFieldsProps {
  draft: AssistantDraft;
  onChange: (change: Partial<AssistantDraft>) => void;
  mistakes: readonly DraftMistake[];
  error: Error | null;
  /** Puts the focus into the name. */
  autoFocus?: boolean;
}

/** Everything that can be said about an assistant; what few need is folded away. */
export function AssistantFields({ draft, onChange, mistakes, error, autoFocus }: AssistantFieldsProps) {
  const { t } = useTranslation('assistants');
  const mistakeAt = (field: DraftMistake) =>
    mistakes.includes(field) ? t(`mistakes.${field}`) : problemAt(error, field);
  return (
    <div className="space-y-4">
      <Field label={t('name')} hint={t('nameHint')} error={problemAt(error, 'name')}>
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
      <Field label={t('template')} hint={t(`templateHints.${draft.templateId}`)}>
        <Select
          value={draft.templateId}
          onChange={({ target }) => onChange({ templateId: target.value as Template })}
        >
          {TEMPLATES.map((template) => (
            <option key={template} value={template}>
              {t(`templates.${template}`)}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Switch
          label={t('inbound')}
          hint={t('inboundHint')}
          checked={draft.inboundEnabled}
          onChange={(inboundEnabled) => onChange({ inboundEnabled })}
        />
        <Switch
          label={t('outbound')}
          hint={t('outboundHint')}
          checked={draft.outboundEnabled}
          onChange={(outboundEnabled) => onChange({ outboundEnabled })}
        />
      </div>
      <details open={mistakes.length > 0 || undefined} className="group rounded-lg border border-line">
        <summary className="rounded-lg px-4 py-2.5 text-sm group-open:rounded-b-none font-medium hover:bg-sunken">
          {t('more')}
        </summary>
        <div className="space-y-4 border-t border-line p-4">
          <Field label={t('connection')} hint={t('connectionHint')} error={mistakeAt('connectionId')}>
            <Input
              value={draft.connectionId}
              onChange={({ target }) => onChange({ connectionId: target.value })}
              maxLength={64}
              autoComplete="off"
              spellCheck={false}
            />
          </Field>
          <Field label={t('fallback')} hint={t('fallbackHint')} error={mistakeAt('fallbackNumber')}>
            <Input
              type="tel"
              value={draft.fallbackNumber}
              onChange={({ target }) => onChange({ fallbackNumber: target.value })}
              maxLength={32}
              autoComplete="off"
              placeholder="+14155550101"
            />
          </Field>
          <Field label={t('metadata')} hint={t('metadataHint')} error={mistakeAt('metadata')}>
            <TextArea
              value={draft.metadata}
              onChange={({ target }) => onChange({ metadata: target.value })}
              rows={6}
              spellCheck={false}
              className="font-mono text-sm"
            />
          </Field>
        </div>
      </details>
    </div>
  );
}
