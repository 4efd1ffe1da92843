import {
  ConnectionError,
  IdempotencyInProgressError,
  NotReadyError,
  type PhoneNumber,
  PurchaseFailedError,
  RefusalError,
  type Talkturo,
  TimeoutError,
  UnauthorizedError,
  UnexpectedResponseError,
} from '@talkturo/client';
import { noteRequest } from '../../api/query-client.ts';
import { keep, kept } from '../../session/kept.ts';

/*
 * Purchases of this browser, each with an idempotency key of its own that is kept over a reload: however often one
 * is repeated, its number is bought once.
 */

/** How far a purchase has come. `asking`: it was on its way when the page or the session ended, and waits for a word. */
export type Step = 'ordering' | 'provisioning' | 'active' | 'failed' | 'asking';

export interface Purchase {
  key: string;
  phoneNumber: string;
  monthlyPrice: string;
  setupPrice: string;
  step: Step;
  startedAt: number;
  /** Our record, once there is one. */
  numberId: string | null;
  /** Why it failed; kept only until a reload. */
  error?: Error;
  /** Whether the server has not answered for a while. */
  isWaiting?: boolean;
}

/** A purchase that was on its way for no longer than this goes on by itself after a reload, ms. */
const FRESH_MS = 10 * 60_000;

/** After this long without an answer one looks how far the number is, and how often from then on, ms. */
const LOOK_MS = 1_000;
const LOOK_LATER_MS = 3_000;

/** How long to wait before asking again where no answer came, ms. */
const AGAIN_MS = 4_000;

const listeners = new Set<() => void>();
const lists = new Map<string, Purchase[]>();
const running = new Set<string>();

export interface Buyer {
  client: Talkturo;
  scope: readonly [teamId: string, mode: string];
  /** Called when a purchase has come to its end. */
  onSettled?: (purchase: Purchase) => void;
}

export function subscribeToPurchases(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The purchases of a team in a mode, the latest first. */
export function purchasesOf(scope: Buyer['scope']): readonly Purchase[] {
  const name = scope.join('.');
  const found = lists.get(name) ?? read(name);
  lists.set(name, found);
  return found;
}

/** Starts to buy a number, unless that is under way already: a second press is the same purchase. */
export function startPurchase(
  buyer: Buyer,
  offer: { phoneNumber: string; monthlyPrice: string; setupPrice: string },
): void {
  const others = purchasesOf(buyer.scope);
  if (others.some(({ phoneNumber, step }) => phoneNumber === offer.phoneNumber && step !== 'failed')) return;
  const { phoneNumber, monthlyPrice, setupPrice } = offer;
  const purchase: Purchase = {
    key: newKey(),
    phoneNumber,
    monthlyPrice,
    setupPrice,
    step: 'ordering',
    startedAt: Date.now(),
    numberId: null,
  };
  write(buyer.scope, [purchase, ...others.filter((each) => each.phoneNumber !== phoneNumber)]);
  void run(buyer, purchase.key);
}

/** Goes on with what was on its way before a reload; what is older waits for a word. */
export function resumePurchases(buyer: Buyer): void {
  for (const { key, step, startedAt } of purchasesOf(buyer.scope)) {
    if (running.has(key) || (step !== 'ordering' && step !== 'provisioning')) continue;
    if (Date.now() - startedAt < FRESH_MS) void run(buyer, key);
    else change(buyer.scope, key, { step: 'asking' });
  }
}

/** The same purchase once more, with the same key. */
export function repeatPurchase(buyer: Buyer, key: string): void {
  change(buyer.scope, key, { step: 'ordering', startedAt: Date.now() });
  void run(buyer, key);
}

/** Takes a purchase from the list; nothing is undone by it. */
export function dismissPurchase(scope: Buyer['scope'], key: string): void {
  write(
    scope,
    purchasesOf(scope).filter((each) => each.key !== key),
  );
}

async function run(buyer: Buyer, key: string): Promise<void> {
  if (running.has(key)) return;
  running.add(key);
  try {
    const end = await buyToTheEnd(buyer, key);
    change(buyer.scope, key, { ...end, isWaiting: false });
    const purchase = find(buyer.scope, key);
    if (purchase) buyer.onSettled?.(purchase);
  } finally {
    running.delete(key);
  }
}

/** Asks until there is an answer: with the same key, asking again never buys again. */
async function buyToTheEnd(buyer: Buyer, key: string): Promise<Partial<Purchase>> {
  for (;;) {
    try {
      return await buyOnce(buyer, key);
    } catch (error) {
      noteRequest(error as Error);
      if (error instanceof UnauthorizedError) return { step: 'asking' };
      if (!isOpen(error)) return { step: 'failed', error: error as Error };
      change(buyer.scope, key, { isWaiting: true });
      await wait(AGAIN_MS);
    }
  }
}

async function buyOnce({ client, scope }: Buyer, key: string): Promise<Partial<Purchase>> {
  const purchase = find(scope, key);
  if (!purchase) return {};
  const stopLooking = lookMeanwhile({ client, scope }, purchase);
  try {
    const { phoneNumber } = await client.phoneNumbers.purchaseAndWait(
      // No more than what was shown.
      { phoneNumber: purchase.phoneNumber, maxMonthlyPrice: purchase.monthlyPrice },
      { idempotencyKey: key, pollMs: LOOK_LATER_MS, waitMs: FRESH_MS },
    );
    noteRequest(null);
    return { step: 'active', numberId: phoneNumber.id };
  } finally {
    stopLooking();
  }
}

/** While the server waits for the carrier, its record says how far the purchase is. */
function lookMeanwhile({ client, scope }: Buyer, { key, phoneNumber }: Purchase): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const look = async () => {
    for (let pause = LOOK_MS; !signal.aborted; pause = LOOK_LATER_MS) {
      await wait(pause);
      if (signal.aborted) return;
      const found = await client.phoneNumbers.get(phoneNumber, { signal, maxRetries: 0 }).catch(() => null);
      if (!signal.aborted && found?.phoneNumber.status === 'purchasing') noteProvisioning(scope, key, found);
    }
  };
  void look();
  return () => ending.abort();
}

