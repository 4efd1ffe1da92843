import { useState } from 'react';

/** A country's flag. It only repeats what stands beside it. */
export function Flag({ country, className = '' }: { country: string | null; className?: string }) {
  const [missing, setMissing] = useState<string | null>(null);
  const shape = `h-3.5 w-5 shrink-0 rounded-xs ${className}`;
  if (country === null || country === missing) {
    return <span aria-hidden className={`inline-block bg-sunken ${shape}`} />;
  }
  return (
    <img
      // Their addresses are not in the code, where 250 of them would be: see flags.ts beside vite.config.ts.
      src={`/assets/${__FLAGS__}/${country}.svg`}
      alt=""
      loading="lazy"
      width={20}
      height={14}
      onError={() => setMissing(country)}
      className={`object-cover ring-1 ring-line ${shape}`}
    />
  );
}
