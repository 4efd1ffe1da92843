import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { problemAt } from '../../i18n/problems.ts';
import { forgetSession } from '../../session/session.ts';
import { Button, LinkButton, TextLink } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Notice } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { DoorPage, onSubmit } from './door-page.tsx';
import { isLongEnough } from './password-rule.ts';

const route = getRouteApi('/doors/reset-password');

export function ResetPasswordPage() {
  const { t } = useTranslation('auth');
  const { token } = route.useSearch();
  const [tooShort, setTooShort] = useState(false);
  const reset = useMutation({
    mutationFn: (wish: { token: string; newPassword: string }) => api.auth.resetPassword(wish),
    onSuccess: forgetSession,
  });
  if (token === undefined) {
    return (
      <DoorPage title={t('reset.title')}>
        <Notice tone="warn">{t('reset.noToken')}</Notice>
        <TextLink to="/forgot-password">{t('forgot.action')}</TextLink>
      </DoorPage>
    );
  }
  if (reset.isSuccess) {
    return (
      <DoorPage title={t('reset.title')}>
        <div role="status">
          <Notice tone="ok">{t('reset.done')}</Notice>
        </div>
        <LinkButton look="primary" to="/sign-in">
          {t('toSignIn')}
        </LinkButton>
      </DoorPage>
    );
  }
  return (
    <DoorPage title={t('reset.title')} lead={t('reset.lead')}>
      <form
        className="space-y-4"
        onSubmit={onSubmit(({ newPassword = '' }) => {
          setTooShort(!isLongEnough(newPassword));
          if (isLongEnough(newPassword)) reset.mutate({ token, newPassword });
        })}
      >
        <Field
          label={t('newPassword')}
          hint={t('passwordHint')}
          error={tooShort ? t('passwordTooShort') : problemAt(reset.error, 'newPassword')}
        >
          <Input
            type="password"
            name="newPassword"
            autoComplete="new-password"
            required
            maxLength={128}
            autoFocus
          />
        </Field>
        <Problem error={reset.error} />
        <Button type="submit" look="primary" busy={reset.isPending} className="w-full">
          {t('reset.action')}
        </Button>
      </form>
      {reset.error && (
        <p className="text-sm">
          <TextLink to="/forgot-password">{t('forgot.action')}</TextLink>
        </p>
      )}
    </DoorPage>
  );
}
