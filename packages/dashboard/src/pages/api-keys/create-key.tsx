import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../../api/query-client.ts';
import { problemAt } from '../../i18n/problems.ts';
import { type Mode, useWorkspace } from '../../session/workspace.tsx';
import { Choice, Field, Input, Select } from '../../ui/form.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Problem } from '../../ui/problem.tsx';
import { SecretDialog } from '../../ui/secret-dialog.tsx';
import { dayOf, endOf, TERMS, type Term } from './expiry.ts';
import { apiKeysQuery } from './queries.ts';
import { ScopeChoice } from './scope-choice.tsx';
import { LIVE_KEYS_ONLY, type SingleScope } from './scopes.ts';

/** Asks what the key is to be, then shows its secret, once. */
export function CreateKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['apiKeys', 'common']);
  const workspace = useWorkspace();
  const [name, setName] = useState('');
  const [mode, setMode] = useState<Mode>(workspace.mode);
  const [reach, setReach] = useState<'all' | 'some'>('some');
  const [chosen, setChosen] = useState<ReadonlySet<SingleScope>>(new Set());
  const [term, setTerm] = useState<Term>('90');
  const [date, setDate] = useState('');
  const [isEmpty, setIsEmpty] = useState(false);
  const scopes = [...chosen].filter((scope) => mode === 'live' || !LIVE_KEYS_ONLY.includes(scope));
  const create = useMutation({
    mutationFn: () => {
      const expiresAt = endOf(term, date);
      return workspace.client.apiKeys.create({
        name,
        mode,
        scopes: reach === 'all' ? ['*'] : scopes,
        ...(expiresAt !== undefined && { expiresAt }),
      });
    },
    onSuccess: () => queryClient.invalidateQueries(apiKeysQuery(workspace)),
    // The secret goes when the dialog does.
    gcTime: 0,
  });
  if (create.data)
    return (
      <SecretDialog
        title={t('secretTitle', { name: create.data.apiKey.name })}
        once={t('secretOnce')}
        lead={t('secretLead')}
        label={t('secret')}
        secret={create.data.apiKey.fullKey}
        onClose={onClose}
      />
    );
  const submit = () => {
    const lacks = reach === 'some' && scopes.length === 0;
    setIsEmpty(lacks);
    if (!lacks && !create.isPending) create.mutate();
  };
  return (
    <FormDialog
      title={t('create')}
      description={t('createLead')}
      action={t('createAction')}
      busy={create.isPending}
      onSubmit={() => {
        submit();
      }}
      onClose={onClose}
    >
      <Field label={t('name')} hint={t('nameHint')} error={problemAt(create.error, 'name')}>
        <Input
          value={name}
          onChange={({ target }) => setName(target.value)}
          required
          maxLength={100}
          pattern=".*\S.*"
          autoComplete="off"
          autoFocus
        />
      </Field>
      <div>
        <Choice
          label={t('common:mode.label')}
          value={mode}
          options={[
            { value: 'test', label: t('common:mode.test') },
            { value: 'live', label: t('common:mode.live') },
          ]}
          onChange={setMode}
        />
        <p className="mt-1 text-sm text-muted">{t(`modes.${mode}`)}</p>
      </div>
      <div className="flex flex-wrap gap-3">
        <Field label={t('term')} error={problemAt(create.error, 'expiresAt')} className="flex-1 basis-40">
          <Select value={term} onChange={({ target }) => setTerm(target.value as Term)}>
            {TERMS.map((each) => (
              <option key={each} value={each}>
                {t(`terms.${each}`)}
              </option>
            ))}
          </Select>
        </Field>
        {term === 'date' && (
          <Field label={t('lastDay')} className="flex-1 basis-40">
            <Input
              type="date"
              value={date}
              min={dayOf(new Date())}
              onChange={({ target }) => setDate(target.value)}
              required
            />
          </Field>
        )}
      </div>
      <div>
        <Choice
          label={t('reach')}
          value={reach}
          options={[
            { value: 'some', label: t('reaches.some') },
            { value: 'all', label: t('reaches.all') },
          ]}
          onChange={setReach}
        />
        {reach === 'all' && <p className="mt-1 text-sm text-muted">{t('allHint')}</p>}
      </div>
      {reach === 'some' && <ScopeChoice mode={mode} chosen={chosen} onChange={setChosen} />}
      <p role="alert" className="text-sm text-danger empty:hidden">
        {isEmpty && reach === 'some' && scopes.length === 0 && t('noScopes')}
      </p>
      <Problem error={create.error} />
    </FormDialog>
  );
}
