import type { Session } from './session.ts';

/** For what goes on until Ctrl-C: that is its proper end, and no failure. */
export async function untilStopped({ signal }: Session, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
