import { Phone } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState, Page } from '../../ui/page.tsx';

export function NumbersPage() {
  const { t } = useTranslation('numbers');
  return (
    <Page title={t('title')}>
      <EmptyState
        icon={<Phone />}
        title={t('emptyTitle')}
        action={
          <LinkButton look="primary" to="/numbers/buy">
            {t('buy')}
          </LinkButton>
        }
      >
        {t('empty')}
      </EmptyState>
    </Page>
  );
}
