import { getTableConfig, PgDialect } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { phoneNumbers } from '../../src/db/schema.ts';
import {
  ASSIGNABLE_STATUSES,
  canBecome,
  LIVE_STATUSES,
  PHONE_NUMBER_STATUSES,
  type PhoneNumberStatus,
  SLOT_STATUSES,
} from '../../src/domain/phone-number.ts';

const ALLOWED: Record<PhoneNumberStatus, PhoneNumberStatus[]> = {
  purchasing: ['active', 'error'],
  active: ['suspended', 'releasing', 'released'],
  suspended: ['active', 'releasing', 'released'],
  releasing: ['active', 'released'],
  released: [],
  error: ['released'],
};

const pairs = PHONE_NUMBER_STATUSES.flatMap((from) => PHONE_NUMBER_STATUSES.map((to) => [from, to] as const));

describe('the life cycle of a number', () => {
  it('has the statuses of the contract', () => {
    expect([...PHONE_NUMBER_STATUSES].sort()).toEqual(Object.keys(ALLOWED).sort());
  });

  it.each(pairs)('%s to %s', (from, to) => {
    expect(canBecome(from, to)).toBe(ALLOWED[from].includes(to));
  });

  it('counts what is used or about to be', () => {
    expect([...SLOT_STATUSES].sort()).toEqual(['active', 'purchasing', 'suspended']);
  });

  it('never sells a number twice that we may hold', () => {
    expect([...LIVE_STATUSES].sort()).toEqual(['active', 'purchasing', 'releasing', 'suspended']);
    for (const status of SLOT_STATUSES) expect(LIVE_STATUSES).toContain(status);
  });

  it('gives work to what is in service, which holds a slot', () => {
    expect([...ASSIGNABLE_STATUSES].sort()).toEqual(['active', 'suspended']);
  });

  it('leads from a purchase to every status', () => {
    const reached = new Set<PhoneNumberStatus>(['purchasing']);
    for (const from of reached) for (const to of ALLOWED[from]) reached.add(to);
    expect(reached.size).toBe(PHONE_NUMBER_STATUSES.length);
  });

  it('is what the unique index of the database goes by', () => {
    const index = getTableConfig(phoneNumbers).indexes.find(
      ({ config }) => config.name === 'phone_numbers_live',
    );
    if (!index?.config.where) throw new Error('the index is missing');
    const { sql } = new PgDialect().sqlToQuery(index.config.where);
    expect(index.config.unique).toBe(true);
    expect(sql.match(/'\w+'/g)?.sort()).toEqual(LIVE_STATUSES.map((status) => `'${status}'`).sort());
  });
});
