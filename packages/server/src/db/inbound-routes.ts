import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { LIVE_STATUSES } from '../domain/phone-number.ts';
import type { Db } from './database.ts';
import { assistants, phoneNumbers } from './schema.ts';

const numberColumns = {
  id: phoneNumbers.id,
  phoneNumber: phoneNumbers.phoneNumber,
  label: phoneNumbers.label,
  status: phoneNumbers.status,
};

const assistantColumns = {
  id: assistants.id,
  name: assistants.name,
  templateId: assistants.templateId,
  connectionId: assistants.connectionId,
  inboundEnabled: assistants.inboundEnabled,
  fallbackNumber: assistants.fallbackNumber,
  metadata: assistants.metadata,
};

/** A team's number with the assistant that is assigned to it. */
export interface FoundRoute extends Pick<typeof phoneNumbers.$inferSelect, keyof typeof numberColumns> {
  assistant: Pick<typeof assistants.$inferSelect, keyof typeof assistantColumns> | null;
}

/** The team's live number; where there is none, its latest record of one that is no longer live, or never was. */
export async function findRoute(
  db: Db,
  owner: { teamId: string; mode: Mode },
  phoneNumber: string,
): Promise<FoundRoute | undefined> {
  const [found] = await db
    .select({ ...numberColumns, assistant: assistantColumns })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(
      and(
        eq(phoneNumbers.teamId, owner.teamId),
        eq(phoneNumbers.mode, owner.mode),
        eq(phoneNumbers.phoneNumber, phoneNumber),
      ),
    )
    .orderBy(
      desc(inArray(phoneNumbers.status, LIVE_STATUSES)),
      desc(phoneNumbers.createdAt),
      desc(phoneNumbers.id),
    )
    .limit(1);
  return found;
}
