import { isDeepStrictEqual } from 'node:util';
import { groupBy, type Violation } from './checks.ts';
import { type Body, send } from './http.ts';
import { type ClientPurchase, isFinal, type LoadLog, type PurchaseAnswer } from './load.ts';
import type { EventRow, Records, Snapshot } from './records.ts';

/** What the clients were told against what is written down. */
export function checkAnswers({ purchases, released, restored }: LoadLog, snapshot: Snapshot): Violation[] {
  const happened = groupBy(snapshot.events, ({ subject }) => subject);
  const has = (id: string, type: string) => happened.get(id)?.some((event) => event.type === type) ?? false;
  const recorded = new Set(snapshot.numbers.map(({ id }) => id));
  const violations: Violation[] = [];
  for (const purchase of purchases) {
    violations.push(...checkSameAnswer(purchase));
    for (const { status, body } of purchase.answers) {
      const id = body.phoneNumber?.id;
      if (status === 200 && !has(id, 'phone_number.purchased'))
        violations.push({ rule: 'a client was told of a number that never was active', detail: id });
      if (id !== undefined && !recorded.has(id))
        violations.push({ rule: 'a client was told of a number that has no record', detail: id });
      if (status === 202 && !has(id, 'phone_number.purchase_started'))
        violations.push({ rule: 'a client was told of a purchase that never began', detail: id });
    }
  }
  for (const id of released)
    if (!has(id, 'phone_number.release_started'))
      violations.push({ rule: 'a release that was confirmed has no event', detail: id });
  for (const id of restored)
    if (!has(id, 'phone_number.restored'))
      violations.push({ rule: 'a restoring that was confirmed has no event', detail: id });
  return [
    ...violations,
    ...checkNothingUntold(purchases, snapshot),
    ...checkTrialRefusals(purchases, snapshot),
  ];
}

/** All answers that count under one key are one answer. */
function checkSameAnswer({ key, answers }: ClientPurchase): Violation[] {
  if (key === null) return [];
  const [first, ...others] = answers.filter(isFinal).map(essence);
  return others
    .filter((other) => !isDeepStrictEqual(other, first))
    .map((other) => different(key, first, other));
}

function essence({ status, body }: { status: number; body: Body }) {
  const { request_id, ...rest } = body;
  return { status, body: rest };
}

function different(key: string, first: unknown, other: unknown): Violation {
  return {
    rule: 'one key, two answers',
    detail: `${key}: ${JSON.stringify(first)} and ${JSON.stringify(other)}`,
  };
}

/** Something broke on the way, or the first request still runs: the purchase may have been made. */
const LEAVES_IT_OPEN = new Set(['internal', 'not_ready', 'idempotency_in_progress']);

/**
 * What a team has bought it was told of: a purchase that nobody heard of is one whose request had no answer, or an
 * answer that leaves it open. After any other refusal (403, 409, 422, 502, 503) nothing is bought.
 */
function checkNothingUntold(purchases: ClientPurchase[], { orders }: Snapshot): Violation[] {
  const nameOf = (teamId: string, phoneNumber: string) => `${teamId} ${phoneNumber}`;
  const asked = groupBy(purchases, ({ team, phoneNumber }) => nameOf(team.id, phoneNumber));
  const bought = groupBy(
    orders.filter(({ state }) => state === 'completed'),
    (order) => nameOf(order.team_id, order.phone_number),
  );
  return [...bought].flatMap(([name, completed]) => {
    const clients = asked.get(name) ?? [];
    const answers = clients.flatMap((client) => client.answers);
    const told = new Set(answers.map(({ body }) => body.phoneNumber?.id));
    const open = answers.filter(({ body }) => LEAVES_IT_OPEN.has(body.code));
    const unknown = open.length + clients.reduce((sum, { unanswered }) => sum + unanswered, 0);
    const untold = completed.filter((order) => !told.has(order.phone_number_id));
    if (untold.length <= unknown) return [];
    const heard = answers.map(({ status, body }) => `${status} ${body.code ?? ''}`).join(', ');
    return [
      {
        rule: 'a number was bought and its buyer told otherwise',
        detail: `${name}: ${untold[0]?.id}; ${heard}`,
      },
    ];
  });
}

/** Who is refused because of a trial has had one that worked, or was just buying it. */
function checkTrialRefusals(purchases: ClientPurchase[], { events }: Snapshot): Violation[] {
  const ofTeam = groupBy(events, ({ team_id }) => team_id);
  return purchases.flatMap(({ team, answers }) =>
    answers
      .filter(({ body }) => body.code === 'trial_already_used')
      .filter((answer) => !hadTrial(ofTeam.get(team.id) ?? [], answer))
      .map(({ askedAt }) => ({
        rule: 'a team was refused its trial without having had one',
        detail: `${team.id} at ${new Date(askedAt).toISOString()}`,
      })),
  );
}

function hadTrial(events: EventRow[], { askedAt, answeredAt }: PurchaseAnswer): boolean {
  return [...groupBy(events, ({ subject }) => subject).values()].some((life) => {
    const at = (type: string) =>
      life.find((event) => event.type === `phone_number.${type}`)?.created_at.getTime();
    const [started, failed] = [at('purchase_started'), at('purchase_failed')];
    if (started === undefined || started > answeredAt) return false;
    return at('purchased') !== undefined || failed === undefined || failed >= askedAt;
  });
}

/** Asks once more with keys that have their answer: it is the same. Call when everything else has been checked. */
export async function checkRepeats(
  records: Records,
  purchases: ClientPurchase[],
  { server, limit }: { server: string; limit: number },
): Promise<{ repeated: number; violations: Violation[] }> {
  const answered = purchases.filter(({ key, answers }) => key !== null && answers.some(isFinal));
  const violations: Violation[] = [];
  const [before] = await countOrders(records);
  for (const { team, body, key, answers } of answered.slice(-limit)) {
    const first = answers.find(isFinal);
    const again = await send('POST', `${server}/api/phone-numbers/purchase`, {
      token: team.token,
      body,
      key,
    });
    if (again.status === null || !first || !isDeepStrictEqual(essence(again), essence(first)))
      violations.push(different(key ?? '', first && essence(first), again));
  }
  const [after] = await countOrders(records);
  if (before?.orders !== after?.orders)
    violations.push({ rule: 'a repeated key ordered again', detail: `${after?.orders} orders` });
  return { repeated: Math.min(answered.length, limit), violations };
}

function countOrders(records: Records): Promise<{ orders: number }[]> {
  return records.query('select count(*)::int as orders from number_orders');
}
