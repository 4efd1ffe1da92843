import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

export function BuyPage() {
  const { t } = useTranslation('numbers');
  return <Page title={t('buy')}>{null}</Page>;
}
