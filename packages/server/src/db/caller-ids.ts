import { and, eq, notInArray, type SQL, sql } from 'drizzle-orm';
import type { CallerIdCandidate } from '../domain/caller-id.ts';
import type { Mode } from '../domain/mode.ts';
import type { Db } from './database.ts';
import { assistants, campaignNumbers, campaigns, numberDays, phoneNumbers } from './schema.ts';

interface Owner {
  teamId: string;
  mode: Mode;
}

export interface LabelledCandidate extends CallerIdCandidate {
  label: string | null;
}

/** A campaign of the team, and whether its assistant may call. */
export async function findCallingCampaign(db: Db, { teamId, mode }: Owner, id: string) {
  const [row] = await db
    .select({
      status: campaigns.status,
      dailyCapPerNumber: campaigns.dailyCapPerNumber,
      assistantId: campaigns.assistantId,
      outboundEnabled: assistants.outboundEnabled,
    })
    .from(campaigns)
    .leftJoin(assistants, eq(assistants.id, campaigns.assistantId))
    .where(and(eq(campaigns.id, id), eq(campaigns.teamId, teamId), eq(campaigns.mode, mode)));
  return row;
}

/** An assistant of the team, and whether it may call. */
export async function findCallingAssistant(db: Db, { teamId }: Owner, id: string) {
  const [row] = await db
    .select({ outboundEnabled: assistants.outboundEnabled })
    .from(assistants)
    .where(and(eq(assistants.id, id), eq(assistants.teamId, teamId)));
  return row;
}

/** The numbers of a campaign, with what they did that day. */
export async function findCampaignCandidates(
  db: Db,
  owner: Owner,
  campaignId: string,
  day: string,
): Promise<LabelledCandidate[]> {
  return db
    .select({ ...candidateColumns, weight: campaignNumbers.weight })
    .from(campaignNumbers)
    .innerJoin(phoneNumbers, eq(phoneNumbers.id, campaignNumbers.phoneNumberId))
    .leftJoin(numberDays, isDayOf(day))
    .where(and(eq(campaignNumbers.campaignId, campaignId), isOf(owner)));
}

/** The numbers that are assigned to an assistant, with what they did that day; all weigh the same. */
export async function findAssistantCandidates(
  db: Db,
  owner: Owner,
  assistantId: string,
  day: string,
): Promise<LabelledCandidate[]> {
  return db
    .select({ ...candidateColumns, weight: sql<number>`1`.mapWith(Number) })
    .from(phoneNumbers)
    .leftJoin(numberDays, isDayOf(day))
    .where(
      and(
        eq(phoneNumbers.assistantId, assistantId),
        isOf(owner),
        notInArray(phoneNumbers.status, ['released', 'error']),
      ),
    );
}

const candidateColumns = {
  id: phoneNumbers.id,
  phoneNumber: phoneNumbers.phoneNumber,
  label: phoneNumbers.label,
  status: phoneNumbers.status,
  restingUntil: phoneNumbers.restingUntil,
  callsToday: sql<number>`coalesce(${numberDays.outboundCalls}, 0)`.mapWith(Number),
};

function isDayOf(day: string): SQL | undefined {
  return and(eq(numberDays.phoneNumberId, phoneNumbers.id), eq(numberDays.day, day));
}

function isOf({ teamId, mode }: Owner): SQL | undefined {
  return and(eq(phoneNumbers.teamId, teamId), eq(phoneNumbers.mode, mode));
}
