import type { InfiniteQueryObserverResult } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { Button } from './button.tsx';
import { Problem } from './problem.tsx';

interface MoreProps {
  list: Pick<
    InfiniteQueryObserverResult,
    'hasNextPage' | 'isFetchingNextPage' | 'isFetchNextPageError' | 'fetchNextPage' | 'error'
  >;
  /** What the button says. */
  more: string;
  /** What stands there after the last page. */
  end?: string;
}

/** The next page of a list: by itself when the end comes into sight, or by the button. */
export function More({ list, more, end }: MoreProps) {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage, error } = list;
  const place = useRef<HTMLDivElement>(null);
  const goesOn = hasNextPage && !isFetchingNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (!goesOn || !place.current) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void fetchNextPage(), {
      rootMargin: '400px',
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [goesOn, fetchNextPage]);
  return (
    <div ref={place} className="mt-4 flex flex-col items-center gap-3">
      {isFetchNextPageError && <Problem error={error} />}
      {hasNextPage ? (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {more}
        </Button>
      ) : (
        end && <p className="text-sm text-muted">{end}</p>
      )}
    </div>
  );
}
