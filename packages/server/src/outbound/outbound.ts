/*
 * The port: requests to addresses that strangers have given us, kept away from everything that is not the public
 * internet.
 */

/** What came back: any HTTP status with the beginning of its body, or why there was no answer, for the team to read. */
export type OutboundAnswer = ({ status: number; body: string } | { error: string }) & { durationMs: number };

export interface Outbound {
  /** Why nothing may be sent to this address, as far as it shows now; null where nothing speaks against it. */
  objection(url: string): Promise<string | null>;
  /** Sends one request. Never throws, never follows a redirect, and never takes longer than its time-out. */
  post(url: string, headers: Record<string, string>, body: string): Promise<OutboundAnswer>;
}
