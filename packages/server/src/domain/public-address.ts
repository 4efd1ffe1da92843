import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where IPv6 gives out addresses for the internet. Outside of it are old ways of writing IPv4, among others. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address is one of the public internet: not private, loopback, link-local (cloud metadata), multicast,
 * reserved or a way around (IPv4 inside IPv6 counts as the IPv4 that it is; NAT64 and 6to4 are refused).
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6));
}

/** Whether it is this machine's own. */
export function isLoopback(address: string): boolean {
  return isIP(address) !== 0 && ipaddr.process(address).range() === 'loopback';
}
