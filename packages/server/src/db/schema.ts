import { sql } from 'drizzle-orm';
import {
  boolean,
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
import type { Mode } from '../domain/mode.ts';
import type { NumberOrderState } from '../domain/number-order.ts';
import type { PhoneNumberStatus } from '../domain/phone-number.ts';
import type { PlanId } from '../domain/plans.ts';

/*
 * The tables, for PostgreSQL and PGlite alike. Ids are TypeIDs, times are instants, money is numeric (never a
 * float). After a change here: `npm run db:generate`, and read the SQL that it writes.
 */

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
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
    role: text('role').$type<'owner' | 'admin' | 'member'>().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.teamId, table.userId] })],
);

export const apiKeys = pgTable('api_keys', {
  id: id(),
  teamId: text('team_id')
    .notNull()
    .references(() => teams.id),
  mode: text('mode').$type<Mode>().notNull(),
  name: text('name').notNull(),
  /** The first characters of the token, for people to tell keys apart. */
  prefix: text('prefix').notNull(),
  tokenHash: text('token_hash').notNull().unique(),
  scopes: text('scopes').array().notNull(),
  /** In whose name the key acts. */
  createdBy: text('created_by').references(() => users.id),
  expiresAt: instant('expires_at'),
  revokedAt: instant('revoked_at'),
  createdAt: createdAt(),
});

export const assistants = pgTable(
  'assistants',
  {
    id: id(),
    teamId: text('team_id')
      .notNull()
      .references(() => teams.id),
    name: text('name').notNull(),
    createdAt: createdAt(),
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
    connectionId: text('connection_id'),
    status: text('status').$type<PhoneNumberStatus>().notNull(),
    isTrial: boolean('is_trial').notNull(),
    trialExpiresAt: instant('trial_expires_at'),
    /** Bought as a trial: stays true when a paid plan turns it into a paid number, so that no team has two. */
    boughtAsTrial: boolean('bought_as_trial').notNull(),
    assistantId: text('assistant_id'),
    /** What the team calls the number. */
    label: text('label'),
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
    index('phone_numbers_of_team')
      .on(table.teamId, table.mode, table.createdAt.desc(), table.id.desc())
      .where(sql`status <> 'released'`),
    // What the clock has to end: trials, suspensions, and releases.
    index('phone_numbers_on_trial').on(table.trialExpiresAt).where(sql`is_trial`),
    index('phone_numbers_suspended').on(table.suspensionEndsAt).where(sql`status = 'suspended'`),
    index('phone_numbers_releasing').on(table.releaseAt).where(sql`status = 'releasing'`),
    index('phone_numbers_of_assistant').on(table.assistantId).where(sql`assistant_id is not null`),
    // The assistant is always one of the number's own team.
    foreignKey({
      columns: [table.teamId, table.assistantId],
      foreignColumns: [assistants.teamId, assistants.id],
    }),
  ],
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
    /** The order that the first request started, null where it was refused before. */
    orderId: text('order_id'),
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
    mode: text('mode').$type<Mode>().notNull(),
    type: text('type').notNull(),
    /** The id of the record that it happened to. */
    subject: text('subject').notNull(),
    actorType: text('actor_type').$type<'key' | 'system' | 'carrier'>().notNull(),
    actorId: text('actor_id'),
    data: jsonb('data').notNull(),
    createdAt: createdAt(),
  },
  (table) => [
    index('events_of_team').on(table.teamId, table.id),
    index('events_of_subject').on(table.subject, table.id),
  ],
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
