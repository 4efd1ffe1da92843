import type { Command } from 'commander';
import { newIdempotencyKey } from '../../../idempotency-key.ts';
import {
  type PurchasedNumber,
  PurchaseFailedError,
  RefusalError,
  type Talkturo,
  TalkturoError,
} from '../../../index.ts';
import { waitForPurchase } from '../../../purchase-wait.ts';
import { EXIT, exitCodeOf, exitCodeOfRefusal } from '../../exit-codes.ts';
import { Failure, interrupted, usageFailure } from '../../failure.ts';
import type { Session } from '../../session.ts';
import { numbersOrIds, usd, wholeNumber, yesOption } from '../../values.ts';
import type { Within } from '../../within.ts';
import { OFFER, type Quote } from './search.ts';
import { addSearchOptions, filtersOf, type SearchOptions } from './search-options.ts';

interface BuyOptions extends SearchOptions {
  quantity?: number;
  maxPrice?: string;
  connection?: string;
  allOrNothing?: true;
  wait: number;
  idempotencyKey?: string;
  yes?: true;
  dryRun?: true;
}

/** What is to be bought: numbers by name, or so many that fit. */
interface Wish {
  phoneNumbers: string[];
  quantity: number;
  options: BuyOptions;
}

/** What became of one number. */
interface Bought {
  phone_number: string;
  status: string;
  id?: string;
  monthly_price?: string | null;
  error?: string | undefined;
  code?: string | undefined;
}

export function addBuy(numbers: Command, within: Within): void {
  const command = numbers
    .command('buy')
    .description('buy numbers: those named, or --quantity of those that fit; asks before it spends')
    .argument('[numbers...]', 'like +14155550102', numbersOrIds);
  addSearchOptions(command)
    .option('-q, --quantity <count>', 'how many that fit', wholeNumber(1, 50))
    .option(
      '--max-price <usd>',
      'USD a month at most for each; where you are asked, the price that you see',
      usd,
    )
    .option('--connection <id>', "one of the carrier's connections, for its calls")
    .option('--all-or-nothing', 'start none where not all can be started')
    .option('--wait <seconds>', 'how long to wait until it is active', wholeNumber(1, 3600), 120)
    .option('--idempotency-key <key>', 'the same key never buys twice; to repeat a purchase')
    .option('--dry-run', 'show what it would cost, and buy nothing')
    .addOption(yesOption())
    .action(within(buy));
}

async function buy(session: Session, named: string[] | undefined, options: BuyOptions): Promise<void> {
  const phoneNumbers = named ?? [];
  const wish = { phoneNumbers, quantity: phoneNumbers.length || (options.quantity ?? 1), options };
  checkWish(wish);
  const mayAsk = session.io.interactive || options.dryRun || options.yes;
  if (!mayAsk) {
    throw usageFailure(
      'Buying costs money, and nobody is here to say yes; nothing was bought.',
      'Say it with --yes, and with --max-price how much it may cost. --dry-run shows the price.',
    );
  }
  const client = await session.teamClient();
  // With --yes nothing is asked first: a purchase that is repeated would find its own number taken.
  if (options.yes && !options.dryRun) return await order(session, client, wish, options.maxPrice);

  const offers = await session.output.during('Asking for the price', offersFor(session, client, wish));
  const costs = costOf(offers, wish.quantity);
  if (options.dryRun) return showDryRun(session, offers, costs);
  session.output.ask(offers, OFFER);
  await session.confirm(`Buy ${countOf(offers.length)}? ${costs.sentence}${ofMode(session)}`, options);
  // What was said yes to, and no more: as many as were shown, at the price that was shown.
  await order(session, client, { ...wish, quantity: offers.length }, costs.highest ?? options.maxPrice);
}

function checkWish({ phoneNumbers, options }: Wish): void {
  const { quantity, areaCode, type, contains, startsWith, endsWith, city, region, features } = options;
  const fits = [quantity, areaCode, type, contains, startsWith, endsWith, city, region, features];
  const isFiltered = fits.some((value) => value !== undefined);
  if (phoneNumbers.length > 0 === isFiltered) {
    throw usageFailure(
      isFiltered ? 'Name numbers or say what fits, not both.' : 'Which number?',
      'talkturo numbers buy +14155550102, or: talkturo numbers buy --area-code 415 --quantity 2',
    );
  }
  if (phoneNumbers.length > 50) throw usageFailure('50 numbers at once is the most.');
}

