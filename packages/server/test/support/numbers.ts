import { eq } from 'drizzle-orm';
import { events, phoneNumbers } from '../../src/db/schema.ts';
import { type Answer, call, type Service, type TeamWithKey } from './service.ts';

type Row = Partial<typeof phoneNumbers.$inferInsert>;

let lastNumber = 0;

/** Writes numbers into a team's list without buying them, and gives their ids. */
export async function addNumbers(
  { app }: Pick<Service, 'app'>,
  { teamId }: Pick<TeamWithKey, 'teamId'>,
  count: number,
  row: Row = {},
): Promise<string[]> {
  const { db, newId, clock } = app.context;
  const rows = Array.from({ length: count }, () => {
    lastNumber += 1;
    return {
      id: newId('pn'),
      teamId,
      mode: 'live' as const,
      phoneNumber: `+1${3_052_000_000 + lastNumber}`,
      provider: 'telnyx',
      status: 'active' as const,
      isTrial: false,
      boughtAsTrial: false,
      createdAt: clock.now(),
      updatedAt: clock.now(),
      ...row,
    };
  });
  await db.insert(phoneNumbers).values(rows);
  return rows.map(({ id }) => id);
}

export async function addNumber(
  service: Pick<Service, 'app'>,
  team: Pick<TeamWithKey, 'teamId'>,
  row: Row = {},
): Promise<string> {
  const [id] = await addNumbers(service, team, 1, row);
  return id as string;
}

/** Makes an assistant over the API, and gives its id. */
export async function newAssistant(
  service: Pick<Service, 'app'>,
  { token }: Pick<TeamWithKey, 'token'>,
  fields: object = {},
): Promise<string> {
  const answer = await call(service, 'POST', '/api/assistants', {
    token,
    body: { name: 'Sales', ...fields },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body.assistant.id;
}

/** Adds numbers to an assistant, or with `PATCH` makes them all that it has. */
export function assign(
  service: Pick<Service, 'app'>,
  { token }: Pick<TeamWithKey, 'token'>,
  assistantId: string,
  phoneNumberIds: unknown,
  more: { reassign?: boolean; method?: 'POST' | 'PATCH' } = {},
): Promise<Answer> {
  const { method = 'POST', ...rest } = more;
  const url = `/api/assistants/${assistantId}/telephony/${method === 'POST' ? 'assign-phone-numbers' : 'phone-numbers'}`;
  return call(service, method, url, { token, body: { phoneNumberIds, ...rest } });
}

export async function recordOf({ app }: Pick<Service, 'app'>, id: string) {
  const [row] = await app.context.db.select().from(phoneNumbers).where(eq(phoneNumbers.id, id));
  if (!row) throw new Error(`there is no number ${id}`);
  return row;
}

/** What has happened to a record, in order. */
export async function eventsOf({ app }: Pick<Service, 'app'>, subject: string) {
  return app.context.db.select().from(events).where(eq(events.subject, subject)).orderBy(events.id);
}
