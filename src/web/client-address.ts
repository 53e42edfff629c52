import ipaddr from 'ipaddr.js';

const usual: ReadonlySet<string> = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** An address of this machine only: 127.0.0.0/8, ::1, or IPv4 in IPv6. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined &&
  (usual.has(address) || (ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'));

/** One word for all addresses of one client: an IPv6 network is given out to one customer as a /64 at least. */
export function clientOf(address: string): string {
  if (/^[\d.]+$/.test(address) || !ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? parsed.parts.slice(0, 4).join(':') : parsed.toString();
}
