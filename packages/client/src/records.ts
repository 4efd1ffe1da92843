import type { Answer } from './call.ts';

/*
 * What the answers are made of, by name.
 */

/** A number on offer. */
export type Offer = Answer<'/api/phone-numbers/search', 'post'>['numbers'][number];
/** A number of a team, with everything that is known of it. */
export type PhoneNumber = Answer<'/api/phone-numbers/{id}', 'get'>['phoneNumber'];
/** A number as it stands in the list. */
export type ListedNumber = Answer<'/api/phone-numbers/purchase', 'get'>['numbers'][number];
/** A number that was just bought, or is being bought. */
export type PurchasedNumber = Answer<'/api/phone-numbers/purchase', 'post'>['phoneNumber'];
export type Assistant = Answer<'/api/assistants/{assistantId}', 'get'>['assistant'];
/** A number as an assistant has it. */
export type AssistantNumber = Answer<
  '/api/assistants/{assistantId}/telephony/phone-numbers',
  'get'
>['numbers'][number];
export type Campaign = Answer<'/api/crm/campaigns/{campaignId}', 'get'>['campaign'];
/** A number without calls. */
export type IdleNumber = Answer<'/api/reports/idle-numbers', 'get'>['numbers'][number];
/** What a team holds, where, at what cost, and how much it calls. */
export type Overview = Answer<'/api/reports/overview', 'get'>;
/** What a plan allows. */
export type Plan = Answer<'/api/plans', 'get'>['plans'][number];
export type Team = Answer<'/api/teams/{teamId}', 'get'>['team'];
export type Member = Answer<'/api/teams/{teamId}/members', 'get'>['members'][number];
export type Invitation = Answer<'/api/teams/{teamId}/invitations', 'get'>['invitations'][number];
export type ApiKey = Answer<'/api/api-keys', 'get'>['apiKeys'][number];
export type Event = Answer<'/api/events', 'get'>['events'][number];
export type WebhookEndpoint = Answer<'/api/webhook-endpoints', 'get'>['endpoints'][number];
export type WebhookDelivery = Answer<
  '/api/webhook-endpoints/{endpointId}/deliveries',
  'get'
>['deliveries'][number];
/** Who is signed in, and the teams that they may work in. */
export type Session = Answer<'/api/auth/session', 'get'>;
/** A team as the operator sees it. */
export type OperatorTeam = Answer<'/api/operator/teams', 'get'>['teams'][number];
/** A comparison with the carrier. */
export type ReconciliationReport = Answer<'/api/operator/reconciliation', 'get'>['reports'][number];
/** What needs a person. */
export type AttentionItem = Answer<'/api/operator/attention', 'get'>['items'][number];
