import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  boolean,
  date,
  foreignKey,
  index,
  integer,
  json,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AssistantTemplate } from '../domain/assistant.ts';
import type { CampaignStatus } from '../domain/campaign.ts';
import type { Mode } from '../domain/mode.ts';
import type { NumberOrderState } from '../domain/number-order.ts';
import type { PhoneNumberStatus } from '../domain/phone-number.ts';
import type { PlanId } from '../domain/plans.ts';
import type { StartedNumber } from '../domain/purchase-outcome.ts';
import type { Role } from '../domain/roles.ts';
import type { RoutingStatus } from '../domain/routing.ts';
import type { GrantedScope } from '../domain/scopes.ts';

/*
 * The tables, for PostgreSQL and PGlite alike. Ids are TypeIDs, times are instants, money is numeric (never a
 * float). After a change here: `npm run db:generate`, and read the SQL that it writes.
 */

/** Who can make something happen. */
export type ActorType = 'key' | 'person' | 'operator' | 'system' | 'carrier';

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
/** By bytes, which for TypeIDs is by time. */
const inOrderOf = (column: AnyPgColumn) => sql`${column} collate "C"`;
const id = () => text('id').primaryKey();
const createdAt = () => instant('created_at').notNull();

export const teams = pgTable('teams', {
  id: id(),
  name: text('name').notNull(),
  slug: text('slug').notNull().unique(),
  plan: text('plan').$type<PlanId>().notNull(),
  /** The team's own figure where its plan lets it have one, else null. */
  maxNumbers: integer('max_numbers'),
  createdAt: createdAt(),
  updatedAt: instant('updated_at').notNull(),
});

export const users = pgTable('users', {
  id: id(),
  /** Lower case. */
  email: text('email').notNull().unique(),
  name: text('name').notNull(),
  /** Whether a link in a mail to this address was followed. */
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: createdAt(),
  updatedAt: instant('updated_at').notNull(),
});

/** Who is signed in where. The columns are those that better-auth wants, here and in the two tables below. */
export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** SHA-256 of the token: whoever reads the table cannot use it. */
    token: text('token').notNull().unique(),
    expiresAt: instant('expires_at').notNull(),
    ipAddress: text('ip_address'),
    userAgent: text('user_agent'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('sessions_of_user').on(table.userId)],
);

/** How a person signs in: here always with a password. */
export const accounts = pgTable(
  'accounts',
  {
    id: id(),
    userId: text('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    accountId: text('account_id').notNull(),
    providerId: text('provider_id').notNull(),
    /** The scrypt hash. */
    password: text('password'),
    accessToken: text('access_token'),
    refreshToken: text('refresh_token'),
    idToken: text('id_token'),
    accessTokenExpiresAt: instant('access_token_expires_at'),
    refreshTokenExpiresAt: instant('refresh_token_expires_at'),
    scope: text('scope'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('accounts_of_user').on(table.userId)],
);

/** What was sent by mail and is waited for: password resets. */
export const verifications = pgTable(
  'verifications',
  {
    id: id(),
    identifier: text('identifier').notNull(),
    value: text('value').notNull(),
    expiresAt: instant('expires_at').notNull(),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('verifications_by_identifier').on(table.identifier)],
);

/** Secrets that the service makes for itself where the environment brings none, the same for all servers. */
export const serverSecrets = pgTable('server_secrets', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
  createdAt: createdAt(),
});

export const teamMembers = pgTable(
  'team_members',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    userId: text('user_id')
      .notNull()
      .references(() => users.id),
    role: text('role').$type<Role>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.userId] }),
    index('team_members_of_user').on(table.userId),
  ],
);

export const teamInvitations = pgTable(
  'team_invitations',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    /** Lower case. */
    email: text('email').notNull(),
    role: text('role').$type<Role>().notNull(),
    /** SHA-256 of what the mail brought. */
    tokenHash: text('token_hash').notNull().unique(),
    invitedBy: text('invited_by').references(() => users.id),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    revokedAt: instant('revoked_at'),
    createdAt: createdAt(),
  },
  (table) => [
    // One open invitation for an address; a new one takes the place of the old.
    uniqueIndex('team_invitations_open')
      .on(table.teamId, table.email)
      .where(sql`accepted_at is null and revoked_at is null`),
  ],
);

