import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/connection.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/page.tsx';
import { Problem } from '../../ui/problem.tsx';

/** Sends the link that confirms an address again. */
export function ResendLink({ email }: { email: string }) {
  const { t } = useTranslation('auth');
  const resend = useMutation({ mutationFn: () => api.auth.resendVerification({ email }) });
  return (
    <div className="space-y-3" role="status">
      {resend.isSuccess && <Notice tone="ok">{t('signUp.resent')}</Notice>}
      <Problem error={resend.error} />
      <Button onClick={() => resend.mutate()} busy={resend.isPending}>
        {t('signUp.resend')}
      </Button>
    </div>
  );
}
