import { Check, ChevronsUpDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';

export interface Option {
  value: string;
  label: string;
  /** Before the label. */
  icon?: ReactNode;
  /** Other words that it is found by. */
  keywords?: string;
}

interface ComboboxProps {
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: true | undefined;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
  searchLabel: string;
  nothingFound: string;
  /** What stands on the button where nothing is chosen. */
  placeholder?: string;
}

/** One of many, found by typing. */
export function Combobox({
  options,
  value,
  onChange,
  searchLabel,
  nothingFound,
  placeholder = '',
  ...described
}: ComboboxProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  const listId = useId();
  const chosen = options.find((option) => option.value === value);
  const found = useMemo(() => search(options, typed), [options, typed]);

  const show = (isOpen: boolean) => {
    setOpen(isOpen);
    setTyped('');
    setActive(
      isOpen
        ? Math.max(
            0,
            options.findIndex((option) => option.value === value),
          )
        : 0,
    );
  };
  const choose = (option: Option | undefined) => {
    if (!option) return;
    onChange(option.value);
    setOpen(false);
  };
  const move = (to: number) => {
    const next = Math.min(Math.max(to, 0), found.length - 1);
    setActive(next);
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') choose(found[active]);
    else if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'PageDown') move(active + 8);
    else if (event.key === 'PageUp') move(active - 8);
    else return;
    event.preventDefault();
  };

  return (
    <Popover.Root open={open} onOpenChange={show}>
      <Popover.Trigger
        {...described}
        type="button"
        className="flex min-h-10 w-full items-center gap-2.5 rounded-lg border border-edge bg-surface px-3 py-2 text-left aria-invalid:border-danger"
      >
        {chosen?.icon}
        <span className="min-w-0 flex-1 truncate">{chosen?.label ?? placeholder}</span>
        <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={searchLabel}
          className="z-50 w-[max(var(--radix-popover-trigger-width),18rem)] rounded-box border border-line bg-surface p-1.5 shadow-pop"
          onOpenAutoFocus={() =>
            requestAnimationFrame(() => list.current?.children[active]?.scrollIntoView({ block: 'nearest' }))
          }
        >
          <input
            type="text"
            role="combobox"
            aria-label={searchLabel}
            aria-expanded
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={found[active] && `${listId}-${found[active].value}`}
            autoComplete="off"
            value={typed}
            placeholder={searchLabel}
            onChange={(event) => {
              setTyped(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
            className="mb-1 block w-full min-h-10 rounded-lg border border-edge bg-surface px-3 py-2 placeholder:text-muted"
          />
          <ul
            ref={list}
            id={listId}
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of a combobox
            role="listbox"
            aria-label={searchLabel}
            className="max-h-72 overflow-y-auto"
          >
            {found.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
              // biome-ignore lint/a11y/useFocusableInteractive: see above
              <li
                key={option.value}
                id={`${listId}-${option.value}`}
                // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of a combobox
                role="option"
                aria-selected={option.value === value}
                onClick={() => choose(option)}
                onPointerMove={() => setActive(index)}
                className={`flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 py-1.5 text-sm ${index === active ? 'bg-sunken' : ''}`}
              >
                {option.icon}
                <span className="min-w-0 flex-1">{option.label}</span>
                {option.value === value && <Check aria-hidden className="size-4" />}
              </li>
            ))}
          </ul>
          {found.length === 0 && (
            <p role="status" className="px-2.5 py-3 text-sm text-muted">
              {nothingFound}
            </p>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Those that begin with what was typed come first. */
function search(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = fold(typed);
  if (wanted === '') return options;
  const fitting = options.filter(({ label, keywords = '' }) => fold(`${label} ${keywords}`).includes(wanted));
  return fitting.toSorted(
    (one, other) => Number(fold(other.label).startsWith(wanted)) - Number(fold(one.label).startsWith(wanted)),
  );
}

/** Without accents and capitals. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
