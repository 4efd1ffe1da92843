import type { Clock } from '../../src/domain/clock.ts';

/** A clock that stands still until it is moved. Who sleeps moves it to the end of the sleep and goes on at once. */
export class TestClock implements Clock {
  #nowMs: number;

  constructor(start = '2026-01-15T12:00:00Z') {
    this.#nowMs = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  advance(ms: number): void {
    this.#nowMs += ms;
  }

  async sleep(ms: number): Promise<void> {
    const wakeAt = this.#nowMs + ms;
    // Everyone who is ready goes first.
    await new Promise((resolve) => setImmediate(resolve));
    this.#nowMs = Math.max(this.#nowMs, wakeAt);
  }
}
