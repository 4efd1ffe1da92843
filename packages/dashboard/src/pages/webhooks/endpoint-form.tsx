import type { WebhookEndpoint } from '@talkturo/client';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemAt } from '../../i18n/problems.ts';
import { Field, Input } from '../../ui/form.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Problem } from '../../ui/problem.tsx';
import type { EventFilter } from '../activity/event-types.ts';
import type { EndpointDraft } from './queries.ts';
import { TypePicker } from './type-picker.tsx';

interface EndpointDialogProps {
  title: string;
  action: string;
  /** What is there already; left out for a new one. */
  endpoint?: WebhookEndpoint;
  onClose: () => void;
  onSave: (draft: EndpointDraft) => void;
  busy: boolean;
  error: Error | null;
}

/** Asks for the address, what it is for, and which events it gets. */
export function EndpointDialog({
  title,
  action,
  endpoint,
  onClose,
  onSave,
  busy,
  error,
}: EndpointDialogProps) {
  const { t } = useTranslation(['webhooks', 'common']);
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [types, setTypes] = useState<EventFilter[] | null>((endpoint?.types as EventFilter[]) ?? []);
  const [tried, setTried] = useState(false);
  const submit = () => {
    setTried(true);
    if (types !== null && !busy) onSave({ url: url.trim(), description: description.trim() || null, types });
  };
  const atUrl = problemAt(error, 'url');
  return (
    <FormDialog title={title} action={action} busy={busy} onSubmit={submit} onClose={onClose}>
      <Field label={t('address')} hint={t('addressHint')} error={atUrl}>
        <Input
          type="url"
          required
          maxLength={2048}
          value={url}
          onChange={(event) => setUrl(event.target.value)}
          placeholder="https://example.com/webhooks"
          autoComplete="off"
        />
      </Field>
      <Field label={t('description')} hint={t('descriptionHint')} error={problemAt(error, 'description')}>
        <Input
          maxLength={200}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
          autoComplete="off"
        />
      </Field>
      <TypePicker
        types={types}
        onChange={setTypes}
        error={tried && types === null ? t('chooseOne') : undefined}
      />
      {atUrl === undefined && <Problem error={error} />}
    </FormDialog>
  );
}
