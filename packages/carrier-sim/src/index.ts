export { type CarrierSim, type CarrierSimOptions, createCarrierSim } from './carrier-sim.ts';
export type { Endpoint, Fault, FaultKind, FaultSpec, Faults } from './faults.ts';
export type { LedgerAction, LedgerEntry, LedgerFilter, LedgerReport } from './ledger.ts';
export { memoryStore } from './memory-store.ts';
export type { OwnedNumbersRequest } from './owned-numbers.ts';
export type { Condition, ListQuery, SimRecord, SimStore, StoreEntry } from './store.ts';
