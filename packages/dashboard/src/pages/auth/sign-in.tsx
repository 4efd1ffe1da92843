import { EmailNotVerifiedError } from '@talkturo/client';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { safeNext } from '../../session/safe-next.ts';
import { noteSession } from '../../session/session.ts';
import { Button, TextLink } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Notice } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { DoorPage, onSubmit } from './door-page.tsx';
import { ResendLink } from './resend-link.tsx';

const route = getRouteApi('/doors/sign-in');

export function SignInPage() {
  const { t } = useTranslation('auth');
  const router = useRouter();
  const { next, problem } = route.useSearch();
  const signIn = useMutation({
    mutationFn: (credentials: { email: string; password: string }) => api.auth.signIn(credentials),
    onSuccess: (session) => {
      noteSession(session);
      router.history.push(safeNext(next));
    },
  });
  return (
    <DoorPage title={t('signIn.title')} lead={next ? t('signIn.again') : t('signIn.lead')}>
      {problem === 'demo_link' && <Notice tone="warn">{t('signIn.demoLink')}</Notice>}
      <form
        className="space-y-4"
        onSubmit={onSubmit(({ email = '', password = '' }) => signIn.mutate({ email, password }))}
      >
        <Field label={t('email')}>
          <Input type="email" name="email" autoComplete="username" required autoFocus />
        </Field>
        <Field label={t('password')}>
          <Input type="password" name="password" autoComplete="current-password" required />
        </Field>
        <Problem error={signIn.error} />
        {signIn.error instanceof EmailNotVerifiedError && (
          <ResendLink email={signIn.variables?.email ?? ''} />
        )}
        <Button type="submit" look="primary" busy={signIn.isPending} className="w-full">
          {t('signIn.action')}
        </Button>
      </form>
      <p className="text-sm">
        <TextLink to="/forgot-password">{t('signIn.forgot')}</TextLink>
      </p>
      <p className="text-sm text-muted">
        {t('signIn.noAccount')}{' '}
        <TextLink to="/sign-up" search={next === undefined ? {} : { next }}>
          {t('signIn.signUp')}
        </TextLink>
      </p>
    </DoorPage>
  );
}
