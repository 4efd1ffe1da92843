/** What can happen, as it stands in events. Each has its sentence in docs/webhooks.md. */
export const EVENT_TYPES = [
  'phone_number.purchase_started',
  'phone_number.purchased',
  'phone_number.purchase_failed',
  'phone_number.updated',
  'phone_number.flagged',
  'phone_number.assigned',
  'phone_number.unassigned',
  'phone_number.routing_failed',
  'phone_number.release_started',
  'phone_number.restored',
  'phone_number.released',
  'phone_number.lost',
  'phone_number.trial_expiring',
  'phone_number.trial_expired',
  'phone_number.trial_converted',
  'phone_number.suspended',
  'phone_number.suspension_ending',
  'phone_number.reactivated',
  'number_order.given_back',
  'assistant.created',
  'assistant.updated',
  'assistant.deleted',
  'campaign.created',
  'campaign.updated',
  'campaign.deleted',
  'campaign.started',
  'campaign.paused',
  'campaign.completed',
  'team.created',
  'team.updated',
  'team.plan_changed',
  'member.added',
  'member.role_changed',
  'member.removed',
  'member.left',
  'invitation.created',
  'invitation.revoked',
  'invitation.refused',
  'api_key.created',
  'api_key.updated',
  'api_key.revoked',
  'access.refused',
  'webhook_endpoint.created',
  'webhook_endpoint.updated',
  'webhook_endpoint.deleted',
  'webhook_endpoint.secret_rotated',
  'webhook_endpoint.disabled',
  'webhook.test',
] as const;

export type EventType = (typeof EVENT_TYPES)[number];

const AREAS = [...new Set(EVENT_TYPES.map(areaOf))];

/** What events can be asked for by: a type, or all types of an area (`phone_number.*`). */
export const EVENT_FILTERS: readonly string[] = [...AREAS.map((area) => `${area}.*`), ...EVENT_TYPES];

/** The types that a filter stands for: itself, or all of its area. */
export function typesOf(filter: string): readonly string[] {
  return filter.endsWith('.*') ? EVENT_TYPES.filter((type) => `${areaOf(type)}.*` === filter) : [filter];
}

/** The filters that let a type through. */
export function filtersFor(type: string): readonly string[] {
  return [type, `${areaOf(type)}.*`];
}

function areaOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}
