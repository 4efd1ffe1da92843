import { eq, inArray } from 'drizzle-orm';
import type { Db } from './database.ts';
import { apiKeys, users } from './schema.ts';

/** Who is behind an actor's id. */
export interface Name {
  name: string;
  email: string | null;
}

/** Names of API keys, each with the address of the person who made it. */
export async function findKeyNames(db: Db, ids: string[]): Promise<Map<string, Name>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: apiKeys.id, name: apiKeys.name, email: users.email })
    .from(apiKeys)
    .leftJoin(users, eq(users.id, apiKeys.createdBy))
    .where(inArray(apiKeys.id, ids));
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}

export async function findPersonNames(db: Db, ids: string[]): Promise<Map<string, Name>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select({ id: users.id, name: users.name, email: users.email })
    .from(users)
    .where(inArray(users.id, ids));
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}
