import { useMutation } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { problemAt } from '../../i18n/problems.ts';
import { Button, TextLink } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Problem } from '../../ui/problem.tsx';
import { DoorPage, onSubmit } from './door-page.tsx';
import { isLongEnough } from './password-rule.ts';
import { ResendLink } from './resend-link.tsx';

const route = getRouteApi('/doors/sign-up');

export function SignUpPage() {
  const { t } = useTranslation('auth');
  const { next } = route.useSearch();
  const [tooShort, setTooShort] = useState(false);
  const signUp = useMutation({
    mutationFn: (person: { name: string; email: string; password: string }) => api.auth.signUp(person),
  });
  if (signUp.isSuccess) {
    const { email } = signUp.variables;
    return (
      <DoorPage title={t('signUp.doneTitle')} lead={t('signUp.done', { email })}>
        <ResendLink email={email} />
      </DoorPage>
    );
  }
  return (
    <DoorPage title={t('signUp.title')} lead={t('signUp.lead')}>
      <form
        className="space-y-4"
        onSubmit={onSubmit(({ name = '', email = '', password = '' }) => {
          setTooShort(!isLongEnough(password));
          if (isLongEnough(password)) signUp.mutate({ name, email, password });
        })}
      >
        <Field label={t('name')} error={problemAt(signUp.error, 'name')}>
          <Input name="name" autoComplete="name" required maxLength={100} autoFocus />
        </Field>
        <Field label={t('email')} error={problemAt(signUp.error, 'email')}>
          <Input type="email" name="email" autoComplete="username" required />
        </Field>
        <Field
          label={t('password')}
          hint={t('passwordHint')}
          error={tooShort ? t('passwordTooShort') : problemAt(signUp.error, 'password')}
        >
          <Input type="password" name="password" autoComplete="new-password" required maxLength={128} />
        </Field>
        <Problem error={signUp.error} />
        <Button type="submit" look="primary" busy={signUp.isPending} className="w-full">
          {t('signUp.action')}
        </Button>
      </form>
      <p className="text-sm text-muted">
        {t('signUp.known')}{' '}
        <TextLink to="/sign-in" search={next === undefined ? {} : { next }}>
          {t('signIn.action')}
        </TextLink>
      </p>
    </DoorPage>
  );
}
