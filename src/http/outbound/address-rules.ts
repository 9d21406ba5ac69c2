import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Decides which addresses outgoing requests may reach. */
export interface AddressRules {
  /** The operator has listed this name (`mail.internal`, `mail.internal:8443`): any address it has is fine. */
  allowsName(host: string, port: number): boolean;
  /** A public address, or one that is listed (`10.1.2.3`, `10.1.2.3:8443`, `10.0.0.0/8`). */
  allowsAddress(address: string, port: number): boolean;
  /** Below 1024 only 80 and 443, if the host is not listed with its port. */
  allowsPort(host: string, port: number): boolean;
}

type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** `allow`: the operator's list, in the forms above. Throws `TypeError` for an entry that is none of them. */
export function createAddressRules(allow: readonly string[]): AddressRules {
  const networks: Network[] = [];
  const names = new Set<string>();
  for (const entry of allow.map((item) => item.trim().toLowerCase()).filter(Boolean)) {
    const network = networkOf(entry);
    if (network) networks.push(network);
    else names.add(nameOf(entry));
  }
  const listed = (host: string, port: number) => names.has(host) || names.has(withPort(host, port));

  return {
    allowsName: listed,
    allowsAddress(text, port) {
      const address = parse(text);
      if (!address) return false;
      const plain = address.toString();
      return isPublic(address) || listed(plain, port) || networks.some((network) => isIn(address, network));
    },
    allowsPort: (host, port) => port === 80 || port === 443 || port >= 1024 || names.has(withPort(host, port)),
  };
}

/** An address as it is reached in the end: an IPv4 address inside an IPv6 one is that IPv4 address. */
function parse(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return isIP(text) === 0 ? undefined : ipaddr.process(text);
}

/**
 * `unicast` is what is left when every special range is taken away: private, loopback, link-local, carrier NAT, multicast,
 * documentation, and the IPv6 forms that carry an IPv4 address (NAT64, 6to4, Teredo, the deprecated `::1.2.3.4`).
 */
function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || isIn(address, globalUnicast);
}

/** All that was ever given out of IPv6. https://www.iana.org/assignments/ipv6-address-space */
const globalUnicast: Network = ipaddr.parseCIDR('2000::/3');

function isIn(address: ipaddr.IPv4 | ipaddr.IPv6, network: Network): boolean {
  return address.kind() === network[0].kind() && address.match(network);
}

function networkOf(entry: string): Network | undefined {
  if (!entry.includes('/')) return undefined;
  return ipaddr.parseCIDR(entry);
}

function nameOf(entry: string): string {
  const match = /^(\[[0-9a-f:.]+\]|[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*|[^:/\s[\]]+)(?::(\d{1,5}))?$/.exec(entry);
  if (!match?.[1]) throw new TypeError(`not a host, host:port or network: ${entry}`);
  const bare = match[1].replace(/^\[|\]$/g, '');
  const host = parse(bare)?.toString() ?? bare;
  return match[2] === undefined ? host : withPort(host, Number(match[2]));
}

function withPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
