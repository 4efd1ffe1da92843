import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Mode } from '../domain/mode.ts';
import { askTogether } from './ask-together.ts';
import type { Db, LookUps } from './database.ts';
import { type assistants, phoneNumbers } from './schema.ts';

const numberColumns = {
  id: phoneNumbers.id,
  teamId: phoneNumbers.teamId,
  mode: phoneNumbers.mode,
  phoneNumber: phoneNumbers.phoneNumber,
  label: phoneNumbers.label,
  status: phoneNumbers.status,
};

type FoundNumber = Pick<typeof phoneNumbers.$inferSelect, keyof typeof numberColumns>;

type FoundAssistant = Pick<
  typeof assistants.$inferSelect,
  'id' | 'name' | 'templateId' | 'connectionId' | 'inboundEnabled' | 'fallbackNumber' | 'metadata'
>;

/** A live number with the assistant that answers it. */
export interface FoundRoute extends FoundNumber {
  assistant: FoundAssistant | null;
}

/** Whose number was called, and which. */
interface Question {
  teamId: string;
  mode: Mode;
  phoneNumber: string;
}

/**
 * The condition on the status is to the letter that of the index `phone_numbers_live`: with parameters in it a generic
 * plan could not use the index.
 */
const FIND_INBOUND_ROUTES = `
  select n.id, n.team_id as "teamId", n.mode, n.phone_number as "phoneNumber", n.label, n.status,
    n.assistant_id as "assistantId", a.name, a.template_id as "templateId", a.connection_id as "connectionId",
    a.inbound_enabled as "inboundEnabled", a.fallback_number as "fallbackNumber", a.metadata
  from phone_numbers n
  left join assistants a on a.id = n.assistant_id
  where n.mode = any($1) and n.phone_number = any($2) and n.team_id = any($3)
    and n.status in ('purchasing', 'active', 'suspended', 'releasing')`;

type Row = FoundNumber & Omit<FoundAssistant, 'id'> & { assistantId: string | null };

/**
 * The live number of a team with the assistant that answers it. Two rows by two unique indexes
 * (`phone_numbers_live` and the assistants' key), prepared once, and never cached: see docs/adr/0019.
 */
export function prepareFindInboundRoute(
  lookUps: LookUps,
): (question: Question) => Promise<FoundRoute | undefined> {
  const find = lookUps.prepare<Row>('find_inbound_routes', FIND_INBOUND_ROUTES);
  return askTogether(async (questions: readonly Question[]) => {
    const found = await find(
      distinct(questions.map(({ mode }) => mode)),
      distinct(questions.map(({ phoneNumber }) => phoneNumber)),
      distinct(questions.map(({ teamId }) => teamId)),
    );
    // A number of one team may have been asked for by another: each gets its own, and nobody else's.
    const routes = new Map(found.map((row) => [keyOf(row), routeOf(row)]));
    return questions.map((question) => routes.get(keyOf(question)));
  });
}

function routeOf({
  id,
  teamId,
  mode,
  phoneNumber,
  label,
  status,
  assistantId,
  ...assistant
}: Row): FoundRoute {
  return {
    id,
    teamId,
    mode,
    phoneNumber,
    label,
    status,
    assistant: assistantId === null ? null : { id: assistantId, ...assistant },
  };
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
