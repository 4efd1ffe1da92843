import { and, asc, count, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { Owner } from './assignments.ts';
import type { Assistant, IdPage } from './assistants.ts';
import type { Db } from './database.ts';
import { isoTime } from './listed-numbers.ts';
import { assistants, campaignNumbers, campaigns, phoneNumbers } from './schema.ts';

export type Campaign = typeof campaigns.$inferSelect;

/** A campaign as its team gets it, times as ISO 8601 text. */
export interface ListedCampaign {
  id: string;
  team_id: string;
  mode: string;
  name: string;
  status: string;
  assistant_id: string | null;
  assistant_name: string | null;
  daily_cap_per_number: number | null;
  phone_number_count: number;
  created_at: string;
  updated_at: string;
}

/** A number that a campaign calls from. */
export interface CampaignNumber {
  phone_number_id: string;
  phone_number: string;
  status: string;
  weight: number;
}

const listedColumns = {
  id: campaigns.id,
  team_id: campaigns.teamId,
  mode: campaigns.mode,
  name: campaigns.name,
  status: campaigns.status,
  assistant_id: campaigns.assistantId,
  assistant_name: assistants.name,
  daily_cap_per_number: campaigns.dailyCapPerNumber,
  phone_number_count: sql<number>`(select count(*) from campaign_numbers n where n.campaign_id = ${campaigns.id})::int`,
  created_at: isoTime(campaigns.createdAt),
  updated_at: isoTime(campaigns.updatedAt),
};

export interface CampaignFilters {
  /** The id of a number: only campaigns that call from it. */
  phoneNumberId?: string;
}

/** The team's campaigns in one mode, the newest first. */
export async function listCampaigns(
  db: Db,
  owner: Owner,
  filters: CampaignFilters,
  { limit, after }: IdPage,
): Promise<ListedCampaign[]> {
  const query = db
    .select(listedColumns)
    .from(campaigns)
    .leftJoin(assistants, eq(assistants.id, campaigns.assistantId))
    .where(and(isOf(owner), isLike(filters), after === undefined ? undefined : lt(campaigns.id, after)))
    .orderBy(desc(campaigns.id));
  return limit === undefined ? query : query.limit(limit);
}

export async function countCampaigns(db: Db, owner: Owner, filters: CampaignFilters): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(campaigns)
    .where(and(isOf(owner), isLike(filters)));
  return row?.total ?? 0;
}

function isLike({ phoneNumberId }: CampaignFilters): SQL | undefined {
  if (phoneNumberId === undefined) return undefined;
  return sql`${campaigns.id} in (select campaign_id from campaign_numbers where phone_number_id = ${phoneNumberId})`;
}

export async function findListedCampaign(
  db: Db,
  owner: Owner,
  id: string,
): Promise<ListedCampaign | undefined> {
  const [row] = await db
    .select(listedColumns)
    .from(campaigns)
    .leftJoin(assistants, eq(assistants.id, campaigns.assistantId))
    .where(and(isOf(owner), eq(campaigns.id, id)));
  return row;
}

export async function findCampaign(db: Db, owner: Owner, id: string): Promise<Campaign | undefined> {
  const [row] = await db
    .select()
    .from(campaigns)
    .where(and(isOf(owner), eq(campaigns.id, id)));
  return row;
}

function isOf({ teamId, mode }: Owner): SQL | undefined {
  return and(eq(campaigns.teamId, teamId), eq(campaigns.mode, mode));
}

export async function insertCampaign(tx: Db, campaign: Campaign): Promise<void> {
  await tx.insert(campaigns).values(campaign);
}

export async function updateCampaign(
  tx: Db,
  { teamId, id }: Campaign,
  change: Partial<Campaign> & { updatedAt: Date },
): Promise<void> {
  await tx
    .update(campaigns)
    .set(change)
    .where(and(eq(campaigns.teamId, teamId), eq(campaigns.id, id)));
}

export async function deleteCampaign(tx: Db, { teamId, id }: Campaign): Promise<void> {
  await tx.delete(campaigns).where(and(eq(campaigns.teamId, teamId), eq(campaigns.id, id)));
}

/** The numbers that a campaign calls from, in the order of their ids. */
export async function findCampaignNumbers(db: Db, campaignId: string): Promise<CampaignNumber[]> {
  return db
    .select({
      phone_number_id: phoneNumbers.id,
      phone_number: phoneNumbers.phoneNumber,
      status: phoneNumbers.status,
      weight: campaignNumbers.weight,
    })
    .from(campaignNumbers)
    .innerJoin(phoneNumbers, eq(phoneNumbers.id, campaignNumbers.phoneNumberId))
    .where(eq(campaignNumbers.campaignId, campaignId))
    .orderBy(asc(phoneNumbers.id));
}

/** These numbers, at most 1,000, are all that the campaign calls from. */
export async function replaceCampaignNumbers(
  tx: Db,
  campaignId: string,
  numbers: readonly { phoneNumberId: string; weight: number }[],
): Promise<void> {
  await tx.delete(campaignNumbers).where(eq(campaignNumbers.campaignId, campaignId));
  if (numbers.length === 0) return;
  await tx.insert(campaignNumbers).values(numbers.map((number) => ({ ...number, campaignId })));
}

/** Takes a number out of every campaign. */
export async function leaveCampaigns(tx: Db, phoneNumberId: string): Promise<string[]> {
  const left = await tx
    .delete(campaignNumbers)
    .where(eq(campaignNumbers.phoneNumberId, phoneNumberId))
    .returning({ campaignId: campaignNumbers.campaignId });
  return left.map(({ campaignId }) => campaignId).sort();
}

/** The campaigns of an assistant, of both modes, oldest first. */
export async function findCampaignsOf(db: Db, assistant: Assistant): Promise<Campaign[]> {
  return db.select().from(campaigns).where(isWith(assistant)).orderBy(asc(campaigns.id));
}

/** Leaves the campaigns of an assistant without one; those that run are paused. */
export async function detachCampaigns(tx: Db, assistant: Assistant, now: Date): Promise<void> {
  await tx
    .update(campaigns)
    .set({
      assistantId: null,
      status: sql`case when ${campaigns.status} = 'running' then 'paused' else ${campaigns.status} end`,
      updatedAt: now,
    })
    .where(isWith(assistant));
}

function isWith({ teamId, id }: Assistant): SQL | undefined {
  return and(eq(campaigns.teamId, teamId), eq(campaigns.assistantId, id));
}