/** @throws RefusalError what would refuse the purchase */
async function offersFor({ signal }: Session, client: Talkturo, wish: Wish): Promise<Quote[]> {
  const { phoneNumbers, quantity, options } = wish;
  if (phoneNumbers.length === 0) {
    const { numbers } = await client.phoneNumbers.search({ ...filtersOf(options), limit: 100 }, { signal });
    const affordable = numbers.filter(({ monthlyPrice }) => !isAbove(monthlyPrice, options.maxPrice));
    if (affordable.length === 0) {
      throw new Failure(
        EXIT.conflict,
        'number_unavailable',
        'No number that fits is on offer.',
        'Look: talkturo numbers search',
      );
    }
    const { eligible, refusals } = await client.phoneNumbers.eligibility({}, { signal });
    if (!eligible) throw refusedBefore(refusals[0]);
    return affordable.slice(0, quantity);
  }
  const answers = await Promise.all(
    phoneNumbers.map((phoneNumber) => client.phoneNumbers.eligibility({ phoneNumber }, { signal })),
  );
  return answers.map(({ offer, refusals }, index) => {
    if (refusals.length > 0) throw refusedBefore(refusals[0]);
    if (isAbove(offer?.monthlyPrice ?? null, options.maxPrice)) {
      throw new Failure(
        EXIT.conflict,
        'price_exceeded',
        `${phoneNumbers[index]} costs ${offer?.monthlyPrice} USD a month.`,
      );
    }
    return (
      offer ?? { phoneNumber: phoneNumbers[index] ?? '', monthlyPrice: null, setupPrice: null, features: [] }
    );
  });
}

function isAbove(price: string | null, limit: string | undefined): boolean {
  return price !== null && limit !== undefined && Number(price) > Number(limit);
}

/** The status that the code would have had. */
const STATUS: Record<string, number> = {
  plan_limit_reached: 403,
  trial_already_used: 403,
  carrier_unavailable: 503,
  carrier_error: 502,
};

function refusedBefore(refusal: { code: string; error: string } | undefined): Failure {
  const { code = 'failed', error = 'The purchase would be refused.' } = refusal ?? {};
  return new Failure(exitCodeOfRefusal({ status: STATUS[code] ?? 409, code }), code, error);
}

/** What all of them cost together. Prices have four decimals at most, so that the sums are exact. */
function costOf(offers: Quote[], quantity: number) {
  const sum = (prices: (string | null)[]) =>
    prices.reduce((total, price) => total + Math.round(Number(price ?? 0) * 10_000), 0) / 10_000;
  const monthly = sum(offers.map(({ monthlyPrice }) => monthlyPrice)).toFixed(2);
  const once = sum(offers.map(({ setupPrice }) => setupPrice)).toFixed(2);
  const known = offers.every(({ monthlyPrice }) => monthlyPrice !== null);
  const prices = offers.flatMap(({ monthlyPrice }) => monthlyPrice ?? []);
  const fewer = offers.length < quantity ? ` Only ${offers.length} of ${quantity} are on offer.` : '';
  return {
    monthly,
    once,
    highest: known ? prices.toSorted((a, b) => Number(b) - Number(a))[0] : undefined,
    sentence: `${known ? '' : 'At least '}${monthly} USD a month, and ${once} USD once.${fewer}`,
  };
}

function ofMode({ settings }: Session): string {
  return settings.apiKey?.value.startsWith('tk_test_') ? ' (Test mode: nothing is charged.)' : '';
}

function showDryRun({ output }: Session, offers: Quote[], costs: ReturnType<typeof costOf>): void {
  if (output.json) {
    output.record({ dry_run: true, offers, monthly_cost: costs.monthly, setup_cost: costs.once });
    return;
  }
  output.list(offers, OFFER, '');
  output.note(`It would cost ${costs.sentence} Nothing was bought.`);
}

async function order(
  session: Session,
  client: Talkturo,
  wish: Wish,
  maxPrice: string | undefined,
): Promise<void> {
  const { output, signal } = session;
  const { idempotencyKey = newIdempotencyKey() } = wish.options;
  const work = carryOut(session, client, wish, { idempotencyKey, maxPrice });
  const what = wish.phoneNumbers.join(', ') || countOf(wish.quantity);
  const results = await output.during(`Buying ${what}`, work).catch((error: unknown) => {
    if (signal.aborted) throw underWay(wish, idempotencyKey);
    if (error instanceof TalkturoError && mayBeUnderWay(error)) {
      error.message += ` The purchase may be under way. Repeat it with --idempotency-key ${idempotencyKey}: nothing is bought twice.`;
    }
    throw error;
  });
  report(session, wish, results);
}

