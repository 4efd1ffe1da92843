import { and, count, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import type { RoutingStatus } from '../domain/routing.ts';
import type { Db } from './database.ts';
import { isoTime } from './listed-numbers.ts';
import { assistants, campaigns, phoneNumbers } from './schema.ts';

export type Assistant = typeof assistants.$inferSelect;

/** An assistant as its team gets it, times as ISO 8601 text. */
export interface ListedAssistant {
  id: string;
  team_id: string;
  name: string;
  template_id: string;
  inbound_enabled: boolean;
  outbound_enabled: boolean;
  connection_id: string | null;
  fallback_number: string | null;
  metadata: Record<string, unknown>;
  /** Of one mode. */
  phone_number_count: number;
  created_at: string;
  updated_at: string;
}

/** A page of a list that is newest first: `after` is the last id of the page before. */
export interface IdPage {
  limit?: number;
  after?: string;
}

const listedColumns = (mode: Mode) => ({
  id: assistants.id,
  team_id: assistants.teamId,
  name: assistants.name,
  template_id: assistants.templateId,
  inbound_enabled: assistants.inboundEnabled,
  outbound_enabled: assistants.outboundEnabled,
  connection_id: assistants.connectionId,
  fallback_number: assistants.fallbackNumber,
  metadata: assistants.metadata,
  phone_number_count: sql<number>`(select count(*) from phone_numbers n where n.assistant_id = "assistants"."id" and n.mode = ${mode})::int`,
  created_at: isoTime(assistants.createdAt),
  updated_at: isoTime(assistants.updatedAt),
});

/** The team's assistants, the newest first, with what they have of the mode's numbers. */
export async function listAssistants(
  db: Db,
  { teamId, mode }: { teamId: string; mode: Mode },
  { limit, after }: IdPage,
): Promise<ListedAssistant[]> {
  const query = db
    .select(listedColumns(mode))
    .from(assistants)
    .where(and(eq(assistants.teamId, teamId), after === undefined ? undefined : lt(assistants.id, after)))
    .orderBy(desc(assistants.id));
  return limit === undefined ? query : query.limit(limit);
}

export async function countAssistants(db: Db, teamId: string): Promise<number> {
  const [row] = await db.select({ total: count() }).from(assistants).where(eq(assistants.teamId, teamId));
  return row?.total ?? 0;
}

export async function findListedAssistant(
  db: Db,
  { teamId, mode }: { teamId: string; mode: Mode },
  id: string,
): Promise<ListedAssistant | undefined> {
  const [row] = await db.select(listedColumns(mode)).from(assistants).where(isOf(teamId, id));
  return row;
}

export async function findAssistant(db: Db, teamId: string, id: string): Promise<Assistant | undefined> {
  const [row] = await db.select().from(assistants).where(isOf(teamId, id));
  return row;
}

export async function insertAssistant(tx: Db, assistant: Assistant): Promise<void> {
  await tx.insert(assistants).values(assistant);
}

export async function updateAssistant(
  tx: Db,
  { teamId, id }: Pick<Assistant, 'teamId' | 'id'>,
  change: Partial<Assistant> & { updatedAt: Date },
): Promise<Assistant> {
  const [changed] = await tx.update(assistants).set(change).where(isOf(teamId, id)).returning();
  if (!changed) throw new Error(`assistant ${id} has vanished`);
  return changed;
}

export async function deleteAssistant(
  tx: Db,
  { teamId, id }: Pick<Assistant, 'teamId' | 'id'>,
): Promise<void> {
  await tx.delete(assistants).where(isOf(teamId, id));
}

/** Whether it has numbers or campaigns of the mode. */
export async function isUsedIn(
  db: Db,
  { teamId, id }: Pick<Assistant, 'teamId' | 'id'>,
  mode: Mode,
): Promise<boolean> {
  const uses = (table: typeof phoneNumbers | typeof campaigns) =>
    db.$count(table, and(eq(table.teamId, teamId), eq(table.assistantId, id), eq(table.mode, mode)));
  return (await uses(phoneNumbers)) > 0 || (await uses(campaigns)) > 0;
}

function isOf(teamId: string, id: string): SQL | undefined {
  return and(eq(assistants.teamId, teamId), eq(assistants.id, id));
}

/** A number with what decides where its calls go. */
export interface RoutedNumber {
  id: string;
  teamId: string;
  mode: Mode;
  phoneNumber: string;
  connectionId: string | null;
  routingStatus: RoutingStatus;
  assistant: { id: string; name: string; connectionId: string | null } | null;
}

export const routedColumns = {
  id: phoneNumbers.id,
  teamId: phoneNumbers.teamId,
  mode: phoneNumbers.mode,
  phoneNumber: phoneNumbers.phoneNumber,
  connectionId: phoneNumbers.connectionId,
  routingStatus: phoneNumbers.routingStatus,
  assistant: { id: assistants.id, name: assistants.name, connectionId: assistants.connectionId },
};

/** The numbers of an assistant, of both modes or of one. */
export async function findNumbersOf(
  db: Db,
  { teamId, id }: Pick<Assistant, 'teamId' | 'id'>,
  mode?: Mode,
): Promise<RoutedNumber[]> {
  return db
    .select(routedColumns)
    .from(phoneNumbers)
    .innerJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(
      and(
        eq(phoneNumbers.teamId, teamId),
        eq(phoneNumbers.assistantId, id),
        mode && eq(phoneNumbers.mode, mode),
      ),
    )
    .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id));
}
