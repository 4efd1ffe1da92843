import type { Clock } from '../domain/clock.ts';
import type { Role } from '../domain/roles.ts';
import type { ApiKey } from './api-keys.ts';
import { askTogether } from './ask-together.ts';
import type { LookUps } from './database.ts';
import type { FoundRoute } from './inbound-routes.ts';

/** A key that works: as little of it as every request needs. */
export interface WorkingKey
  extends Pick<ApiKey, 'id' | 'teamId' | 'mode' | 'scopes' | 'rateLimitPerHour' | 'createdBy'> {
  /** What the person in whose name it acts is in the team; null where it acts in nobody's. */
  role: Role | null;
  /** The live number that was asked about, where it is one of the key's team in the key's mode. */
  number: FoundRoute | null;
}

interface Question {
  tokenHash: string;
  /** In E.164; null where the request is about none, or about many. */
  phoneNumber: string | null;
}

/**
 * The number is found by the index `phone_numbers_live`. The condition on its status is to the letter that of the index:
 * with parameters in it a generic plan could not use it. And `offset 0` keeps the team out of the search: where teams
 * have few numbers, PostgreSQL would rather look through all of the team's.
 */
const FIND_WORKING_KEYS = `
  select asked.place, k.id, k.team_id as "teamId", k.mode, k.scopes, k.rate_limit_per_hour as "rateLimitPerHour",
    k.created_by as "createdBy", m.role,
    n.id as "numberId", n.phone_number as "phoneNumber", n.label, n.status,
    a.id as "assistantId", a.name, a.template_id as "templateId", a.connection_id as "connectionId",
    a.inbound_enabled as "inboundEnabled", a.fallback_number as "fallbackNumber", a.metadata
  from unnest($1::text[], $2::text[]) with ordinality as asked (token_hash, phone_number, place)
  join api_keys k on k.token_hash = asked.token_hash
  left join team_members m on m.team_id = k.team_id and m.user_id = k.created_by
  left join lateral (
    select * from phone_numbers
    where mode = k.mode and phone_number = asked.phone_number
      and status in ('purchasing', 'active', 'suspended', 'releasing')
    offset 0
  ) n on n.team_id = k.team_id
  left join assistants a on a.id = n.assistant_id
  where k.revoked_at is null
    and (k.expires_at is null or k.expires_at > $3)
    and (k.created_by is null or m.user_id is not null)`;

type Row = Omit<WorkingKey, 'number'> & {
  /** From 1 on. PostgreSQL gives it as text, the embedded database as a number. */
  place: string | number;
} & NumberColumns;

type NumberColumns =
  | { numberId: null }
  | (Omit<FoundRoute, 'id' | 'assistant'> & { numberId: string } & AssistantColumns);

type AssistantColumns =
  | { assistantId: null }
  | (Omit<NonNullable<FoundRoute['assistant']>, 'id'> & { assistantId: string });

/**
 * The look-up behind every request: the key with this hash that works at that time. It asks the database each
 * time, so a revoked key stops at once on every server, and so does one whose creator has left the team. The number
 * that a call came in for is read with it, in the same journey: see docs/adr/0028.
 */
export function prepareFindWorkingKey(
  lookUps: LookUps,
  clock: Clock,
): (tokenHash: string, phoneNumber: string | null) => Promise<WorkingKey | undefined> {
  const find = lookUps.prepare<Row>('find_working_keys', FIND_WORKING_KEYS);
  const ask = askTogether(async (questions: readonly Question[]) => {
    const distinct = [...new Map(questions.map((question) => [nameOf(question), question])).values()];
    const rows = await find(
      distinct.map(({ tokenHash }) => tokenHash),
      distinct.map(({ phoneNumber }) => phoneNumber),
      clock.now().toISOString(),
    );
    const found = new Map(
      rows.map((row) => {
        const question = distinct[Number(row.place) - 1];
        return [question && nameOf(question), keyOf(row)];
      }),
    );
    return questions.map((question) => found.get(nameOf(question)));
  });
  return (tokenHash, phoneNumber) => ask({ tokenHash, phoneNumber });
}

function nameOf({ tokenHash, phoneNumber }: Question): string {
  return `${tokenHash} ${phoneNumber}`;
}

function keyOf(row: Row): WorkingKey {
  const { id, teamId, mode, scopes, rateLimitPerHour, createdBy, role } = row;
  return { id, teamId, mode, scopes, rateLimitPerHour, createdBy, role, number: numberOf(row) };
}

function numberOf(row: NumberColumns): FoundRoute | null {
  if (row.numberId === null) return null;
  const { numberId: id, phoneNumber, label, status } = row;
  return { id, phoneNumber, label, status, assistant: assistantOf(row) };
}

function assistantOf(row: AssistantColumns): FoundRoute['assistant'] {
  if (row.assistantId === null) return null;
  const { assistantId: id, name, templateId, connectionId, inboundEnabled, fallbackNumber, metadata } = row;
  return { id, name, templateId, connectionId, inboundEnabled, fallbackNumber, metadata };
}
