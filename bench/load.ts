import { Agent, request } from 'node:http';

/** What is asked: the address and headers of the next request. */
export type NextRequest = () => { url: string; headers: Record<string, string> };

/** As many requests as go through over so many connections, each sent when the one before was answered; a second. */
export async function measureRate(next: NextRequest, connections: number, ms: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const begin = performance.now();
  let answered = 0;
  const ask = async () => {
    while (performance.now() - begin < ms) {
      await send(agent, next);
      answered += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, ask));
  agent.destroy();
  return (answered * 1000) / (performance.now() - begin);
}

/**
 * How long answers take (ms) at a fixed rate. Requests are sent when they are due, however slow the answers before
 * them are: a server that stands still for a moment is seen in all of them.
 */
export async function measureLatency(next: NextRequest, perSecond: number, ms: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
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
  agent.destroy();
  return latencies;

  async function timed(): Promise<void> {
    const sent = performance.now();
    await send(agent, next);
    latencies.push(performance.now() - sent);
  }
}

/** The value below which so many percent of the others are. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

function send(agent: Agent, next: NextRequest): Promise<void> {
  const { url, headers } = next();
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`));
      response.resume().on('end', resolve);
    })
      .on('error', reject)
      .end();
  });
}
