/** Longer than any address that leads somewhere: browsers and servers stop at some 2,000 to 8,000 characters. */
const longestAddress = 4_000;

/**
 * What an attribute of a page or feed says → an absolute address, against `base` where it is relative; undefined where it
 * is empty, too long, no address, or of a scheme that is not allowed (`javascript:`, `data:`).
 */
export function resolveAddress(raw: string | undefined, base: string | undefined, schemes = web): string | undefined {
  const address = raw?.trim();
  if (!address || address.length > longestAddress) return undefined;
  const url = URL.parse(address, base || undefined) ?? URL.parse(address);
  return url && schemes.has(url.protocol) ? url.href : undefined;
}

const web: ReadonlySet<string> = new Set(['http:', 'https:']);
/** Where a link in a text may lead. */
const link: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** As `resolveAddress`, and mail addresses. */
export const resolveLink = (raw: string | undefined, base: string | undefined): string | undefined =>
  resolveAddress(raw, base, link);
