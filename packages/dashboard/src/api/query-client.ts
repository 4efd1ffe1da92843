import { UnauthorizedError } from '@talkturo/client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { noteAnswer } from './connection.ts';

/** What to do when the server says that nobody is signed in any more. */
let onSignedOut = () => {};

export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** For requests that no query and no mutation sends. @param error null where it went well */
export function noteRequest(error: Error | null): void {
  if (error) noteError(error);
  else noteAnswer(null);
}

function noteError(error: Error): void {
  noteAnswer(error);
  if (error instanceof UnauthorizedError) onSignedOut();
}

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteError, onSuccess: () => noteAnswer(null) }),
  mutationCache: new MutationCache({ onError: noteError, onSuccess: () => noteAnswer(null) }),
  defaultOptions: {
    // The client repeats by itself what may be repeated; without a network it says so, and the page shows it.
    queries: { retry: false, networkMode: 'always', staleTime: 15_000 },
    mutations: { retry: false, networkMode: 'always' },
  },
});
