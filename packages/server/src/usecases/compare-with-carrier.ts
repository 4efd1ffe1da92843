import type { Carrier, CarrierNumber, CarrierOrder } from '../carriers/carrier.ts';
import {
  findLiveRecords,
  findOwnOrders,
  oldestOpenOrderAt,
  pagesOfHeldNumbers,
  pagesOfOpenOrders,
} from '../db/reconciliation.ts';
import type { Mode } from '../domain/mode.ts';
import {
  type Finding,
  FindingList,
  type Fix,
  judgeHeld,
  judgeMissing,
  judgeOrder,
  type LiveRecord,
  MAX_FINDINGS,
  mayBeOrderId,
  OPEN_TOO_LONG_MS,
  type OwnOrder,
  ordersSince,
} from '../domain/reconciliation.ts';
import { later } from '../domain/time.ts';
import { type Context, carrierOf } from './context.ts';

export interface Comparison {
  findings: FindingList;
  numbersThere: number;
  numbersHere: number;
  ordersCompared: number;
  /** Suspects without a second look. */
  unconfirmed: number;
  /** Numbers that looked gone from the carrier, confirmed or not. */
  missing: number;
}

/** One number as it is now, on both sides, and what that means. */
export interface Look {
  held: CarrierNumber | null;
  live: LiveRecord | undefined;
  order: OwnOrder | undefined;
  finding: Finding | null;
}

/**
 * Compares the carrier's whole account with our records of the mode; changes nothing anywhere.
 *
 * Both lists change while they are read, so a difference between them is only a suspicion: each number that one of
 * our fixes would touch is looked at again by itself. What stays in memory is the set of numbers seen, and a bounded
 * number of suspects and findings; a page at a time of everything else.
 *
 * @param stillOurs called between the carrier's answers; throws where the run has lost its claim
 * @throws CarrierError where a list cannot be read to its end: half a list proves nothing
 */
export async function compareWithCarrier(
  context: Context,
  mode: Mode,
  stillOurs: () => Promise<void>,
): Promise<Comparison> {
  const carrier = carrierOf(context, mode);
  const suspects = new Suspects();
  const findings = new FindingList();

  const seen = new Set<string>();
  for await (const page of carrier.listNumbers()) {
    await stillOurs();
    for (const finding of await judgePage(context, mode, page, seen)) {
      if (finding.fix === 'none') findings.add(finding);
      else suspects.add(finding.fix, finding.phone_number);
    }
  }
  const ordersCompared = await compareOrders(context, mode, carrier, suspects, stillOurs);

  let numbersHere = 0;
  for await (const numbers of pagesOfHeldNumbers(context.db, mode)) {
    await stillOurs();
    numbersHere += numbers.length;
    for (const number of numbers) if (!seen.has(number)) suspects.add('mark_gone', number);
  }

  for (const number of suspects.numbers()) {
    await stillOurs();
    const { finding } = await lookAt(context, mode, number);
    if (finding) findings.add(finding);
  }
  const now = context.clock.now();
  for await (const orders of pagesOfOpenOrders(context.db, mode, later(now, -OPEN_TOO_LONG_MS))) {
    for (const order of orders) {
      const finding = judgeOrder(order, now);
      if (finding) findings.add(finding);
    }
  }
  const { unconfirmed, missing } = suspects;
  return { findings, numbersThere: seen.size, numbersHere, ordersCompared, unconfirmed, missing };
}

/** Suspects by number, so that none is found twice, and not more of them than a report has findings. */
class Suspects {
  readonly #numbers = new Set<string>();
  readonly #counts = new Map<Fix, number>();
  unconfirmed = 0;

  add(fix: Fix, number: string): void {
    if (this.#numbers.has(number)) return;
    const count = (this.#counts.get(fix) ?? 0) + 1;
    this.#counts.set(fix, count);
    if (count > MAX_FINDINGS) this.unconfirmed += 1;
    else this.#numbers.add(number);
  }

  get missing(): number {
    return this.#counts.get('mark_gone') ?? 0;
  }

  numbers(): Iterable<string> {
    return this.#numbers;
  }
}

/** What is wrong with a page of the carrier's numbers; a number that comes twice is judged once. */
async function judgePage(
  context: Context,
  mode: Mode,
  page: CarrierNumber[],
  seen: Set<string>,
): Promise<Finding[]> {
  const held: CarrierNumber[] = [];
  for (const number of page) {
    if (number.state === 'gone' || seen.has(number.phoneNumber)) continue;
    seen.add(number.phoneNumber);
    held.push(number);
  }
  const known = await knownAbout(context, mode, held);
  const now = context.clock.now();
  return held.flatMap((number) => judgeHeld(number, known(number), now) ?? []);
}

/** Our records of the carrier's numbers: the live ones, and the orders that their references name. */
async function knownAbout(context: Context, mode: Mode, held: readonly CarrierNumber[]) {
  const numbers = held.map(({ phoneNumber }) => phoneNumber);
  const live = await findLiveRecords(context.db, mode, numbers);
  const references = held.map(({ reference }) => reference).filter(mayBeOrderId);
  const orders = await findOwnOrders(context.db, mode, references);
  return ({ phoneNumber, reference }: CarrierNumber) => ({
    live: live.get(phoneNumber),
    order: reference === null ? undefined : orders.get(reference),
  });
}

/**
 * The carrier's orders: where one has succeeded that failed here, its number is a suspect, also if the list of
 * numbers has missed it.
 */
async function compareOrders(
  context: Context,
  mode: Mode,
  carrier: Carrier,
  suspects: Suspects,
  stillOurs: () => Promise<void>,
): Promise<number> {
  const since = ordersSince(context.clock.now(), await oldestOpenOrderAt(context.db, mode));
  let compared = 0;
  for await (const page of carrier.listOrders(since)) {
    await stillOurs();
    compared += page.length;
    const ids = page.filter(hasSucceeded).flatMap(({ reference }) => reference ?? []);
    const own = await findOwnOrders(context.db, mode, ids.filter(mayBeOrderId));
    for (const { state, phoneNumber } of own.values()) {
      if (state === 'failed' || state === 'lost') suspects.add('give_back', phoneNumber);
    }
  }
  return compared;
}

function hasSucceeded({ state }: CarrierOrder): boolean {
  return state === 'fulfilled';
}

/**
 * Looks at one number on both sides, at the carrier first: our record is then the newer of the two, and what has
 * changed in between shows in it.
 */
export async function lookAt(context: Context, mode: Mode, phoneNumber: string): Promise<Look> {
  const found = await carrierOf(context, mode).findNumber(phoneNumber);
  const held = found?.state === 'gone' ? null : found;
  if (held) {
    const known = (await knownAbout(context, mode, [held]))(held);
    return { held, ...known, finding: judgeHeld(held, known, context.clock.now()) };
  }
  const live = (await findLiveRecords(context.db, mode, [phoneNumber])).get(phoneNumber);
  const finding = live ? judgeMissing(live, context.clock.now()) : null;
  return { held, live, order: undefined, finding };
}
