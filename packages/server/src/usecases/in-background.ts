import type { Context } from './context.ts';

/**
 * Starts work that the answer does not wait for, so that neither its time nor its failure shows in the answer.
 * The server waits for it when it stops.
 * @param what what the log says where it fails
 */
export function inBackground(
  { background, log }: Pick<Context, 'background' | 'log'>,
  what: string,
  work: () => Promise<unknown>,
): void {
  const finished = work()
    .catch((err: unknown) => log.error({ err }, what))
    .finally(() => background.delete(finished));
  background.add(finished);
}
