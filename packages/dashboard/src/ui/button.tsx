import { createLink, type LinkComponent } from '@tanstack/react-router';
import { LoaderCircle } from 'lucide-react';
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode, Ref } from 'react';

type Look = 'primary' | 'secondary' | 'quiet' | 'danger';

const SHAPE =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-lg px-4 py-2 text-sm font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

const LOOKS: Record<Look, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border border-edge bg-surface text-ink hover:bg-sunken',
  quiet: 'text-ink hover:bg-sunken',
  danger: 'bg-danger text-on-danger hover:opacity-90',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look;
  /** It was pressed and is at work: it says so, and cannot be pressed again. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export function Button({
  look = 'secondary',
  busy = false,
  className = '',
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      // Not disabled: whoever just pressed it keeps the focus.
      aria-disabled={busy || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={`${SHAPE} ${LOOKS[look]} ${className}`}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}

/** A button with a picture alone; `label` is what it says to those who do not see it, and as a hint. */
export function IconButton({
  label,
  className = '',
  ...rest
}: Omit<ButtonProps, 'look' | 'busy'> & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      {...rest}
      aria-label={label}
      title={label}
      className={`inline-flex size-9 shrink-0 items-center justify-center rounded-lg text-muted hover:bg-sunken hover:text-ink disabled:opacity-50 ${className}`}
    />
  );
}

interface AnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  look?: Look;
  ref?: Ref<HTMLAnchorElement>;
}

function Anchor({ look = 'secondary', className = '', ...rest }: AnchorProps) {
  return <a {...rest} className={`${SHAPE} ${LOOKS[look]} ${className}`} />;
}

const RoutedAnchor = createLink(Anchor);

/** A link that looks like a button. */
export const LinkButton: LinkComponent<typeof Anchor> = (props) => (
  <RoutedAnchor preload="intent" {...props} />
);

function PlainAnchor({ className = '', ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a
      {...rest}
      className={`font-medium text-accent underline decoration-accent/40 underline-offset-3 hover:decoration-accent ${className}`}
    />
  );
}

const RoutedPlainAnchor = createLink(PlainAnchor);

/** A link in text. */
export const TextLink: LinkComponent<typeof PlainAnchor> = (props) => (
  <RoutedPlainAnchor preload="intent" {...props} />
);
