import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { FaultSpec, LedgerReport } from '@talkturo/carrier-sim';

const MAIN = fileURLToPath(new URL('../../../carrier-sim/src/main.ts', import.meta.url));

/** A number as the carrier's account holds it. */
export interface HeldNumber {
  phoneNumber: string;
  reference: string | null;
}

/** The carrier as the checks see it: what it holds, and what was asked of it. */
export interface CarrierView {
  heldNumbers(): Promise<HeldNumber[]>;
  ledger(): Promise<LedgerReport>;
}

/** The simulated carrier in a process of its own: servers die, it remembers. */
export interface Simulator extends CarrierView {
  baseUrl: string;
  addFault(fault: FaultSpec): Promise<void>;
  /** How often each kind of fault has struck. */
  faultCounts(): Promise<Record<string, number>>;
  clearFaults(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSimulatorProcess(): Promise<Simulator> {
  const child = spawn(process.execPath, [MAIN, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const baseUrl = await addressOf(child);
  const { origin } = new URL(baseUrl);
  const control = `${origin}/_sim`;
  return {
    baseUrl,
    ...carrierView(baseUrl),
    async addFault(fault) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${control}/faults`, {
        method: 'POST',
        headers,
        body: JSON.stringify(fault),
      });
      if (!answer.ok)
        throw new Error(`the simulator refuses ${JSON.stringify(fault)}: ${await answer.text()}`);
    },
    async faultCounts() {
      const { data } = (await getJson(`${control}/faults`)) as { data: { kind: string; injected: number }[] };
      const counts: Record<string, number> = {};
      for (const { kind, injected } of data) counts[kind] = (counts[kind] ?? 0) + injected;
      return counts;
    },
    async clearFaults() {
      await fetch(`${control}/faults`, { method: 'DELETE' });
    },
    async stop() {
      process.off('exit', endWithUs);
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** The carrier's own lists, behind any base URL of a simulator. */
export function carrierView(baseUrl: string): CarrierView {
  return {
    async heldNumbers() {
      const held: HeldNumber[] = [];
      for (let page = 1, pages = 1; page <= pages; page += 1) {
        const answer = (await getJson(
          `${baseUrl}/phone_numbers?page[number]=${page}&page[size]=250`,
        )) as NumbersPage;
        pages = answer.meta.total_pages;
        for (const record of answer.data)
          held.push({ phoneNumber: record.phone_number, reference: record.customer_reference });
      }
      return held;
    },
    ledger: async () => (await getJson(`${new URL(baseUrl).origin}/_sim/ledger`)) as LedgerReport,
  };
}

interface NumbersPage {
  data: { phone_number: string; customer_reference: string | null }[];
  meta: { total_pages: number };
}

async function getJson(url: string): Promise<unknown> {
  const answer = await fetch(url, { headers: { authorization: 'Bearer KEY_of_the_checks' } });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer.json();
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}: ${output}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const address = /listens on (http\S+)/.exec(output)?.[1];
      if (address) resolve(address);
    });
  });
}
