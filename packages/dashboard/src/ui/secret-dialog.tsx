import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { CopyField } from './copy-field.tsx';
import { Dialog } from './dialog.tsx';
import { Notice } from './page.tsx';

interface SecretDialogProps {
  title: string;
  /** That it is shown only now. */
  once: string;
  /** What to do with it. */
  lead: string;
  label: string;
  secret: string;
  onClose: () => void;
}

/** The one time that a secret is shown. Whoever closes it without copying is asked once. */
export function SecretDialog({ title, once, lead, label, secret, onClose }: SecretDialogProps) {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  const [asked, setAsked] = useState(false);
  const close = () => {
    if (isCopied || asked) onClose();
    else setAsked(true);
  };
  return (
    <Dialog
      open
      onClose={close}
      title={title}
      actions={
        <Button look={isCopied ? 'primary' : 'secondary'} onClick={close}>
          {t(asked && !isCopied ? 'secret.closeAnyway' : 'secret.kept')}
        </Button>
      }
    >
      <div className="space-y-4">
        <Notice tone="warn" title={once}>
          {lead}
        </Notice>
        <CopyField label={label} value={secret} onCopied={() => setIsCopied(true)} autoFocus />
        <p role="alert" className="text-sm font-medium text-danger empty:hidden">
          {asked && !isCopied && t('secret.notCopied')}
        </p>
      </div>
    </Dialog>
  );
}
