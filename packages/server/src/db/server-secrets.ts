import { eq } from 'drizzle-orm';
import type { Db } from './database.ts';
import { serverSecrets } from './schema.ts';

/** The secret of this name, or this one where there is none yet. Of several servers at once, one makes it and all get it. */
export async function findOrInsertSecret(db: Db, secret: typeof serverSecrets.$inferInsert): Promise<string> {
  await db.insert(serverSecrets).values(secret).onConflictDoNothing();
  const [kept] = await db.select().from(serverSecrets).where(eq(serverSecrets.name, secret.name));
  if (!kept) throw new Error(`the secret ${secret.name} is neither new nor there`);
  return kept.value;
}
