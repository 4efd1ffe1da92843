import { X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from './button.tsx';

interface Toast {
  id: number;
  tone: 'ok' | 'danger';
  text: string;
}

/** How long good news stay, ms. What went wrong stays until somebody has read it. */
const STAY_MS = 6_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

/** Says at the edge of the page what has happened. */
export function toast(text: string, tone: Toast['tone'] = 'ok'): void {
  lastId += 1;
  const id = lastId;
  set([...toasts, { id, tone, text }]);
  if (tone === 'ok') setTimeout(() => dismiss(id), STAY_MS);
}

function dismiss(id: number): void {
  set(toasts.filter((each) => each.id !== id));
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed right-4 bottom-4 z-60 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2"
    >
      {shown.map(({ id, tone, text }) => (
        <div
          key={id}
          className={`pointer-events-auto flex items-start gap-2 rounded-box border border-line bg-surface py-2 pr-2 pl-4 text-sm shadow-pop border-l-4 ${tone === 'danger' ? 'border-l-danger' : 'border-l-accent'}`}
        >
          <p className="min-w-0 flex-1 py-1.5 wrap-anywhere">{text}</p>
          <IconButton label={t('close')} onClick={() => dismiss(id)}>
            <X aria-hidden className="size-4" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
