import { usePhones } from '../format/phone.ts';
import { Flag } from './flag.tsx';

/** A number as people write it, with its country's flag and the name that the team gave it. */
export function Phone({ number, label }: { number: string; label?: string | null | undefined }) {
  const formatPhone = usePhones();
  const { national, country } = formatPhone(number);
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-2.5">
      <Flag country={country} />
      <span title={number} className="tabular font-medium whitespace-nowrap">
        {national}
      </span>
      {label && <span className="min-w-0 truncate text-muted">{label}</span>}
    </span>
  );
}
