import { eq } from 'drizzle-orm';
import { assistants, campaignNumbers, campaigns, phoneNumbers } from '../../src/db/schema.ts';
import type { Service } from './service.ts';

/*
 * Numbers, assistants and campaigns written straight into the database: for tests of what they lead to, not of how
 * they come to be.
 */

type Of = Pick<Service, 'app'>;

let lastNumber = 0;

/** An active number, and its id. Without digits of its own it gets some in the area code 305. */
export async function addNumber(
  { app }: Of,
  teamId: string,
  row: Partial<typeof phoneNumbers.$inferInsert> = {},
): Promise<string> {
  lastNumber += 1;
  const { db, newId, clock } = app.context;
  const id = newId('pn');
  await db.insert(phoneNumbers).values({
    id,
    teamId,
    mode: 'live',
    phoneNumber: `+1305555${String(lastNumber).padStart(4, '0')}`,
    provider: 'telnyx',
    status: 'active',
    isTrial: false,
    boughtAsTrial: false,
    createdAt: clock.now(),
    updatedAt: clock.now(),
    ...row,
  });
  return id;
}

export async function addAssistant(
  { app }: Of,
  teamId: string,
  row: Partial<typeof assistants.$inferInsert> = {},
): Promise<string> {
  const { db, newId, clock } = app.context;
  const id = newId('asst');
  const at = { createdAt: clock.now(), updatedAt: clock.now() };
  await db.insert(assistants).values({ id, teamId, name: 'Ava', ...at, ...row });
  return id;
}

/** A running campaign with these numbers, each of weight 1 where none is given. */
export async function addCampaign(
  { app }: Of,
  teamId: string,
  assistantId: string,
  numbers: Record<string, number> | string[],
  row: Partial<typeof campaigns.$inferInsert> = {},
): Promise<string> {
  const { db, newId, clock } = app.context;
  const id = newId('camp');
  await db.insert(campaigns).values({
    id,
    teamId,
    assistantId,
    mode: 'live',
    name: 'Spring',
    status: 'running',
    createdAt: clock.now(),
    updatedAt: clock.now(),
    ...row,
  });
  const weights = Array.isArray(numbers) ? Object.fromEntries(numbers.map((each) => [each, 1])) : numbers;
  const rows = Object.entries(weights).map(([phoneNumberId, weight]) => ({
    campaignId: id,
    phoneNumberId,
    weight,
  }));
  if (rows.length > 0) await db.insert(campaignNumbers).values(rows);
  return id;
}

/** Changes a number's record as it is. */
export async function setNumber(
  { app }: Of,
  id: string,
  change: Partial<typeof phoneNumbers.$inferInsert>,
): Promise<void> {
  await app.context.db.update(phoneNumbers).set(change).where(eq(phoneNumbers.id, id));
}
