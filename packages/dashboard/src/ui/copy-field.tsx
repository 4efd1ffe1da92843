import { Check, Copy } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { Field, Input } from './form.tsx';

interface CopyFieldProps {
  label: string;
  value: string;
  /** It was copied, or is selected to be copied by hand. */
  onCopied?: () => void;
  autoFocus?: boolean;
}

/** Text to take along. */
export function CopyField({ label, value, onCopied, autoFocus = false }: CopyFieldProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<'yes' | 'byHand' | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied('yes');
    } catch {
      // Not allowed here, as without HTTPS: selected, it is one key press away.
      field.current?.select();
      setCopied('byHand');
    }
    onCopied?.();
  };
  return (
    <div>
      <div className="flex flex-wrap items-end gap-2">
        <Field label={label} className="flex-1 basis-60">
          <Input
            ref={field}
            readOnly
            value={value}
            onFocus={({ target }) => target.select()}
            className="font-mono text-sm"
          />
        </Field>
        <Button look="primary" onClick={() => void copy()} autoFocus={autoFocus}>
          {copied === 'yes' ? (
            <Check aria-hidden className="size-4" />
          ) : (
            <Copy aria-hidden className="size-4" />
          )}
          {t(copied === 'yes' ? 'copied' : 'copy')}
        </Button>
      </div>
      <p role="status" className="mt-2 text-sm text-muted empty:hidden">
        {copied === 'yes' && t('secret.copied')}
        {copied === 'byHand' && t('secret.copyByHand')}
      </p>
    </div>
  );
}
