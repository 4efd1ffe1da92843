import { z } from 'zod';

/*
 * What tools answer with, as the API gives it. Loose: a newer server tells more.
 */

export const offer = z
  .looseObject({
    phoneNumber: z.string(),
    monthlyPrice: z.string(),
    setupPrice: z.string(),
    features: z.array(z.string()),
  })
  .describe('a number on offer; prices in USD');

export const planFigures = z
  .looseObject({
    currentCount: z.number(),
    maxAllowed: z.number(),
    hasSubscription: z.boolean(),
    planName: z.string(),
  })
  .describe('how many numbers of how many the plan allows');

export const refusal = z.looseObject({ code: z.string(), error: z.string() });

export const listedNumber = z.looseObject({
  id: z.string(),
  phone_number: z.string(),
  status: z.string().describe('purchasing, active, suspended, releasing, released or error'),
  is_trial: z.boolean(),
  trial_expires_at: z.string().nullable(),
  assistant_id: z.string().nullable(),
  assistant_name: z.string().nullable(),
  created_at: z.string(),
});

export const phoneNumber = listedNumber.extend({
  mode: z.string().describe('live or test'),
  label: z.string().nullable(),
  deletion_lock: z.boolean(),
  routing_status: z.string(),
  monthly_price: z.string().nullable().describe('USD'),
  release_at: z.string().nullable().describe('while releasing: until when it can be restored'),
});

export const assignedNumber = z.looseObject({
  id: z.string(),
  phone_number: z.string(),
  status: z.string(),
  assistant_id: z.string().nullable(),
  routing_status: z.string(),
});

export const named = z.looseObject({ id: z.string(), name: z.string() });

/** Numbers are named by either everywhere. */
export const numberId = z
  .string()
  .min(1)
  .describe('the id of a number, like pn_01j…, or the number itself, like +14155550101');
