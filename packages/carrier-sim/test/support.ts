import { setImmediate as nextTurn } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import {
  type CarrierSim,
  type CarrierSimOptions,
  createCarrierSim,
  memoryStore,
  type SimStore,
} from '../src/index.ts';

export interface TestSim {
  sim: CarrierSim;
  baseUrl: string;
  clock: { now: Date; advance(ms: number): void };
  /** A carrier request; the body is parsed JSON. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A request to /_sim. */
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  search(filters: Record<string, string>): Promise<Answer>;
  /** Searches for the whole number, then orders it. */
  buy(phoneNumber: string, reference?: string): Promise<Answer>;
  order(phoneNumber: string, reference?: string): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked into field by field
  body: any;
}

/** A simulator on a free port and a clock that stands still, closed after the test. */
export async function startSim(options: CarrierSimOptions = {}): Promise<TestSim> {
  const clock = {
    now: new Date('2026-03-01T12:00:00.000Z'),
    advance(ms: number) {
      clock.now = new Date(clock.now.getTime() + ms);
    },
  };
  const sim = createCarrierSim({ now: () => clock.now, ...options });
  const baseUrl = await sim.listen();
  onTestFinished(() => sim.close());
  const send = async (method: string, url: string, body?: unknown, headers?: Record<string, string>) => {
    const answer = await fetch(url, {
      method,
      headers: { authorization: 'Bearer KEY', 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  const call: TestSim['call'] = (method, path, body, headers) =>
    send(method, `${baseUrl}${path}`, body, headers);
  const search: TestSim['search'] = (filters) => {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filters))
      query.set(`filter[${name.replace('.', '][')}]`, value);
    return call('GET', `/available_phone_numbers?${query}`);
  };
  const order: TestSim['order'] = (phoneNumber, reference = 'ref-1') =>
    call('POST', '/number_orders', {
      phone_numbers: [{ phone_number: phoneNumber }],
      customer_reference: reference,
      connection_id: '1293384261075731499',
    });
  return {
    sim,
    baseUrl,
    clock,
    call,
    search,
    order,
    control: (method, path, body) => send(method, `${baseUrl.replace(/\/v2$/, '')}/_sim${path}`, body),
    buy: async (phoneNumber, reference) => {
      await search({ 'phone_number.contains': phoneNumber });
      return order(phoneNumber, reference);
    },
  };
}

/**
 * Only the methods that a host must write, each some turns of the event loop late, as with a database. In plain memory one
 * request is done before the next one is read, and nothing ever competes.
 */
export function slowStore(): SimStore {
  const store = memoryStore();
  const late = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    for (let turn = 0; turn < 10; turn++) await nextTurn();
    return work();
  };
  return {
    insert: (collection, id, record) => late(() => store.insert(collection, id, record)),
    get: (collection, id) => late(() => store.get(collection, id)),
    put: (collection, id, record) => late(() => store.put(collection, id, record)),
    delete: (collection, id) => late(() => store.delete(collection, id)),
    list: (collection, query) => late(() => store.list(collection, query)),
  };
}

/** The error code of an answer. */
export function codeOf(answer: Answer): string {
  return answer.body.errors[0].code;
}

/** The owned number's record as the list shows it, or undefined. */
export async function listed({ call }: TestSim, phoneNumber: string) {
  const answer = await call('GET', `/phone_numbers?filter[phone_number]=${phoneNumber.slice(1)}`);
  return answer.body.data.find((record: { phone_number: string }) => record.phone_number === phoneNumber);
}
