import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { Db } from './database.ts';
import { webhookEndpoints } from './schema.ts';

export type WebhookEndpoint = typeof webhookEndpoints.$inferSelect;

/** Whose endpoints: a team's, in one mode. */
interface Owner {
  teamId: string;
  mode: Mode;
}

export async function insertEndpoint(tx: Db, endpoint: WebhookEndpoint): Promise<void> {
  await tx.insert(webhookEndpoints).values(endpoint);
}

export async function countEndpoints(tx: Db, { teamId, mode }: Owner): Promise<number> {
  return tx.$count(
    webhookEndpoints,
    and(eq(webhookEndpoints.teamId, teamId), eq(webhookEndpoints.mode, mode)),
  );
}

/** Oldest first. */
export async function listEndpoints(db: Db, { teamId, mode }: Owner): Promise<WebhookEndpoint[]> {
  return db
    .select()
    .from(webhookEndpoints)
    .where(and(eq(webhookEndpoints.teamId, teamId), eq(webhookEndpoints.mode, mode)))
    .orderBy(asc(webhookEndpoints.id));
}

/** Never another team's, never one of the other mode. */
export async function findOwnEndpoint(
  db: Db,
  { teamId, mode }: Owner,
  id: string,
): Promise<WebhookEndpoint | undefined> {
  const [endpoint] = await db
    .select()
    .from(webhookEndpoints)
    .where(
      and(eq(webhookEndpoints.id, id), eq(webhookEndpoints.teamId, teamId), eq(webhookEndpoints.mode, mode)),
    );
  return endpoint;
}

export async function findEndpointById(db: Db, id: string): Promise<WebhookEndpoint | undefined> {
  const [endpoint] = await db.select().from(webhookEndpoints).where(eq(webhookEndpoints.id, id));
  return endpoint;
}

/** The endpoint, its row locked until the transaction ends. Comes before its deliveries, and after the team. */
export async function lockEndpoint(tx: Db, id: string): Promise<WebhookEndpoint | undefined> {
  const [endpoint] = await tx
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, id))
    .for('no key update');
  return endpoint;
}

export async function updateEndpoint(
  tx: Db,
  id: string,
  change: Partial<WebhookEndpoint>,
): Promise<WebhookEndpoint> {
  const [endpoint] = await tx
    .update(webhookEndpoints)
    .set(change)
    .where(eq(webhookEndpoints.id, id))
    .returning();
  if (!endpoint) throw new Error(`webhook endpoint ${id} has vanished`);
  return endpoint;
}

/** Something came through. */
export async function clearFailing(tx: Db, id: string): Promise<void> {
  await tx
    .update(webhookEndpoints)
    .set({ failingSince: null })
    .where(and(eq(webhookEndpoints.id, id), isNotNull(webhookEndpoints.failingSince)));
}

/** With its deliveries. */
export async function deleteEndpoint(tx: Db, id: string): Promise<void> {
  await tx.delete(webhookEndpoints).where(eq(webhookEndpoints.id, id));
}
