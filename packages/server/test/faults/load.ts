import { setTimeout as delay } from 'node:timers/promises';
import { type PlanId, planOf } from '../../src/domain/plans.ts';
import { drawPurchaseFaults, drawReleaseFaults } from './fault-mix.ts';
import { type Body, type Reply, send } from './http.ts';
import type { Random } from './random.ts';
import type { Records } from './records.ts';
import type { JobSender } from './settling.ts';
import type { Simulator } from './simulator.ts';

export interface Team {
  id: string;
  token: string;
  plan: PlanId;
  /** The most that any plan it ever had allows. */
  mostAllowed: number;
}

/** One answer to a purchase, with when it was asked for and came, ms since 1970. */
export interface PurchaseAnswer {
  status: number;
  body: Body;
  askedAt: number;
  answeredAt: number;
}

/** One purchase as its client sees it: what it asked, and all that it heard. */
export interface ClientPurchase {
  team: Team;
  phoneNumber: string;
  key: string | null;
  body: object;
  answers: PurchaseAnswer[];
  /** Requests that had no answer. */
  unanswered: number;
}

/** What the clients did and heard, for the checks after. */
export interface LoadLog {
  purchases: ClientPurchase[];
  /** Numbers whose release was answered with 200. */
  released: Set<string>;
  /** Numbers whose restoring was answered with 200. */
  restored: Set<string>;
  counts: Record<string, number>;
}

export interface LoadOptions {
  purchases: number;
  clients: number;
  /** Faults per purchase, on average. */
  faultRate: number;
  graceMs: number;
  operatorToken: string;
}

export interface World<Server extends { url: string } = { url: string }> {
  servers: Server[];
  simulator: Simulator;
  records: Records;
  jobs: JobSender;
  random: Random;
}

/** How often a client asks again after no answer or one that says "try again". */
const MAX_ATTEMPTS = 8;

/** Area codes of the carrier's inventory; in each, lines 2000 to 8999 are for sale. */
const AREA_CODES = [
  '202',
  '206',
  '212',
  '213',
  '214',
  '303',
  '305',
  '312',
  '404',
  '415',
  '503',
  '617',
  '702',
];
const FIRST_LINE = 2_000;

/** Clients of many teams that buy, release, restore and change plans, all at once, until enough has been bought. */
export class Load {
  readonly log: LoadLog = { purchases: [], released: new Set(), restored: new Set(), counts: {} };
  readonly #world: World;
  readonly #teams: Team[];
  readonly #options: LoadOptions;
  readonly #active: { team: Team; id: string }[] = [];
  readonly #wanted: string[] = [];

  constructor(world: World, teams: Team[], options: LoadOptions) {
    this.#world = world;
    this.#teams = teams;
    this.#options = options;
  }

  get started(): number {
    return this.log.purchases.length;
  }

  async run(): Promise<void> {
    const clients = Array.from({ length: this.#options.clients }, (_, index) =>
      this.#client(this.#world.random.fork(`client ${index}`)),
    );
    await Promise.all(clients);
  }

  async #client(random: Random): Promise<void> {
    while (this.started < this.#options.purchases) {
      const dice = random.next();
      if (dice < 0.72) await this.#buy(random, random.pick(this.#teams));
      else if (dice < 0.8) await this.#burst(random);
      else if (dice < 0.89) await this.#release(random);
      else if (dice < 0.91) await this.#dismiss(random);
      else if (dice < 0.94) await this.#restore(random);
      else if (dice < 0.97) await this.#changePlan(random);
      else await this.#shortenTrial(random);
    }
  }

