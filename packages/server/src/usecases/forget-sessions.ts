import { deleteExpiredSessions } from '../db/people.ts';
import type { Context } from './context.ts';

/** Deletes the sessions, and the tokens sent by mail, whose time has passed. They open nothing already. */
export async function forgetSessions(context: Context): Promise<void> {
  await deleteExpiredSessions(context.db, context.clock.now());
}
