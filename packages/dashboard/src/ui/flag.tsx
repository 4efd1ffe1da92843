import { useState } from 'react';

/** The folder of the flags under /assets, from flags.ts beside vite.config.ts. */
declare const __FLAGS__: string;

/** A country's flag. It only repeats what stands beside it. */
export function Flag({ country, className = '' }: { country: string | null; className?: string }) {
  const [missing, setMissing] = useState<string | null>(null);
  const shape = `h-3.5 w-5 shrink-0 rounded-xs ${className}`;
  if (country === null || country === missing) {
    return <span aria-hidden className={`inline-block bg-sunken ${shape}`} />;
  }
  return (
    <img
      // Made here, because 250 addresses would be much code.
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
