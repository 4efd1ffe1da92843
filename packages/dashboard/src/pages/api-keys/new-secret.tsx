import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, Input } from '../../ui/form.tsx';
import { Notice } from '../../ui/page.tsx';

interface NewSecretProps {
  made: { name: string; fullKey: string };
  onClose: () => void;
}

/** The one time that a key is shown. Whoever closes it without copying is asked once. */
export function NewSecret({ made: { name, fullKey }, onClose }: NewSecretProps) {
  const { t } = useTranslation(['apiKeys', 'common']);
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'yes' | 'byHand' | null>(null);
  const [asked, setAsked] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(fullKey);
      setCopied('yes');
    } catch {
      // Not allowed here, as without HTTPS: selected, it is one key press away.
      field.current?.select();
      setCopied('byHand');
    }
  };
  const close = () => {
    if (copied !== null || asked) onClose();
    else setAsked(true);
  };
  return (
    <Dialog
      open
      onClose={close}
      title={t('secretTitle', { name })}
      actions={
        <Button look={copied === null ? 'secondary' : 'primary'} onClick={close}>
          {t(asked && copied === null ? 'closeAnyway' : 'secretKept')}
        </Button>
      }
    >
      <div className="space-y-4">
        <Notice tone="warn" title={t('secretOnce')}>
          {t('secretLead')}
        </Notice>
        <div className="flex flex-wrap items-end gap-2">
          <Field label={t('secret')} className="flex-1 basis-64">
            <Input
              ref={field}
              readOnly
              value={fullKey}
              onFocus={({ target }) => target.select()}
              className="font-mono text-sm"
            />
          </Field>
          <Button look="primary" onClick={() => void copy()} autoFocus>
            {copied === 'yes' ? (
              <Check aria-hidden className="size-4" />
            ) : (
              <Copy aria-hidden className="size-4" />
            )}
            {t(copied === 'yes' ? 'common:copied' : 'common:copy')}
          </Button>
        </div>
        <p role="status" className="text-sm text-muted empty:hidden">
          {copied === 'yes' && t('copied')}
          {copied === 'byHand' && t('copyByHand')}
        </p>
        <p role="alert" className="text-sm font-medium text-danger empty:hidden">
          {asked && copied === null && t('notCopied')}
        </p>
      </div>
    </Dialog>
  );
}
