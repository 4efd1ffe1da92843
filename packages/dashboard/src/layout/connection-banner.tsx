import { WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';
import { Button } from '../ui/button.tsx';

/** Says that the server does not answer, and goes by itself when it does again. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const lost = useSyncExternalStore(connection.subscribe, connection.isLost);
  return (
    <div role="status" aria-live="polite">
      {lost && (
        <div className="flex flex-wrap items-center gap-3 bg-danger-soft px-4 py-2 text-sm text-danger">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          <p className="min-w-0 flex-1">{t('connection.lost')}</p>
          <Button onClick={connection.look}>{t('connection.now')}</Button>
        </div>
      )}
    </div>
  );
}