  /** Several purchases of one team at the same moment: what a limit has to stand. */
  async #burst(random: Random): Promise<void> {
    const team = random.pick(this.#teams);
    const size = random.between(3, 6);
    await Promise.all(
      Array.from({ length: size }, (_, index) => this.#buy(random.fork(`${this.started} ${index}`), team)),
    );
  }

  async #buy(random: Random, team: Team): Promise<void> {
    const phoneNumber = this.#chooseNumber(random);
    await this.#addFaults(random, phoneNumber);
    const purchase: ClientPurchase = {
      team,
      phoneNumber,
      key: random.chance(0.7) ? `key-${this.started}-${random.between(0, 1e9)}` : null,
      body: {
        teamId: team.id,
        phoneNumber,
        ...(random.chance(0.3) && { connectionId: String(random.between(1, 99)) }),
        ...(random.chance(0.2) && { maxMonthlyPrice: random.pick(['0.50', '2.00', '2.00', '9.99']) }),
      },
      answers: [],
      unanswered: 0,
    };
    this.log.purchases.push(purchase);
    const twice = purchase.key !== null && random.chance(0.15);
    await Promise.all([
      this.#ask(random.fork('first'), purchase),
      twice && delay(random.between(0, 30)).then(() => this.#ask(random.fork('second'), purchase)),
    ]);
  }

  /** Mostly a number that nobody wanted before; else one that somebody has, wants, or gave back. */
  #chooseNumber(random: Random): string {
    const known = this.#wanted.length;
    if (known > 0 && random.chance(0.15)) return random.pick(this.#wanted.slice(-60));
    const area = AREA_CODES[known % AREA_CODES.length];
    const number = `+1${area}555${FIRST_LINE + Math.floor(known / AREA_CODES.length)}`;
    this.#wanted.push(number);
    return number;
  }

  async #addFaults(random: Random, phoneNumber: string): Promise<void> {
    if (!random.chance(this.#options.faultRate)) return;
    const faults = drawPurchaseFaults(random, phoneNumber, this.#options.graceMs);
    for (const fault of faults) await this.#world.simulator.addFault(fault);
  }

  /** Asks until there is an answer that counts. Without a key a client dares to ask once only. */
  async #ask(random: Random, purchase: ClientPurchase): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const reply = await this.askOnce(purchase, random.pick(this.#world.servers).url);
      this.#count(`purchase ${reply.status ?? 'unanswered'}`);
      if (reply.status === 200) this.#active.push({ team: purchase.team, id: reply.body.phoneNumber.id });
      // The carrier wants a rest, and so its clients keep off for a while.
      if (reply.status === 503) await delay(random.between(1_000, 4_000));
      if (isFinal(reply) || purchase.key === null) return;
      if (reply.status !== null && reply.status >= 500 && random.chance(0.5)) return;
      await delay(random.between(100, 1_200));
    }
  }

  /** Sends the purchase to one server, and writes down what comes back. */
  async askOnce(purchase: ClientPurchase, server: string): Promise<Reply> {
    const askedAt = Date.now();
    const reply = await send('POST', `${server}/api/phone-numbers/purchase`, {
      token: purchase.team.token,
      body: purchase.body,
      key: purchase.key,
    });
    if (reply.status === null) purchase.unanswered += 1;
    else purchase.answers.push({ status: reply.status, body: reply.body, askedAt, answeredAt: Date.now() });
    return reply;
  }

  async #release(random: Random): Promise<void> {
    if (this.#active.length === 0) return;
    const { team, id } = random.pick(this.#active);
    const faults = random.chance(this.#options.faultRate) ? drawReleaseFaults(random) : [];
    for (const fault of faults) await this.#world.simulator.addFault(fault);
    const immediately = random.chance(0.5) ? '?immediately=true' : '';
    const reply = await this.#insist(random, 'DELETE', `/api/phone-numbers/${id}${immediately}`, team.token);
    this.#count(`release ${reply.status ?? 'unanswered'}`);
    if (reply.status === 200) this.log.released.add(id);
  }

  /** A failed purchase's record is taken off the list. */
  async #dismiss(random: Random): Promise<void> {
    const failed = this.log.purchases.filter(({ answers }) => answers.at(-1)?.status === 502).slice(-20);
    if (failed.length === 0) return;
    const { team, phoneNumber } = random.pick(failed);
    const path = `/api/phone-numbers/${encodeURIComponent(phoneNumber)}`;
    const reply = await this.#insist(random, 'DELETE', path, team.token);
    this.#count(`dismiss ${reply.status ?? 'unanswered'}`);
  }

  async #restore(random: Random): Promise<void> {
    const ids = [...this.log.released].slice(-20);
    if (ids.length === 0) return;
    const id = random.pick(ids);
    const token = this.#active.find((number) => number.id === id)?.team.token ?? '';
    const reply = await this.#insist(random, 'POST', `/api/phone-numbers/${id}/restore`, token);
    this.#count(`restore ${reply.status ?? 'unanswered'}`);
    if (reply.status === 200) this.log.restored.add(id);
  }

  async #changePlan(random: Random): Promise<void> {
    const team = random.pick(this.#teams);
    const plan: PlanId = random.pick(['free', 'starter', 'growth']);
    // Whatever comes of the request, the team may have had this plan for a while.
    team.mostAllowed = Math.max(team.mostAllowed, planOf(plan, null).maxNumbers);
    const url = `/api/operator/teams/${team.id}/plan`;
    const reply = await this.#insist(random, 'PUT', url, this.#options.operatorToken, { plan });
    this.#count(`plan ${reply.status ?? 'unanswered'}`);
  }

  /** Four and a half days pass for one trial; its job comes as if they had passed. */
  async #shortenTrial(random: Random): Promise<void> {
    const seconds = random.between(0, 2);
    const shortened = await this.#world.records.query<{ id: string }>(
      `update phone_numbers set trial_expires_at = now() + $1 * interval '1 second' where id in (
         select id from phone_numbers where mode = 'live' and is_trial and status = 'active'
         and trial_expires_at > now() + interval '1 minute' order by id limit 1) returning id`,
      [seconds],
    );
    if (shortened.length === 0) return;
    this.#count('trial shortened');
    // With the database away the job is lost, and the trial ends with the next round.
    await this.#world.jobs
      .send('end-trials', {}, new Date(Date.now() + seconds * 1_000))
      .catch(() => undefined);
  }

  /** A request that may be repeated, until some server answers. */
  async #insist(random: Random, method: string, path: string, token: string, body?: object): Promise<Reply> {
    for (let attempt = 1; ; attempt += 1) {
      const { url } = random.pick(this.#world.servers);
      const reply = await send(method, `${url}${path}`, { token, ...(body && { body }) });
      if ((reply.status !== null && reply.status !== 500) || attempt === MAX_ATTEMPTS) return reply;
      await delay(random.between(100, 1_000));
    }
  }

  #count(what: string): void {
    this.log.counts[what] = (this.log.counts[what] ?? 0) + 1;
  }
}

/** Whether the same key has this answer from now on: not so while the first request runs, or where our side failed. */
export function isFinal(reply: Reply): boolean {
  return reply.status !== null && reply.status < 500 && reply.body.code !== 'idempotency_in_progress';
}