function noteProvisioning(scope: Buyer['scope'], key: string, found: { phoneNumber: PhoneNumber }): void {
  change(scope, key, { step: 'provisioning', numberId: found.phoneNumber.id, isWaiting: false });
}

/** Whether it is not known what became of the purchase. */
function isOpen(error: unknown): boolean {
  if (error instanceof IdempotencyInProgressError || error instanceof NotReadyError) return true;
  if (error instanceof RefusalError || error instanceof PurchaseFailedError) return false;
  return (
    error instanceof ConnectionError ||
    error instanceof TimeoutError ||
    (error instanceof UnexpectedResponseError && error.status >= 500)
  );
}

function find(scope: Buyer['scope'], key: string): Purchase | undefined {
  return purchasesOf(scope).find((each) => each.key === key);
}

function change(scope: Buyer['scope'], key: string, part: Partial<Purchase>): void {
  write(
    scope,
    purchasesOf(scope).map((each) => (each.key === key ? { ...each, ...part } : each)),
  );
}

function write(scope: Buyer['scope'], purchases: Purchase[]): void {
  const name = scope.join('.');
  // What this window does not know of is another's, which has to find it again after a reload.
  const known = new Set([...(lists.get(name) ?? []), ...purchases].map(({ key }) => key));
  const ofOthers = read(name).filter(({ key }) => !known.has(key));
  lists.set(name, purchases);
  const toKeep = [...purchases.map(({ error: _, isWaiting: __, ...rest }) => rest), ...ofOthers];
  keep(`purchases.${name}`, toKeep.length === 0 ? null : JSON.stringify(toKeep));
  for (const listener of listeners) listener();
}

/** What was finished before a reload is history; it stands in the list of numbers. */
function read(name: string): Purchase[] {
  try {
    const found = JSON.parse(kept(`purchases.${name}`) ?? '[]') as Purchase[];
    return found.filter(({ step }) => step !== 'active' && step !== 'failed');
  } catch {
    return [];
  }
}

/** Not `randomUUID`, which pages without TLS lack. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