export const apiKeys = pgTable(
  'api_keys',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    mode: text('mode').$type<Mode>().notNull(),
    name: text('name').notNull(),
    /** The first characters of the token, for people to tell keys apart. */
    prefix: text('prefix').notNull(),
    tokenHash: text('token_hash').notNull().unique(),
    scopes: text('scopes').array().$type<GrantedScope[]>().notNull(),
    /** In whose name the key acts. */
    createdBy: text('created_by').references(() => users.id),
    /** Requests an hour; null: the server's default. */
    rateLimitPerHour: integer('rate_limit_per_hour'),
    expiresAt: instant('expires_at'),
    revokedAt: instant('revoked_at'),
    /** To the minute. */
    lastUsedAt: instant('last_used_at'),
    createdAt: createdAt(),
  },
  (table) => [
    index('api_keys_of_team').on(table.teamId, table.id),
    index('api_keys_of_creator').on(table.createdBy),
  ],
);

/** How much of a limit is used up in the current window; servers take from it in portions. */
export const rateLimits = pgTable(
  'rate_limits',
  {
    /** Whose limit, and on what: `key_01j…:search`. */
    bucket: text('bucket').primaryKey(),
    windowStart: instant('window_start').notNull(),
    used: integer('used').notNull(),
    /** What the last taking was given. */
    granted: integer('granted').notNull(),
  },
  (table) => [index('rate_limits_by_age').on(table.windowStart)],
);

export const assistants = pgTable(
  'assistants',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    name: text('name').notNull(),
    templateId: text('template_id').$type<AssistantTemplate>().notNull().default('custom'),
    inboundEnabled: boolean('inbound_enabled').notNull().default(true),
    outboundEnabled: boolean('outbound_enabled').notNull().default(true),
    /** The carrier's connection that calls of its numbers use; null: each number's own. */
    connectionId: text('connection_id'),
    /** E.164: where calls go that it does not answer. */
    fallbackNumber: text('fallback_number'),
    /** The voice runtime's, kept as it came. */
    metadata: jsonb('metadata').$type<Record<string, unknown>>().notNull().default({}),
    createdBy: text('created_by').references(() => users.id),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [unique('assistants_of_team').on(table.teamId, table.id)],
);

export const phoneNumbers = pgTable(
  'phone_numbers',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    mode: text('mode').$type<Mode>().notNull(),
    /** E.164. */
    phoneNumber: text('phone_number').notNull(),
    provider: text('provider').notNull(),
    /** The carrier's id of the number, null until it has delivered. */
    carrierNumberId: text('carrier_number_id'),
    /** The connection that the number was bought for; its assistant's comes before it. */
    connectionId: text('connection_id'),
    /** Whether the carrier sends its calls to the connection that is wanted now. */
    routingStatus: text('routing_status').$type<RoutingStatus>().notNull().default('in_sync'),
    /** How often the carrier was asked to, since it was last in sync. */
    routingAttempts: integer('routing_attempts').notNull().default(0),
    /** When the carrier is asked next, or was last asked. */
    routingNextAt: instant('routing_next_at'),
    status: text('status').$type<PhoneNumberStatus>().notNull(),
    isTrial: boolean('is_trial').notNull(),
    trialExpiresAt: instant('trial_expires_at'),
    /** Bought as a trial: stays true when a paid plan turns it into a paid number, so that no team has two. */
    boughtAsTrial: boolean('bought_as_trial').notNull(),
    assistantId: text('assistant_id'),
    /** What the team calls the number. */
    label: text('label'),
    /** Flagged as spam, it is no caller ID until then. */
    restingUntil: instant('resting_until'),
    /** The last call that the voice runtime told of or was given the number for. */
    lastCallAt: instant('last_call_at'),
    /** While it is set, nobody releases the number by mistake. */
    deletionLock: boolean('deletion_lock').notNull().default(false),
    /** `releasing`: when it goes back to the carrier; until then it can be restored. */
    releaseAt: instant('release_at'),
    /** `releasing`: the intent to give it back is written; from here on there is no way back. */
    givingBackAt: instant('giving_back_at'),
    /** `releasing`: how often the carrier was asked to take it back. */
    giveBackAttempts: integer('give_back_attempts').notNull().default(0),
    releasedAt: instant('released_at'),
    suspendedAt: instant('suspended_at'),
    /** `suspended`: when it goes back to the carrier, unless the team subscribes again. */
    suspensionEndsAt: instant('suspension_ends_at'),
    /** The last warning that the team was given of the number's end: days left. */
    warnedDaysLeft: integer('warned_days_left'),
    createdBy: text('created_by').references(() => users.id),
    /** USD a month, as the carrier offered it; null where it was not known. */
    monthlyPrice: numeric('monthly_price'),
    setupPrice: numeric('setup_price'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    // One E.164 number has at most one live record: the last line of defence, below every check in code.
    uniqueIndex('phone_numbers_live')
      .on(table.mode, table.phoneNumber)
      .where(sql`status in ('purchasing', 'active', 'suspended', 'releasing')`),
    // All that a list shows of a number stands in it: a team's rows lie far apart, and are not read for its list.
    index('phone_numbers_listed')
      .on(
        table.teamId,
        table.mode,
        table.createdAt.desc(),
        table.id.desc(),
        table.phoneNumber,
        table.provider,
        table.status,
        table.isTrial,
        table.trialExpiresAt,
        table.assistantId,
        table.createdBy,
      )
      .where(sql`status <> 'released'`),
    // A number by its name, whatever has become of it: the last one that a team had, and why it answers no more.
    index('phone_numbers_by_number').on(table.teamId, table.mode, table.phoneNumber),
    // What the clock has to end: trials, suspensions, and releases.
    index('phone_numbers_on_trial').on(table.trialExpiresAt).where(sql`is_trial`),
    index('phone_numbers_suspended').on(table.suspensionEndsAt).where(sql`status = 'suspended'`),
    index('phone_numbers_releasing').on(table.releaseAt).where(sql`status = 'releasing'`),
    index('phone_numbers_of_assistant').on(table.assistantId).where(sql`assistant_id is not null`),
    index('phone_numbers_out_of_sync').on(table.routingNextAt).where(sql`routing_status = 'pending'`),
    // The assistant is always one of the number's own team.
    foreignKey({
      columns: [table.teamId, table.assistantId],
      foreignColumns: [assistants.teamId, assistants.id],
    }),
  ],
);

