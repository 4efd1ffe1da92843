import { randomBytes } from 'node:crypto';
import { createCarrierSim } from '@talkturo/carrier-sim';
import type { Db } from '../db/database.ts';
import { simulatedCarrierStore } from '../db/simulated-carrier-records.ts';
import type { Clock } from '../domain/clock.ts';

export interface SimulatedCarrier {
  /** Where it speaks the real carrier's protocol, on this machine only. */
  baseUrl: string;
  /** The key that it wants. */
  apiKey: string;
  stop(): Promise<void>;
}

/** Starts the simulated carrier of test mode: the same protocol over HTTP, its memory in our database. */
export async function startSimulatedCarrier(db: Db, clock: Clock): Promise<SimulatedCarrier> {
  const apiKey = randomBytes(16).toString('hex');
  // Without its control endpoints: they ask for no key, and any process of this machine could reach them.
  const options = { store: simulatedCarrierStore(db), now: () => clock.now(), apiKey, control: false };
  const simulator = createCarrierSim(options);
  // It listens first and then reads its memory: without that it would go on listening.
  const baseUrl = await simulator.listen().catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  return { baseUrl, apiKey, stop: () => simulator.close() };
}
