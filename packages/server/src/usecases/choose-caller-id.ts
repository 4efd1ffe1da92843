import {
  findAssistantCandidates,
  findCallingAssistant,
  findCallingCampaign,
  findCampaignCandidates,
  type LabelledCandidate,
} from '../db/caller-ids.ts';
import { countOutboundCall } from '../db/number-days.ts';
import { type CallerIdMatch, chooseCallerId as choose } from '../domain/caller-id.ts';
import { nextStatuses } from '../domain/campaign.ts';
import { parseDialledNumber } from '../domain/dialled-number.ts';
import { invalidRequest, Refusal } from '../domain/refusal.ts';
import { utcDay } from '../domain/time.ts';
import type { Caller, Context } from './context.ts';

export interface CallerIdRequest {
  /** One of the two: whose numbers to choose from. */
  campaignId?: string;
  assistantId?: string;
  /** Who is called, in any common spelling. */
  to: string;
  /** Who the contact is, where that is more than the number: the same key gets the same number again. */
  contactKey?: string;
  /** Only look: nothing is counted. */
  dryRun?: boolean;
}

export interface ChosenCallerId {
  number: LabelledCandidate;
  match: CallerIdMatch;
  decision: string[];
  /** Calls of the number today (UTC), this one included unless it is a dry run. */
  callsToday: number;
}

/** What a campaign or an assistant may call with. */
interface Source {
  candidates: LabelledCandidate[];
  /** Calls a day for each number; null: any. */
  cap: number | null;
}

/**
 * The number to show to a contact, counted as a call of it.
 * @throws Refusal `invalid_request`; `not_found` for a campaign or assistant that is not the team's;
 * `campaign_not_running`, `outbound_off`; `no_caller_id` where every number is resting, used up or out of service
 */
export async function chooseCallerId(
  context: Context,
  caller: Caller,
  request: CallerIdRequest,
): Promise<ChosenCallerId> {
  const to = parseDialledNumber(request.to);
  if (to === null)
    throw invalidRequest([{ path: 'to', message: 'must be a telephone number, like +14155550101' }]);
  const now = context.clock.now();
  const day = utcDay(now);
  const { candidates, cap } = await findSource(context, caller, request, day);
  const contactKey = request.contactKey ?? to;

  // Whoever loses the last call of a number to another chooses again: at most once for each number.
  const missed = new Set<string>();
  while (true) {
    const left = candidates.map((each) => ({ ...each, missed: missed.has(each.id) }));
    const { chosen, decision } = choose({ candidates: left, to, contactKey, now, cap });
    if (!chosen) throw noCallerId(decision);
    const { candidate: number, match } = chosen;
    if (request.dryRun) return { number, match, decision, callsToday: number.callsToday };
    const callsToday = await countOutboundCall(context.db, number.id, { now, day, cap });
    if (callsToday !== null) return { number, match, decision, callsToday };
    missed.add(number.id);
  }
}

async function findSource(
  context: Context,
  caller: Caller,
  { campaignId, assistantId }: CallerIdRequest,
  day: string,
): Promise<Source> {
  if (campaignId !== undefined && assistantId !== undefined) {
    throw invalidRequest([
      { path: 'assistantId', message: 'does not go with campaignId; send one of the two' },
    ]);
  }
  if (campaignId !== undefined) return ofCampaign(context, caller, campaignId, day);
  if (assistantId !== undefined) return ofAssistant(context, caller, assistantId, day);
  throw invalidRequest([
    { path: 'campaignId', message: 'is required, or assistantId: whose numbers to choose from' },
  ]);
}

async function ofCampaign({ db }: Context, caller: Caller, id: string, day: string): Promise<Source> {
  const campaign = await findCallingCampaign(db, caller, id);
  if (!campaign) throw notFound(caller, 'campaign', id);
  if (campaign.status !== 'running') {
    throw new Refusal(
      'campaign_not_running',
      `The campaign is ${campaign.status}, and only a running one places calls. ${nextStatuses(campaign.status).includes('running') ? 'Start it first' : 'Make a new one'}.`,
    );
  }
  if (!campaign.outboundEnabled) throw outboundOff(campaign.assistantId);
  return {
    candidates: await findCampaignCandidates(db, caller, id, day),
    cap: campaign.dailyCapPerNumber,
  };
}

async function ofAssistant({ db }: Context, caller: Caller, id: string, day: string): Promise<Source> {
  const assistant = await findCallingAssistant(db, caller, id);
  if (!assistant) throw notFound(caller, 'assistant', id);
  if (!assistant.outboundEnabled) throw outboundOff(id);
  return { candidates: await findAssistantCandidates(db, caller, id, day), cap: null };
}

function notFound(caller: Caller, what: 'campaign' | 'assistant', id: string): Refusal {
  const where = what === 'campaign' ? ` in ${caller.mode} mode` : '';
  return new Refusal(
    'not_found',
    `Your team has no ${what} ${id.slice(0, 40)}${where}. Check the id, and which key you use.`,
  );
}

function outboundOff(assistantId: string | null): Refusal {
  return new Refusal(
    'outbound_off',
    `The assistant ${assistantId ?? 'of the campaign'} is set to place no calls. Turn its outbound calls on first.`,
  );
}

function noCallerId(decision: string[]): Refusal {
  return new Refusal(
    'no_caller_id',
    'None of the numbers can be shown for this call now. "decision" says why of each; add numbers, raise the cap, or wait.',
    { decision },
  );
}