/** What calls people, and with which of the numbers; the dialling itself is not ours. */
export const campaigns = pgTable(
  'campaigns',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    mode: text('mode').$type<Mode>().notNull(),
    name: text('name').notNull(),
    /** Null where it has none yet, or lost it. */
    assistantId: text('assistant_id'),
    /** Calls a day that one of its numbers may place; null: no cap. */
    dailyCapPerNumber: integer('daily_cap_per_number'),
    status: text('status').$type<CampaignStatus>().notNull(),
    createdBy: text('created_by').references(() => users.id),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('campaigns_of_team').on(table.teamId, table.mode, table.id),
    index('campaigns_of_assistant').on(table.assistantId),
    // The assistant is always one of the campaign's own team.
    foreignKey({
      columns: [table.teamId, table.assistantId],
      foreignColumns: [assistants.teamId, assistants.id],
    }),
  ],
);

export const campaignNumbers = pgTable(
  'campaign_numbers',
  {
    campaignId: text('campaign_id')
      .notNull()
      .references(() => campaigns.id, { onDelete: 'cascade' }),
    phoneNumberId: text('phone_number_id')
      .notNull()
      .references(() => phoneNumbers.id),
    /** 1–20: a number of weight 2 gets twice the contacts of one of weight 1. */
    weight: integer('weight').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.campaignId, table.phoneNumberId] }),
    index('campaign_numbers_by_number').on(table.phoneNumberId),
  ],
);

/** What a number did on a day (UTC). */
export const numberDays = pgTable(
  'number_days',
  {
    phoneNumberId: text('phone_number_id')
      .notNull()
      .references(() => phoneNumbers.id, { onDelete: 'cascade' }),
    day: date('day', { mode: 'string' }).notNull(),
    /** Times that it was given as a caller ID. */
    outboundCalls: integer('outbound_calls').notNull().default(0),
    answered: integer('answered').notNull().default(0),
    rejected: integer('rejected').notNull().default(0),
    spamFlags: integer('spam_flags').notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.phoneNumberId, table.day] })],
);

