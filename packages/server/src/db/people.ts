import { eq, lt } from 'drizzle-orm';
import type { Db } from './database.ts';
import { accounts, sessions, users, verifications } from './schema.ts';
import type { User } from './teams.ts';

export interface NewPerson {
  userId: string;
  accountId: string;
  /** Lower case. */
  email: string;
  name: string;
  passwordHash: string;
  createdAt: Date;
}

/** Inserts a person with a password, the address not confirmed yet. False where the address is known: nothing is changed then. */
export async function insertPerson(db: Db, person: NewPerson): Promise<boolean> {
  const { userId, createdAt } = person;
  const times = { createdAt, updatedAt: createdAt };
  return db.transaction(async (tx) => {
    const [inserted] = await tx
      .insert(users)
      .values({ id: userId, email: person.email, name: person.name, ...times })
      .onConflictDoNothing({ target: users.email })
      .returning({ id: users.id });
    if (!inserted) return false;
    await tx.insert(accounts).values({
      id: person.accountId,
      userId,
      // As better-auth has it for passwords.
      accountId: userId,
      providerId: 'credential',
      password: person.passwordHash,
      ...times,
    });
    return true;
  });
}

/** Whoever has this e-mail address (lower case). */
export async function findPersonByEmail(db: Db, email: string): Promise<User | undefined> {
  const [person] = await db.select().from(users).where(eq(users.email, email));
  return person;
}

export async function setName(db: Db, userId: string, change: { name: string; now: Date }): Promise<void> {
  await db.update(users).set({ name: change.name, updatedAt: change.now }).where(eq(users.id, userId));
}

/** After a token from a mail was used: the address is confirmed, and the person's other tokens are worth nothing any more. */
export async function confirmAddressByReset(db: Db, userId: string, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.update(users).set({ emailVerified: true, updatedAt: now }).where(eq(users.id, userId));
    await tx.delete(verifications).where(eq(verifications.value, userId));
  });
}

/** Takes the person's password away: nobody signs in until a new one is set by mail. */
export async function deletePassword(tx: Db, userId: string): Promise<void> {
  await tx.delete(accounts).where(eq(accounts.userId, userId));
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.token, tokenHash));
}

/** Deletes sessions and tokens from mails whose time is over. They count for nothing already. */
export async function deleteExpiredSessions(db: Db, now: Date): Promise<void> {
  await db.delete(sessions).where(lt(sessions.expiresAt, now));
  await db.delete(verifications).where(lt(verifications.expiresAt, now));
}
