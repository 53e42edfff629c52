import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Public by their range, yet answered inside a cloud only: Azure's metadata and DNS address. */
const insideClouds = new Set(['168.63.129.16']);

/**
 * True for addresses of the public internet. Private, loopback, link-local (and with it the metadata services of
 * the clouds), carrier-grade NAT, multicast and reserved ranges are not, nor IPv6 forms that lead to them
 * (IPv4-mapped, IPv4-compatible, NAT64). Ranges: the IANA special-purpose registries, as ipaddr.js keeps them.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6) {
    if (ip.isIPv4MappedAddress()) return isPublicAddress(ip.toIPv4Address().toString());
    // NAT64 (RFC 6052, 64:ff9b::/96) and the old IPv4-compatible form (::127.0.0.1): the last 32 bits are the IPv4
    // address that it leads to.
    if (ip.range() === 'rfc6052' || ip.parts.slice(0, 6).every((part) => part === 0)) {
      const [high = 0, low = 0] = ip.parts.slice(-2);
      return isPublicAddress([high >> 8, high & 255, low >> 8, low & 255].join('.'));
    }
  }
  return ip.range() === 'unicast' && !insideClouds.has(ip.toString());
}

/** Names that never leave the machine or the local network (RFC 6761, 6762, 8375), besides those without a dot. */
const localDomains = ['localhost', 'local', 'internal', 'home.arpa', 'lan', 'intranet', 'localdomain'];
/** No name in the DNS is longer (RFC 1035); a longer one need not be looked at. */
const longestName = 253;

function isLocalName(host: string): boolean {
  const name = host.toLowerCase();
  return !name.includes('.') || localDomains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** False when a URL's host is by itself a private address or a local name; names are checked again when resolved. */
export function isPublicHost(url: URL): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host.length > longestName) return false;
  return ipaddr.isValid(host) ? isPublicAddress(host) : !isLocalName(host);
}

/** A name that resolves to private addresses only. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
  readonly code = 'ERR_PRIVATE_ADDRESS';
}

/** How long a name is looked up before the proxy alone judges it. */
const lookupMs = 3000;

/**
 * For requests through a proxy, which resolves names itself: refuses a name that this machine knows to lead to private
 * addresses only. A name that is not known here is left to the proxy, and so is one that answers it differently.
 */
export async function refusePrivateName(hostname: string, lookup: LookupFunction = publicLookup): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, lookupMs);
  lookup(hostname, {}, (error) => (error instanceof PrivateAddressError ? reject(error) : resolve()));
  await promise.finally(() => clearTimeout(timer));
}

/**
 * DNS look-up for connections that gives public addresses only. The socket connects to exactly the address that was
 * checked, so a name that answers differently the second time (DNS rebinding) gains nothing.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const found = addresses.filter(({ address }) => isPublicAddress(address));
    const [first] = found;
    if (first === undefined)
      return callback(
        new PrivateAddressError(`${hostname} leads to ${addresses.map((a) => a.address).join(', ')}`),
        [],
      );
    if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