export const numberOrders = pgTable(
  'number_orders',
  {
    /** Also our reference at the carrier. */
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    mode: text('mode').$type<Mode>().notNull(),
    /** Without a foreign key: the order is kept as evidence where the number's record goes. */
    phoneNumberId: text('phone_number_id').notNull(),
    phoneNumber: text('phone_number').notNull(),
    connectionId: text('connection_id'),
    /** USD a month that the buyer accepts at most. */
    maxMonthlyPrice: numeric('max_monthly_price'),
    state: text('state').$type<NumberOrderState>().notNull(),
    /** Goes up by one with every change of state; only who holds the current one may make the next change. */
    version: integer('version').notNull(),
    carrierOrderId: text('carrier_order_id'),
    /** How often the carrier was asked to order: again only after a definite refusal. */
    orderAttempts: integer('order_attempts').notNull(),
    /** When the intent of the latest attempt was written. */
    orderingAt: instant('ordering_at'),
    /** How often the carrier was asked what became of it, since the last change of state. */
    checks: integer('checks').notNull(),
    /** Not before this time is the next step worth trying. */
    nextStepAt: instant('next_step_at').notNull(),
    /** Why it failed: a code of the domain, and the carrier's words for the log. */
    failureCode: text('failure_code'),
    failureDetail: text('failure_detail'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('number_orders_open').on(table.nextStepAt).where(sql`state not in ('completed', 'failed')`),
    index('number_orders_of_number').on(table.phoneNumberId),
    // The carrier's events name its own id where they do not name ours.
    index('number_orders_by_carrier_id').on(table.carrierOrderId).where(sql`carrier_order_id is not null`),
  ],
);

/** What the carrier has told us, one row per event of its: an inbox, so that repetition and disorder do no harm. */
export const carrierEvents = pgTable(
  'carrier_events',
  {
    /** The carrier's id of the event. */
    id: id(),
    /** Our reference on the order that it is about, and the carrier's id of it. */
    reference: text('reference'),
    carrierOrderId: text('carrier_order_id'),
    orderState: text('order_state').$type<'pending' | 'fulfilled' | 'failed'>().notNull(),
    receivedAt: instant('received_at').notNull(),
    processedAt: instant('processed_at'),
  },
  (table) => [index('carrier_events_by_age').on(table.receivedAt)],
);

/** What comparing our records with the carrier's has found, run by run. */
export const reconciliationReports = pgTable(
  'reconciliation_reports',
  {
    id: id(),
    mode: text('mode').$type<Mode>().notNull(),
    applied: boolean('applied').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at').notNull(),
    /** Counts by kind of finding, and how much was compared. */
    summary: jsonb('summary').notNull(),
    /** The findings themselves, as many as a report holds. */
    findings: jsonb('findings').notNull(),
  },
  (table) => [index('reconciliation_reports_by_time').on(table.mode, table.startedAt)],
);

/** Who is comparing a mode's records with the carrier's: one run at a time, over all servers. */
export const reconciliationClaims = pgTable('reconciliation_claims', {
  mode: text('mode').$type<Mode>().primaryKey(),
  /** The id of the report that the run will write. */
  holder: text('holder').notNull(),
  /** A run that has not prolonged its claim by then has died. */
  expiresAt: instant('expires_at').notNull(),
});

export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    mode: text('mode').$type<Mode>().notNull(),
    key: text('key').notNull(),
    /** SHA-256 of the request, so that the same key with another body is noticed. */
    requestHash: text('request_hash').notNull(),
    /** The order that the first request started, of several the first; null where it was refused before. */
    orderId: text('order_id'),
    /** How each number of a bulk purchase began: its order, or why it has none. */
    started: json('started').$type<StartedNumber[]>(),
    /** The answer once it is known, kept to the letter (jsonb would reorder it); from then on it is the answer. */
    outcome: json('outcome'),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.teamId, table.mode, table.key] }),
    index('idempotency_keys_by_age').on(table.createdAt),
  ],
);

export const events = pgTable(
  'events',
  {
    id: id(),
    teamId: text('team_id').notNull(),
    /** Null for what belongs to neither mode: members, keys, the plan. */
    mode: text('mode').$type<Mode>(),
    type: text('type').notNull(),
    /** The id of the record that it happened to. */
    subject: text('subject').notNull(),
    actorType: text('actor_type').$type<ActorType>().notNull(),
    /** The id of the key or the person. */
    actorId: text('actor_id'),
    /** What changed: the fields before and after, null where there is no before or after. */
    before: jsonb('before'),
    after: jsonb('after'),
    data: jsonb('data').notNull(),
    createdAt: createdAt(),
  },
  // Rows are never changed or deleted: a trigger of the migration refuses it.
  (table) => [
    // What a mode shows is its own events and those of neither: an index for each, so that a page of the one never
    // reads past the events of the other. The collation keeps the primary key out, which the planner would else take
    // for large teams, reading past the events of all others.
    index('events_of_team_live')
      .on(table.teamId, inOrderOf(table.id))
      .where(sql`mode is distinct from 'test'`),
    index('events_of_team_test')
      .on(table.teamId, inOrderOf(table.id))
      .where(sql`mode is distinct from 'live'`),
    index('events_of_team_by_type_live')
      .on(table.teamId, table.type, inOrderOf(table.id))
      .where(sql`mode is distinct from 'test'`),
    index('events_of_team_by_type_test')
      .on(table.teamId, table.type, inOrderOf(table.id))
      .where(sql`mode is distinct from 'live'`),
    index('events_of_subject').on(table.teamId, table.subject, inOrderOf(table.id)),
    index('events_of_subject_by_type').on(table.teamId, table.subject, table.type, inOrderOf(table.id)),
  ],
);

