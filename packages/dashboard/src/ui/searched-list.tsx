import { type ReactNode, useDeferredValue } from 'react';
import { Field, Input } from './form.tsx';

/** Fewer are found by looking. */
const WORTH_A_SEARCH = 8;

interface SearchedListProps<Item> {
  items: Item[];
  /** What the address says. */
  search: string;
  onSearch: (search: string) => void;
  label: string;
  /** Said where no name has it. */
  nothingFound: string;
  children: (found: Item[]) => ReactNode;
}

/** A list with a field that searches its names, where it is long enough. */
export function SearchedList<Item extends { name: string }>({
  items,
  search,
  onSearch,
  label,
  nothingFound,
  children,
}: SearchedListProps<Item>) {
  const wanted = useDeferredValue(search).toLocaleLowerCase();
  const found = items.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  return (
    <div className="space-y-4">
      {items.length >= WORTH_A_SEARCH && (
        <Field label={label} className="max-w-sm">
          <Input type="search" value={search} onChange={({ target }) => onSearch(target.value)} />
        </Field>
      )}
      {found.length === 0 ? <p className="text-muted">{nothingFound}</p> : children(found)}
    </div>
  );
}
