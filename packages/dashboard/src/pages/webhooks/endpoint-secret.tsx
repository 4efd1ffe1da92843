import { useTranslation } from 'react-i18next';
import { SecretDialog } from '../../ui/secret-dialog.tsx';

/** Shows the new secret of an endpoint, this once. @param secret undefined: there is none to show */
export function EndpointSecret({ secret, onClose }: { secret: string | undefined; onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  if (secret === undefined) return null;
  return (
    <SecretDialog
      title={t('secret.title')}
      once={t('secret.once')}
      lead={t('secret.lead')}
      label={t('secret.label')}
      secret={secret}
      onClose={onClose}
    />
  );
}