/** Where a team wants to hear of its events. */
export const webhookEndpoints = pgTable(
  'webhook_endpoints',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    mode: text('mode').$type<Mode>().notNull(),
    url: text('url').notNull(),
    description: text('description'),
    /** Types of events that it wants; empty: all of them. */
    types: text('types').array().notNull(),
    /** `whsec_…`: signatures need it as it is. */
    secret: text('secret').notNull(),
    /** The secret before the last rotation signs too, until its time is over. */
    previousSecret: text('previous_secret'),
    previousSecretExpiresAt: instant('previous_secret_expires_at'),
    enabled: boolean('enabled').notNull(),
    /** Why it was switched off, where nobody of the team did it. */
    disabledReason: text('disabled_reason').$type<'failing' | 'gone'>(),
    disabledAt: instant('disabled_at'),
    /** Since when nothing has come through; null while things do. */
    failingSince: instant('failing_since'),
    createdBy: text('created_by').references(() => users.id),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [index('webhook_endpoints_of_team').on(table.teamId, table.mode)],
);

/** One event on its way to one endpoint. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    id: id(),
    endpointId: text('endpoint_id')
      .notNull()
      .references(() => webhookEndpoints.id, { onDelete: 'cascade' }),
    teamId: text('team_id').notNull(),
    eventId: text('event_id').notNull(),
    eventType: text('event_type').notNull(),
    /** Deliveries about the same record go out one after the other. */
    subject: text('subject').notNull(),
    status: text('status').$type<'pending' | 'succeeded' | 'failed'>().notNull(),
    attempts: integer('attempts').notNull(),
    /** `pending`: not before this time. */
    nextAttemptAt: instant('next_attempt_at').notNull(),
    lastAttemptAt: instant('last_attempt_at'),
    /** HTTP status of the last answer, null where there was none. */
    responseStatus: integer('response_status'),
    createdAt: createdAt(),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [
    index('webhook_deliveries_of_endpoint').on(table.endpointId, table.id),
    index('webhook_deliveries_by_status').on(table.endpointId, table.status, table.id),
    index('webhook_deliveries_by_age').on(table.createdAt),
    index('webhook_deliveries_pending').on(table.nextAttemptAt).where(sql`status = 'pending'`),
    index('webhook_deliveries_in_order')
      .on(table.endpointId, table.subject, table.id)
      .where(sql`status = 'pending'`),
  ],
);

/** Each time that a delivery was tried, and what came back. */
export const webhookAttempts = pgTable(
  'webhook_attempts',
  {
    deliveryId: text('delivery_id')
      .notNull()
      .references(() => webhookDeliveries.id, { onDelete: 'cascade' }),
    attempt: integer('attempt').notNull(),
    at: instant('at').notNull(),
    durationMs: integer('duration_ms').notNull(),
    responseStatus: integer('response_status'),
    /** The beginning of the answer's body. */
    responseBody: text('response_body'),
    /** Why there was no answer. */
    error: text('error'),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.attempt] })],
);

/** What the simulated carrier of test mode remembers: see carrier-sim's store. */
export const simulatedCarrierRecords = pgTable(
  'simulated_carrier_records',
  {
    seq: integer('seq').notNull().generatedAlwaysAsIdentity(),
    collection: text('collection').notNull(),
    id: text('id').notNull(),
    record: jsonb('record').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.collection, table.id] }),
    index('simulated_carrier_in_order').on(table.collection, table.seq),
    index('simulated_carrier_by_field').using('gin', sql`record jsonb_path_ops`),
  ],
);
