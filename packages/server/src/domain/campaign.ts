export const CAMPAIGN_STATUSES = ['draft', 'running', 'paused', 'completed'] as const;

export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];
