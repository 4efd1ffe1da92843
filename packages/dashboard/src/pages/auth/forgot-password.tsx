import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { Button, TextLink } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Notice } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { DoorPage, onSubmit } from './door-page.tsx';

export function ForgotPasswordPage() {
  const { t } = useTranslation('auth');
  const ask = useMutation({ mutationFn: (email: string) => api.auth.forgotPassword({ email }) });
  return (
    <DoorPage title={t('forgot.title')} lead={t('forgot.lead')}>
      <form className="space-y-4" onSubmit={onSubmit(({ email = '' }) => ask.mutate(email))}>
        <Field label={t('email')}>
          <Input type="email" name="email" autoComplete="username" required autoFocus />
        </Field>
        <Problem error={ask.error} />
        <div role="status">
          {ask.isSuccess && <Notice tone="ok">{t('forgot.done', { email: ask.variables })}</Notice>}
        </div>
        <Button type="submit" look="primary" busy={ask.isPending} className="w-full">
          {t('forgot.action')}
        </Button>
      </form>
      <p className="text-sm">
        <TextLink to="/sign-in">{t('toSignIn')}</TextLink>
      </p>
    </DoorPage>
  );
}
