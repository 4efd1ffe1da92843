import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export interface HttpAccess {
  /** Secret that callers send as `Authorization: Bearer …`. */
  token?: string | undefined;
  /** Host names that requests may be addressed to, besides those of the loopback. */
  allowedHosts?: readonly string[] | undefined;
  /** Origins whose pages may call. Without them no page may. */
  allowedOrigins?: readonly string[] | undefined;
}

/** As long as an operator's. */
const MIN_TOKEN_LENGTH = 24;

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** @throws TypeError where others could reach it without a secret */
export function checkAccess(host: string, { token, allowedHosts }: HttpAccess): void {
  if (token !== undefined && !/^[!-~]+$/.test(token)) {
    throw new TypeError('The token must be ASCII without blanks and line breaks, and not empty.');
  }
  if (token !== undefined && token.length < MIN_TOKEN_LENGTH) {
    throw new TypeError(`The token must have at least ${MIN_TOKEN_LENGTH} characters.`);
  }
  if (isLoopback(host) && !allowedHosts?.length) return;
  if (token === undefined) {
    throw new TypeError(`Others can reach ${host}: give a token, which callers then have to send.`);
  }
  if (!isLoopback(host) && !allowedHosts?.length) {
    throw new TypeError(`Name the hosts that ${host} is reached by, such as mcp.example.com.`);
  }
}

function isLoopback(host: string): boolean {
  return LOOPBACK.includes(host) || host === '::1';
}

/**
 * Why a request is refused, or null. A page on the web can have its own name lead to this machine (DNS rebinding), so
 * the host has to be one of ours, and a page's origin one that was named.
 */
export function refusalOf(
  request: IncomingMessage,
  access: HttpAccess,
): { status: number; reason: string } | null {
  const { host = '', origin, authorization = '' } = request.headers;
  if (![...LOOPBACK, ...(access.allowedHosts ?? [])].includes(hostnameOf(host))) {
    return { status: 403, reason: 'This host is not served here.' };
  }
  if (origin !== undefined && !access.allowedOrigins?.includes(origin)) {
    return { status: 403, reason: 'Pages of this origin may not call.' };
  }
  if (access.token !== undefined && !isSame(authorization, `Bearer ${access.token}`)) {
    return { status: 401, reason: 'Send the token of this server as Authorization: Bearer ….' };
  }
  return null;
}

function hostnameOf(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
}

/** Takes as long wherever the two differ. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
