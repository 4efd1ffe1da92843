import { isIP } from 'node:net';
import { isLoopback, isPublicAddress } from './public-address.ts';

export const MAX_WEBHOOK_URL = 2048;

/** Names for this machine that local webhooks may have. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1'];

/**
 * What is wrong with an address for webhooks, as far as the address itself shows it; null where nothing is.
 * @param local whether this machine may be named, and then without TLS
 */
export function urlProblem(text: string, { local }: { local: boolean }): string | null {
  if (text.length > MAX_WEBHOOK_URL) return `must have at most ${MAX_WEBHOOK_URL} characters`;
  const url = URL.parse(text);
  // The parser drops some of these without a word: what is stored is what is called.
  if (!url || /[\s\\\p{C}]/u.test(text)) return 'must be an address like https://example.com/webhooks';
  if (url.username !== '' || url.password !== '') return 'must not have a user name or password in it';
  if (text.includes('#')) return 'must not have a part behind #; it would never be sent';
  const host = hostOf(url);
  if (local && LOCAL_HOSTS.includes(host) && isSpeltOut(text, host)) {
    return ['http:', 'https:'].includes(url.protocol) ? null : 'must begin with https:// or http://';
  }
  if (url.protocol !== 'https:') return 'must begin with https://';
  if (host === 'localhost') return 'must not be this machine';
  if (isIP(host) === 0) return null;
  if (!isPublicAddress(host)) return 'must not be an address of a private or reserved network';
  return isSpeltOut(text, host) ? null : 'must have the IP address written in its usual form';
}

/** Whether a host of webhooks may have this IP address. */
export function mayHaveAddress(host: string, address: string, { local }: { local: boolean }): boolean {
  if (local && LOCAL_HOSTS.includes(host)) return isLoopback(address);
  return isPublicAddress(address);
}

/** The host of an address, IPv6 without its brackets. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

/** The parser makes 127.0.0.1 of 2130706433 and 0x7f.1: nobody who means well writes that. */
function isSpeltOut(text: string, host: string): boolean {
  return isIP(host) !== 4 || text.includes(`//${host}`);
}
