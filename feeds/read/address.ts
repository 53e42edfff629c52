/**
 * An address in a feed → absolute: against its own `xml:base`, which is itself read against the feed's address. Where
 * neither is known a relative address comes back as it is; undefined for an empty one.
 */
export function resolveAddress(
  raw: string | undefined,
  base: string | undefined,
  feedUrl: string | undefined,
): string | undefined {
  // Line breaks within an address are an accident of its file.
  const address = raw?.replace(/[\t\r\n]+\s*/g, '').trim();
  if (!address) return undefined;
  if (/^https?:\/\//i.test(address)) return URL.canParse(address) ? address : undefined;
  const whole =
    base !== undefined && feedUrl !== undefined && URL.canParse(base, feedUrl) ? new URL(base, feedUrl).href : base;
  for (const from of [whole, feedUrl])
    if (from !== undefined && URL.canParse(from) && URL.canParse(address, from)) return new URL(address, from).href;
  return address;
}
