import {
  ConnectionError,
  RefusalError,
  Talkturo,
  TimeoutError,
  UnexpectedResponseError,
} from '@talkturo/client';

/*
 * Whether the server answers, as the last requests have shown.
 */

/** For whoever is signed in, without a team. */
export const api = new Talkturo({ maxRetries: 1 });

/** How often to look whether the server is back, ms. */
const LOOK_MS = 4_000;

let lost = false;
let looking: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();
let onBack = () => {};

export const connection = {
  isLost: () => lost,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Looks now, for who does not want to wait. */
  look: () => void look(),
  /** What to do when the server is back. */
  whenBack(act: () => void) {
    onBack = act;
  },
};

/** @param error of a request; null where it went well */
export function noteAnswer(error: Error | null): void {
  const noAnswer = isNoAnswer(error);
  // A refusal is an answer too; what else went wrong says nothing about the server.
  if (error !== null && !noAnswer && !(error instanceof RefusalError)) return;
  if (noAnswer === lost) return;
  lost = noAnswer;
  clearTimeout(looking);
  if (lost) looking = setTimeout(look, LOOK_MS);
  for (const listener of listeners) listener();
  if (!lost) onBack();
}

function isNoAnswer(error: Error | null): boolean {
  if (error instanceof UnexpectedResponseError) return error.status >= 502 && error.status <= 504;
  return error instanceof ConnectionError || error instanceof TimeoutError;
}

async function look(): Promise<void> {
  clearTimeout(looking);
  try {
    await api.auth.session({ maxRetries: 0, timeoutMs: LOOK_MS });
    noteAnswer(null);
  } catch (error) {
    noteAnswer(error as Error);
    if (lost) looking = setTimeout(look, LOOK_MS);
  }
}
