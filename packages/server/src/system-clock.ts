import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './domain/clock.ts';

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date(), sleep: (ms) => delay(ms) };
