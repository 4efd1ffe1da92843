import { Agent } from 'undici';

/** What is asked, and answered where all is well. */
export interface Question {
  url: string;
  headers?: Record<string, string>;
  /** JSON; with it the question is a POST. */
  body?: string;
  /** Default 200. */
  expected?: readonly number[];
}

/** The next question of many. */
export type NextQuestion = () => Question;

const JSON_BODY = { 'content-type': 'application/json' };

/** Where the host begins, or behind that. */
const PAST_SCHEME = 'https://'.length;

/** Before a rate is taken, ms: connections are opened, and a server that was left alone wakes up. */
const LEAD_IN_MS = 100;

/** As many questions as go through over so many connections, each asked when the one before was answered; a second. */
export async function measureRate(next: NextQuestion, connections: number, ms: number): Promise<number> {
  const agent = new Agent({ connections });
  const begin = performance.now() + LEAD_IN_MS;
  const end = begin + ms;
  let answered = 0;
  const keepAsking = async () => {
    for (let now = 0; now < end; now = performance.now()) {
      await send(agent, next());
      const at = performance.now();
      if (at >= begin && at < end) answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, keepAsking));
  await agent.destroy();
  return (answered * 1000) / ms;
}

/** How long each of so many answers takes, ms, at rest: one question after the other over one connection. */
export async function measureAlone(next: NextQuestion, count: number): Promise<number[]> {
  const agent = new Agent({ connections: 1 });
  const latencies: number[] = [];
  for (let asked = 0; asked < count; asked += 1) {
    const sent = performance.now();
    await send(agent, next());
    latencies.push(performance.now() - sent);
  }
  await agent.destroy();
  return latencies;
}

/**
 * How long answers take, ms, at a fixed rate. Questions are asked when they are due, however slow the answers before
 * them are: a server that stands still for a moment is seen in all of them.
 */
export async function measureAtRate(next: NextQuestion, perSecond: number, ms: number): Promise<number[]> {
  const agent = new Agent();
  const latencies: number[] = [];
  const underWay: Promise<void>[] = [];
  const begin = performance.now();
  await new Promise<void>((resolve) => {
    const tick = () => {
      const now = performance.now() - begin;
      const due = Math.floor((Math.min(now, ms) * perSecond) / 1000);
      while (underWay.length < due) underWay.push(timed());
      if (now >= ms) resolve();
      else setTimeout(tick, 1);
    };
    tick();
  });
  await Promise.all(underWay);
  await agent.destroy();
  return latencies;

  async function timed(): Promise<void> {
    const sent = performance.now();
    await send(agent, next());
    latencies.push(performance.now() - sent);
  }
}

/**
 * One question by itself, for its answer.
 * @throws Error where the answer is none of those expected
 */
export async function ask({ url, headers = {}, body, expected = [200] }: Question): Promise<Response> {
  const answer = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers: { ...JSON_BODY, ...headers }, body },
  );
  if (expected.includes(answer.status)) return answer;
  throw new Error(`${url} answered ${answer.status} ${await answer.text()}`);
}

/** By `dispatch`, which leaves the answer as it is: the loader shares the machine with what it measures. */
function send(agent: Agent, { url, headers = {}, body, expected = [200] }: Question): Promise<void> {
  const path = url.indexOf('/', PAST_SCHEME);
  const to = { origin: url.slice(0, path), path: url.slice(path) };
  return new Promise((resolve, reject) => {
    agent.dispatch(
      body === undefined
        ? { ...to, method: 'GET', headers }
        : { ...to, method: 'POST', headers: { ...JSON_BODY, ...headers }, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_, status) => {
          if (!expected.includes(status)) reject(new Error(`${url} answered ${status}`));
        },
        onResponseData: () => undefined,
        onResponseEnd: () => resolve(),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}
