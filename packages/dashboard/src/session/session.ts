import { type Session, UnauthorizedError } from '@talkturo/client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/connection.ts';
import { queryClient } from '../api/query-client.ts';

/** Who is signed in; null where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await api.auth.session({ signal });
    } catch (error) {
      if (error instanceof UnauthorizedError) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

/** After signing in, confirming an address, joining a team. */
export function noteSession(session: Session): void {
  queryClient.setQueryData(sessionQuery.queryKey, session);
}

/** Nothing of whoever was signed in stays behind. */
export function forgetSession(): void {
  queryClient.clear();
  queryClient.setQueryData(sessionQuery.queryKey, null);
}
