import { findAssistant } from '../db/assistants.ts';
import { type Campaign, findCampaignNumbers, replaceCampaignNumbers } from '../db/campaigns.ts';
import type { Db } from '../db/database.ts';
import { type CampaignStatus, lackOf, nextStatuses } from '../domain/campaign.ts';
import type { EventType } from '../domain/event-types.ts';
import { type Issue, invalidRequest, Refusal } from '../domain/refusal.ts';
import type { Caller, Context } from './context.ts';
import { findNamedNumbers } from './find-named-numbers.ts';
import { recordEvent } from './record-event.ts';

/** What a team says about a campaign. */
export interface CampaignFields {
  name: string;
  /** Null while it has none. */
  assistantId: string | null;
  /** All the numbers that it calls from. */
  fromNumbers: { phoneNumberId: string; weight?: number }[];
  /** Calls a day; null: no cap. */
  dailyCapPerNumber: number | null;
  status: CampaignStatus;
}

/** Each number's share of the calls where nobody says otherwise. */
const DEFAULT_WEIGHT = 1;

/** Nothing becomes a draft. */
const STATUS_EVENT: Record<Exclude<CampaignStatus, 'draft'>, EventType> = {
  running: 'campaign.started',
  paused: 'campaign.paused',
  completed: 'campaign.completed',
};

/**
 * The assistant is the team's own and may call out.
 * @throws Refusal `not_found`, `invalid_request`
 */
export async function checkAssistant(tx: Db, { teamId }: Caller, assistantId: string): Promise<void> {
  const assistant = await findAssistant(tx, teamId, assistantId);
  if (!assistant) {
    const issue: Issue = { path: 'assistantId', message: 'is not an assistant of your team' };
    throw new Refusal(
      'not_found',
      `${issue.path}: ${issue.message}. The list of assistants shows what it has.`,
      {
        issues: [issue],
      },
    );
  }
  if (assistant.outboundEnabled) return;
  throw invalidRequest([
    { path: 'assistantId', message: 'must be an assistant that may call out; set its outboundEnabled first' },
  ]);
}

/**
 * Replaces the numbers of a campaign by those that a request names.
 * @throws Refusal `not_found`, `invalid_request`, `not_assignable`
 */
export async function setFromNumbers(
  tx: Db,
  caller: Caller,
  campaignId: string,
  fromNumbers: CampaignFields['fromNumbers'],
): Promise<void> {
  const names = fromNumbers.map(({ phoneNumberId }, index) => ({
    path: `fromNumbers.${index}.phoneNumberId`,
    name: phoneNumberId,
  }));
  const chosen = await findNamedNumbers(tx, caller, names, () => false);
  const numbers = chosen.map(({ id }, index) => ({
    phoneNumberId: id,
    weight: fromNumbers[index]?.weight ?? DEFAULT_WEIGHT,
  }));
  await replaceCampaignNumbers(tx, campaignId, numbers);
}

/** @throws Refusal `campaign_state` where a campaign in this state cannot become that */
export function checkTransition(campaign: Campaign, to: CampaignStatus): void {
  const { name, status } = campaign;
  const next = nextStatuses(status);
  if (to === status || next.includes(to)) return;
  refuseFinal(campaign);
  throw new Refusal(
    'campaign_state',
    `"${name}" is ${status} and cannot become ${to}; it can become ${next.join(' or ')}.`,
  );
}

/** @throws Refusal `campaign_state` for a campaign that nothing changes any more */
export function refuseFinal({ name, status }: Campaign): void {
  if (nextStatuses(status).length > 0) return;
  throw new Refusal('campaign_state', `"${name}" is ${status}, and that is final. Make a new campaign.`);
}

/** @throws Refusal `campaign_incomplete` where a running campaign lacks what it needs to call */
export async function checkComplete(tx: Db, campaign: Campaign): Promise<void> {
  if (campaign.status !== 'running') return;
  const assistant =
    campaign.assistantId === null ? null : await findAssistant(tx, campaign.teamId, campaign.assistantId);
  const numbers = await findCampaignNumbers(tx, campaign.id);
  const lack = lackOf({ assistant: assistant ?? null, numbers: numbers.length });
  if (lack === null) return;
  throw new Refusal('campaign_incomplete', `"${campaign.name}" cannot run without ${lack}.`);
}

/** A campaign as events tell of it, without its status, which has events of its own. */
export async function fieldsOf(tx: Db, campaign: Campaign) {
  const numbers = await findCampaignNumbers(tx, campaign.id);
  return {
    name: campaign.name,
    assistant_id: campaign.assistantId,
    daily_cap_per_number: campaign.dailyCapPerNumber,
    from_numbers: numbers.map(({ phone_number_id, weight }) => ({ phone_number_id, weight })),
  };
}

/** What every event of a campaign says. */
export function aboutCampaign({ teamId, mode, actor }: Caller, { id, name }: Campaign) {
  return { teamId, mode, actor, subject: id, data: { name } };
}

/** Tells that a campaign has come to another state, where it has. */
export async function recordStatus(
  context: Context,
  tx: Db,
  caller: Caller,
  before: Campaign,
  after: Campaign,
): Promise<void> {
  if (after.status === before.status || after.status === 'draft') return;
  await recordEvent(context, tx, {
    ...aboutCampaign(caller, after),
    type: STATUS_EVENT[after.status],
    before: { status: before.status },
    after: { status: after.status },
  });
}
