/** Timers of one simulator: none keeps the process alive, all end when it closes. */
export interface Waits {
  /** Resolves after `ms` milliseconds, or at once when the simulator closes or `signal` aborts. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
  readonly closed: AbortSignal;
  close(): void;
}

// setTimeout takes at most a signed 32-bit number of milliseconds, about 24.8 days.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createWaits(): Waits {
  const closing = new AbortController();
  const pause = (ms: number, signal?: AbortSignal) => {
    const ends = signal ? AbortSignal.any([closing.signal, signal]) : closing.signal;
    if (ends.aborted || ms <= 0) return Promise.resolve();
    return new Promise<void>((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        ends.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, Math.min(ms, LONGEST_TIMER_MS));
      timer.unref();
      ends.addEventListener('abort', finish);
    });
  };
  return { pause, closed: closing.signal, close: () => closing.abort() };
}
