import { useMutation } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { noteSession } from '../../session/session.ts';
import { Button, TextLink } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Notice, Waiting } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';
import { DoorPage, onSubmit } from './door-page.tsx';

const route = getRouteApi('/doors/verify-email');

/** Where a link from a mail ends that did not work, or one with its token for this page. */
export function VerifyEmailPage() {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const { token } = route.useSearch();
  const verify = useMutation({
    mutationFn: (token: string) => api.auth.verifyEmail({ token }),
    onSuccess: (session) => {
      noteSession(session);
      void navigate({ to: '/' });
    },
  });
  const sent = useRef(false);
  const { mutate } = verify;
  useEffect(() => {
    // Once: the token works once.
    if (token === undefined || sent.current) return;
    sent.current = true;
    mutate(token);
  }, [token, mutate]);

  const resend = useMutation({ mutationFn: (email: string) => api.auth.resendVerification({ email }) });
  if (token !== undefined && !verify.error) {
    return (
      <DoorPage title={t('verify.title')} lead={t('verify.working')}>
        <Waiting lines={1} />
      </DoorPage>
    );
  }
  return (
    <DoorPage title={t('verify.title')}>
      {verify.error ? <Problem error={verify.error} /> : <Notice tone="warn">{t('verify.failed')}</Notice>}
      <form className="space-y-4" onSubmit={onSubmit(({ email = '' }) => resend.mutate(email))}>
        <Field label={t('email')}>
          <Input type="email" name="email" autoComplete="username" required />
        </Field>
        <Problem error={resend.error} />
        <div role="status">{resend.isSuccess && <Notice tone="ok">{t('signUp.resent')}</Notice>}</div>
        <Button type="submit" look="primary" busy={resend.isPending} className="w-full">
          {t('verify.action')}
        </Button>
      </form>
      <p className="text-sm">
        <TextLink to="/sign-in">{t('toSignIn')}</TextLink>
      </p>
    </DoorPage>
  );
}