/** Whether an attempt of it may have reached the server, whatever came of the last one. */
function mayBeUnderWay(error: TalkturoError): boolean {
  if (error instanceof PurchaseFailedError) return false;
  if (error instanceof RefusalError) return error.status === 429 || error.status >= 500;
  return exitCodeOf(error) === EXIT.unavailable;
}

function underWay({ phoneNumbers: [first, ...others] }: Wish, idempotencyKey: string): Failure {
  const look = first && others.length === 0 ? `watch ${first}` : 'list';
  return interrupted(
    `Stopped waiting. A purchase that was begun goes on at the server; to repeat it, add --idempotency-key ${idempotencyKey}.`,
    `See what becomes of it: talkturo numbers ${look}`,
  );
}

async function carryOut(
  session: Session,
  client: Talkturo,
  { phoneNumbers, quantity, options }: Wish,
  { idempotencyKey, maxPrice }: { idempotencyKey: string; maxPrice: string | undefined },
): Promise<Bought[]> {
  const { signal } = session;
  const waiting = { idempotencyKey, waitMs: options.wait * 1000, signal };
  const limits = {
    ...(maxPrice !== undefined && { maxMonthlyPrice: maxPrice }),
    ...(options.connection !== undefined && { connectionId: options.connection }),
  };
  const [only, ...others] = phoneNumbers;
  if (only !== undefined && others.length === 0) {
    const { phoneNumber } = await client.phoneNumbers.purchaseAndWait(
      { phoneNumber: only, ...limits },
      waiting,
    );
    return [phoneNumber];
  }
  const many = phoneNumbers.length > 0 ? { phoneNumbers } : { filters: filtersOf(options), quantity };
  const { results } = await client.phoneNumbers.purchaseMany(
    { ...many, ...limits, ...(options.allOrNothing && { allOrNothing: true }) },
    { idempotencyKey, signal },
  );
  return await Promise.all(
    results.map(async ({ phone_number, phoneNumber, error, code }): Promise<Bought> => {
      if (!phoneNumber) return { phone_number, status: 'error', error, code };
      if (phoneNumber.status === 'active') return phoneNumber;
      return await untilBought(client, phoneNumber, waiting);
    }),
  );
}

async function untilBought(
  client: Talkturo,
  started: PurchasedNumber,
  waiting: { idempotencyKey: string; waitMs: number; signal: AbortSignal },
): Promise<Bought> {
  try {
    const look = (each: { signal: AbortSignal }) => client.phoneNumbers.get(started.id, each);
    return (await waitForPurchase(started, look, waiting)).phoneNumber;
  } catch (error) {
    if (waiting.signal.aborted) throw error;
    const { id, phone_number } = started;
    // A look that fails says nothing about the purchase.
    const status = error instanceof PurchaseFailedError ? 'error' : 'purchasing';
    const code = status === 'error' ? 'purchase_failed' : 'purchase_pending';
    return { id, phone_number, status, error: (error as Error).message, code };
  }
}

/** One that was named is a record, several are a list, however many they are in the end. */
function report({ output }: Session, { phoneNumbers }: Wish, results: Bought[]): void {
  const [only] = results;
  if (only && phoneNumbers.length === 1) {
    const price = only.monthly_price ? ` It costs ${only.monthly_price} USD a month.` : '';
    output.done(`${only.phone_number} is yours (${only.id}).${price}`, only);
    return;
  }
  output.list(
    results,
    [
      ['number', ({ phone_number }) => phone_number],
      ['status', ({ status }) => status],
      ['id', ({ id }) => id],
      ['what happened', ({ error }) => error],
    ],
    'No number that fits is on offer; nothing was bought.',
  );
  const failed = results.filter(({ status }) => status === 'error');
  const pending = results.filter(({ status }) => status === 'purchasing');
  if (failed.length > 0 || results.length === 0) {
    throw new Failure(
      EXIT.conflict,
      'not_all_bought',
      `${failed.length} of ${results.length} were not bought.`,
    );
  }
  if (pending.length > 0) {
    throw new Failure(
      EXIT.pending,
      'purchase_pending',
      `${pending.length} are still being bought, and that goes on.`,
      'talkturo numbers watch',
    );
  }
}

function countOf(count: number): string {
  return count === 1 ? '1 number' : `${count} numbers`;
}
