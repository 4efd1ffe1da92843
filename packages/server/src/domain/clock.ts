/** Time as a port: every "now" and every wait of the service goes through it, so that tests own the time. */
export interface Clock {
  now(): Date;
  /** Resolves after `ms` milliseconds. */
  sleep(ms: number): Promise<void>;
}
