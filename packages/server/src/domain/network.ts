import ipaddr from 'ipaddr.js';

/** What proxies put behind an address: `192.0.2.1:5678`, `[2001:db8::1]:5678`. */
const WITH_PORT = /^(?:\[(?<six>[^\]]+)\](?::\d+)?|(?<four>[\d.]+):\d+)$/;

/**
 * The network that an address is counted under. A single household or server has a whole /64 of IPv6 to itself, so
 * there a single address says nothing. What is no address is one network too: nobody gets out of the count that way.
 */
export function networkOf(address: string | undefined): string {
  const { six, four } = WITH_PORT.exec(address ?? '')?.groups ?? {};
  const bare = six ?? four ?? address ?? '';
  if (!ipaddr.isValid(bare)) return 'unknown';
  const parsed = ipaddr.process(bare);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  const prefix = parsed.parts.slice(0, 4).map((part) => part.toString(16));
  return `${prefix.join(':')}::/64`;
}
