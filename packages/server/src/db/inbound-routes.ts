import { and, desc, eq, inArray, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { askTogether } from './ask-together.ts';
import type { Db } from './database.ts';
import { assistants, phoneNumbers } from './schema.ts';

const numberColumns = {
  id: phoneNumbers.id,
  teamId: phoneNumbers.teamId,
  mode: phoneNumbers.mode,
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

/** Whose number was called, and which. */
interface Question {
  teamId: string;
  mode: Mode;
  phoneNumber: string;
}

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
        isAnyOf(phoneNumbers.mode, 'modes'),
        isAnyOf(phoneNumbers.phoneNumber, 'phoneNumbers'),
        isAnyOf(phoneNumbers.teamId, 'teamIds'),
        // To the letter the index's condition: with parameters in it a generic plan could not use the index.
        sql.raw(`"phone_numbers"."status" in ('purchasing', 'active', 'suspended', 'releasing')`),
      ),
    )
    .prepare('find_inbound_routes');
  return askTogether(async (questions: readonly Question[]) => {
    const found = await query.execute({
      modes: distinct(questions.map(({ mode }) => mode)),
      phoneNumbers: distinct(questions.map(({ phoneNumber }) => phoneNumber)),
      teamIds: distinct(questions.map(({ teamId }) => teamId)),
    });
    // A number of one team may have been asked for by another: each gets its own, and nobody else's.
    const routes = new Map(found.map((row) => [keyOf(row.number), row]));
    return questions.map((question) => {
      const route = routes.get(keyOf(question));
      return route && { ...route.number, assistant: route.assistant };
    });
  });
}

function isAnyOf(column: SQLWrapper, name: string): SQL {
  return sql`${column} = any(${sql.placeholder(name)})`;
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function keyOf({ teamId, mode, phoneNumber }: Question): string {
  return `${teamId} ${mode} ${phoneNumber}`;
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
