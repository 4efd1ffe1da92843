/** The states of a campaign, and what each may become. `completed` is final. */
const LIFE_CYCLE = {
  draft: ['running'],
  running: ['paused', 'completed'],
  paused: ['running', 'completed'],
  completed: [],
} as const satisfies Record<string, readonly string[]>;

export type CampaignStatus = keyof typeof LIFE_CYCLE;

export const CAMPAIGN_STATUSES = Object.keys(LIFE_CYCLE) as CampaignStatus[];

/** What a campaign in this state may become. */
export function nextStatuses(from: CampaignStatus): readonly CampaignStatus[] {
  return LIFE_CYCLE[from];
}

/** What a campaign that runs still lacks, null where it has everything. */
export function lackOf(campaign: {
  assistant: { outboundEnabled: boolean } | null;
  numbers: number;
}): string | null {
  if (!campaign.assistant) return 'an assistant (assistantId)';
  if (!campaign.assistant.outboundEnabled) return 'an assistant that may call out (outboundEnabled)';
  if (campaign.numbers === 0) return 'at least one number to call from (fromNumbers)';
  return null;
}
