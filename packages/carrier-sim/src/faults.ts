import { randomUUID } from 'node:crypto';

export const ENDPOINTS = [
  'search',
  'create_order',
  'list_orders',
  'get_order',
  'list_numbers',
  'get_number',
  'update_number',
  'delete_number',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

/** Kinds of faults, and where each strikes when the request to add it does not say. */
const DEFAULT_TARGETS = {
  latency: 'any',
  hang: 'create_order',
  rate_limit: 'any',
  error_before: 'create_order',
  error_after: 'create_order',
  lost_answer: 'create_order',
  no_stock: 'search',
  pending: 'create_order',
  delayed_list: 'create_order',
  order_fails: 'create_order',
  must_search_first: 'create_order',
  webhook_drop: 'any',
  webhook_duplicate: 'any',
  webhook_reorder: 'any',
} as const satisfies Record<string, Endpoint | 'any'>;
export type FaultKind = keyof typeof DEFAULT_TARGETS;

export interface FaultSpec {
  kind: FaultKind;
  /** The endpoint that it strikes; `any` for all of them. */
  on?: Endpoint | 'any';
  /** How often it strikes, null for ever. Default 1. */
  times?: number | null;
  /** Chance from 0 to 1 that it strikes a request which it could. Default 1. */
  probability?: number;
  /**
   * Milliseconds of latency, hang, pending, delayed_list and webhook_reorder. null with `pending`: for ever.
   * Defaults: latency 1000, hang 120000, pending 1000, delayed_list 30000, webhook_reorder 2000.
   */
  ms?: number | null;
  /** HTTP status of error_before and error_after. Default 500. */
  status?: number;
  /** Whether a hang comes before the work (nothing is stored) or after it. Default before. */
  stage?: 'before' | 'after';
  /** Seconds for the `retry-after` header of a rate_limit; without it the header is missing. */
  retryAfterSeconds?: number;
  /** Seconds for `x-ratelimit-reset`. Default 1. */
  resetSeconds?: number;
  /** E.164: only requests about this number. */
  phoneNumber?: string;
  /** Three digits: only searches in this area code of US and CA, and requests about numbers of it. */
  areaCode?: string;
}

/** A fault in force (or used up), with how often it has struck. */
export interface Fault extends FaultSpec {
  id: string;
  on: Endpoint | 'any';
  times: number | null;
  probability: number;
  injected: number;
}

export interface Faults {
  /** @throws TypeError with a sentence where the specification makes no sense. */
  add(spec: FaultSpec): Fault;
  /** Every fault, used up or not, in the order in which they came. */
  list(): Fault[];
  clear(): void;
  /** Takes one use of the first fault of this kind that strikes, and counts it. */
  draw(
    kind: FaultKind,
    endpoint: Endpoint,
    phoneNumbers: readonly string[],
    stage?: string,
  ): Fault | undefined;
}

/** Mulberry32: a small generator with 32 bits of state, so that a seed repeats a run. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

function requireThat(condition: boolean, sentence: string): void {
  if (!condition) throw new TypeError(sentence);
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 0;
}

function check(spec: FaultSpec): void {
  const { kind, on, times, probability, ms, status, stage, retryAfterSeconds, resetSeconds } = spec;
  const { phoneNumber, areaCode } = spec;
  const kinds = Object.keys(DEFAULT_TARGETS);
  requireThat(kinds.includes(kind), `kind must be one of ${kinds.join(', ')}.`);
  requireThat(
    on === undefined || on === 'any' || ENDPOINTS.includes(on),
    `on must be any or one of ${ENDPOINTS.join(', ')}.`,
  );
  requireThat(
    times === undefined || times === null || (isCount(times) && times > 0),
    'times must be 1 or more.',
  );
  requireThat(
    probability === undefined || (typeof probability === 'number' && probability >= 0 && probability <= 1),
    'probability must be from 0 to 1.',
  );
  requireThat(
    ms === undefined || ms === null || isCount(ms),
    'ms must be a whole number of milliseconds, or null.',
  );
  requireThat(ms !== null || kind === 'pending', 'Only the ms of pending may be null.');
  requireThat(
    status === undefined || (isCount(status) && status >= 500 && status <= 599),
    'status must be from 500 to 599.',
  );
  requireThat(
    stage === undefined || stage === 'before' || stage === 'after',
    'stage must be before or after.',
  );
  for (const seconds of [retryAfterSeconds, resetSeconds]) {
    requireThat(seconds === undefined || isCount(seconds), 'Seconds must be a whole number.');
  }
  requireThat(phoneNumber === undefined || /^\+\d+$/.test(phoneNumber), 'phoneNumber must be E.164.');
  requireThat(areaCode === undefined || /^\d{3}$/.test(areaCode), 'areaCode must be three digits.');
}

function couldStrike(fault: Fault, endpoint: Endpoint, phoneNumbers: readonly string[]): boolean {
  if (fault.times !== null && fault.injected >= fault.times) return false;
  if (fault.on !== 'any' && fault.on !== endpoint) return false;
  if (fault.phoneNumber !== undefined && !phoneNumbers.includes(fault.phoneNumber)) return false;
  return (
    fault.areaCode === undefined || phoneNumbers.some((number) => number.startsWith(`+1${fault.areaCode}`))
  );
}

/** The faults of one process; they are not in the store, other processes do not see them. */
export function createFaults(seed: number): Faults {
  const random = seededRandom(seed);
  let faults: Fault[] = [];
  return {
    add(spec) {
      check(spec);
      const defaults = { id: randomUUID(), on: DEFAULT_TARGETS[spec.kind], times: 1, probability: 1 };
      const fault: Fault = { ...defaults, ...spec, injected: 0 };
      faults.push(fault);
      return { ...fault };
    },
    list: () => faults.map((fault) => ({ ...fault })),
    clear() {
      faults = [];
    },
    draw(kind, endpoint, phoneNumbers, stage) {
      for (const fault of faults) {
        if (fault.kind !== kind || !couldStrike(fault, endpoint, phoneNumbers)) continue;
        if (stage !== undefined && (fault.stage ?? 'before') !== stage) continue;
        if (fault.probability < 1 && random() >= fault.probability) continue;
        fault.injected++;
        return { ...fault };
      }
      return undefined;
    },
  };
}
