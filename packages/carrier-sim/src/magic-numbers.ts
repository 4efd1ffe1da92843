/** What goes wrong around a request. `drop` ends the connection without an answer, `hang` holds the answer back. */
export type Mishap = 'error' | 'rate_limit' | 'drop' | 'hang';

export interface Misbehaviour {
  /** Happens instead of the work: nothing is stored. */
  before?: Mishap;
  /** Happens when the work is done and stored. */
  after?: Mishap;
  /** A refusal with this carrier code. */
  refuse?: '85000' | '85001' | '20100' | '10027';
  /** Only the first time since the number was last released (or the state reset). */
  once?: boolean;
}

export interface MagicBehaviour {
  name: string;
  description: string;
  create_order?: Misbehaviour;
  update_number?: Misbehaviour;
  delete_number?: Misbehaviour;
  /** The order ends in `failure`. */
  fails?: boolean;
  /** Milliseconds in `pending`; null: for ever. */
  pendingMs?: number | null;
  /** Milliseconds for which lists and look-ups do not know the order (nor its numbers). */
  orderHiddenMs?: number;
  /** Milliseconds after completion for which lists and look-ups do not know the number. */
  numberHiddenMs?: number;
  /** The order waits for documents that nobody has sent. */
  requirementsMissing?: boolean;
  /** Decimal string, USD. */
  monthlyCost?: string;
}

const LATE_MS = 30_000;

/** Behaviour by the last two digits of 555-09NN. Codes not listed here behave like any other number. */
export const MAGIC_BEHAVIOURS: Readonly<Record<string, MagicBehaviour>> = {
  '00': { name: 'plain', description: 'Nothing goes wrong; only hidden from general searches.' },
  '01': {
    name: 'not_available',
    description: 'Search offers it, every order is refused with 85001 (422).',
    create_order: { refuse: '85001' },
  },
  '02': { name: 'order_fails', description: 'The order is accepted and ends in failure.', fails: true },
  '03': {
    name: 'pending_60s',
    description: 'The order is pending for 60 s, then succeeds.',
    pendingMs: 60_000,
  },
  '04': { name: 'pending_forever', description: 'The order stays pending for ever.', pendingMs: null },
  '05': {
    name: 'lost_answer',
    description: 'The order stands, the connection breaks before the answer.',
    create_order: { after: 'drop' },
  },
  '06': {
    name: 'error_after',
    description: 'The order stands, the answer is a 500.',
    create_order: { after: 'error' },
  },
  '07': {
    name: 'error_before',
    description: 'Every order is answered 500 and nothing is stored.',
    create_order: { before: 'error' },
  },
  '08': {
    name: 'rate_limited_once',
    description: 'The first order is answered 429, the next one is fine.',
    create_order: { before: 'rate_limit', once: true },
  },
  '09': {
    name: 'search_first_once',
    description:
      'The first order is refused with 85000 (422) although a search named it, the next one is fine.',
    create_order: { refuse: '85000', once: true },
  },
  '10': {
    name: 'insufficient_funds',
    description: 'Every order is refused with 20100 (403).',
    create_order: { refuse: '20100' },
  },
  '11': {
    name: 'requirements_missing',
    description:
      'The order stays pending, requirements_met false, requirements_status requirement-info-pending.',
    pendingMs: null,
    requirementsMissing: true,
  },
  '12': {
    name: 'lost_and_late',
    description: 'The answer is lost, and lists and look-ups know the order and the number only after 30 s.',
    create_order: { after: 'drop' },
    orderHiddenMs: LATE_MS,
    numberHiddenMs: LATE_MS,
  },
  '13': {
    name: 'number_late',
    description: 'The order succeeds, the number turns up under /phone_numbers only 30 s later.',
    numberHiddenMs: LATE_MS,
  },
  '14': {
    name: 'release_refused',
    description: 'DELETE is refused with 10027 (422), for ever.',
    delete_number: { refuse: '10027' },
  },
  '15': { name: 'expensive', description: 'Costs 25.00 a month.', monthlyCost: '25.00' },
  '16': {
    name: 'hang_after',
    description: 'The order stands; the answer is held until the client gives up, at most 120 s.',
    create_order: { after: 'hang' },
  },
  '17': {
    name: 'hang_before',
    description: 'Nothing is stored; the answer is held until the client gives up, at most 120 s.',
    create_order: { before: 'hang' },
  },
  '18': {
    name: 'fails_after_10s',
    description: 'The order is pending for 10 s, then ends in failure.',
    pendingMs: 10_000,
    fails: true,
  },
  '19': {
    name: 'lost_request',
    description: 'The connection breaks before anything is stored.',
    create_order: { before: 'drop' },
  },
  '20': {
    name: 'update_fails_once',
    description: 'The first PATCH is answered 500 and changes nothing, the next one is fine.',
    update_number: { before: 'error', once: true },
  },
  '21': {
    name: 'release_answer_lost',
    description: 'DELETE gives the number back, the connection breaks before the answer.',
    delete_number: { after: 'drop' },
  },
  '22': {
    name: 'release_fails_once',
    description: 'The first DELETE is answered 500 and gives nothing back, the next one is fine.',
    delete_number: { before: 'error', once: true },
  },
};

/** Whether a line number within exchange 555 is magic: 0900 to 0999. */
export function isMagicLine(line: number): boolean {
  return line >= 900 && line <= 999;
}

/** How a magic number misbehaves; undefined for every other number. */
export function magicBehaviour(phoneNumber: string): MagicBehaviour | undefined {
  const code = /^\+1[2-9]\d{2}55509(\d{2})$/.exec(phoneNumber)?.[1];
  return code === undefined ? undefined : (MAGIC_BEHAVIOURS[code] ?? MAGIC_BEHAVIOURS['00']);
}
