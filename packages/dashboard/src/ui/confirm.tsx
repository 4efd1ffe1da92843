import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Problem } from './problem.tsx';

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What it is about and what comes of it. */
  children: ReactNode;
  /** What the button says that does it. */
  action: string;
  onConfirm: () => void;
  busy?: boolean;
  error?: Error | null | undefined;
  /** Whether it takes something away. */
  danger?: boolean;
}

/** Asks before something is done that is not easily taken back. The way out has the focus. */
export function Confirm({
  open,
  onClose,
  title,
  children,
  action,
  onConfirm,
  busy = false,
  error,
  danger = true,
}: ConfirmProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose} autoFocus>
            {t('cancel')}
          </Button>
          <Button look={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      <div className="space-y-3">
        {children}
        <Problem error={error} />
      </div>
    </Dialog>
  );
}
