import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
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

/**
 * The live number of a team with the assistant that answers it. Two rows by two unique indexes
 * (`phone_numbers_live` and the assistants' key), prepared once, and never cached: see docs/adr/0019.
 */
export function prepareFindInboundRoute(db: Db) {
  const query = db
    .select({ number: numberColumns, assistant: assistantColumns })
    .from(phoneNumbers)
    .leftJoin(assistants, eq(assistants.id, phoneNumbers.assistantId))
    .where(
      and(
        eq(phoneNumbers.mode, sql.placeholder('mode')),
        eq(phoneNumbers.phoneNumber, sql.placeholder('phoneNumber')),
        eq(phoneNumbers.teamId, sql.placeholder('teamId')),
        // To the letter the index's condition: with parameters in it a generic plan could not use the index.
        sql.raw(`"phone_numbers"."status" in ('purchasing', 'active', 'suspended', 'releasing')`),
      ),
    )
    .prepare('find_inbound_route');
  return async (teamId: string, mode: Mode, phoneNumber: string) => {
    const [found] = await query.execute({ teamId, mode, phoneNumber });
    return found && { ...found.number, assistant: found.assistant };
  };
}

/** The team's latest record of a number that is no longer live, or never was. */
export async function findPastNumber(db: Db, owner: { teamId: string; mode: Mode }, phoneNumber: string) {
  const [row] = await db
    .select(numberColumns)
    .from(phoneNumbers)
    .where(
      and(
        eq(phoneNumbers.teamId, owner.teamId),
        eq(phoneNumbers.mode, owner.mode),
        eq(phoneNumbers.phoneNumber, phoneNumber),
        inArray(phoneNumbers.status, ['released', 'error']),
      ),
    )
    .orderBy(desc(phoneNumbers.createdAt), desc(phoneNumbers.id))
    .limit(1);
  return row;
}
