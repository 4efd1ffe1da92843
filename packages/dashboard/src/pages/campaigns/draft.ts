import type { Campaign } from '@talkturo/client';

/** A campaign as it is filled in, without its numbers. */
export interface CampaignDraft {
  name: string;
  /** Empty: none yet. */
  assistantId: string;
  /** Calls a day from one number; empty: no cap. */
  dailyCap: string;
}

export const NEW_CAMPAIGN: CampaignDraft = { name: '', assistantId: '', dailyCap: '' };

export function draftOf(campaign: Campaign): CampaignDraft {
  return {
    name: campaign.name,
    assistantId: campaign.assistant_id ?? '',
    dailyCap: campaign.daily_cap_per_number === null ? '' : String(campaign.daily_cap_per_number),
  };
}

/** The fields as the server wants them. */
export function fieldsOf({ name, assistantId, dailyCap }: Partial<CampaignDraft>) {
  return {
    ...(name !== undefined && { name }),
    ...(assistantId !== undefined && { assistantId: assistantId || null }),
    ...(dailyCap !== undefined && { dailyCapPerNumber: dailyCap === '' ? null : Number(dailyCap) }),
  };
}
