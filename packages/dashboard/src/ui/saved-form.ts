import { useState } from 'react';

interface SavedForm<Draft extends object> {
  draft: Draft;
  /** Fills in a field. */
  set: (change: Partial<Draft>) => void;
  /** What differs from what was loaded, and so is to be sent: the rest may have been changed by others meanwhile. */
  changes: Partial<Draft>;
  isChanged: boolean;
  /** After saving: this is what the server has now. */
  settle: (saved: Draft) => void;
}

/** What somebody fills in about a record that is there already. As long as they have not, it follows the record. */
export function useSavedForm<Draft extends object>(loaded: Draft): SavedForm<Draft> {
  const [base, setBase] = useState(loaded);
  const [draft, setDraft] = useState(loaded);
  const entries = (Object.entries(draft) as [keyof Draft, unknown][]).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(base[field]),
  );
  const settle = (saved: Draft) => {
    setBase(saved);
    setDraft(saved);
  };
  const now = JSON.stringify(loaded);
  const [seen, setSeen] = useState(now);
  if (now !== seen) {
    setSeen(now);
    if (entries.length === 0) settle(loaded);
  }
  return {
    draft,
    set: (change) => setDraft((before) => ({ ...before, ...change })),
    changes: Object.fromEntries(entries) as Partial<Draft>,
    isChanged: entries.length > 0,
    settle,
  };
}
