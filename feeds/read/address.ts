import { getDomain, parse } from 'tldts';

/**
 * An address in a feed → absolute: against its own `xml:base`, else against the site or the feed. Where none is known a
 * relative address comes back as it is; undefined for an empty or broken one.
 */
export type AddressReader = (raw: string | undefined, base?: string | undefined) => string | undefined;

/**
 * Reads the addresses of one feed.
 *
 * @param siteLink the channel's link: the base of relative addresses where the feed stands on another host than its site
 */
export function addressReader(feedUrl: string | undefined, siteLink: string | undefined): AddressReader {
  const site = siteLink !== undefined && isAbsolute(siteLink) ? URL.parse(siteLink) : null;
  const feed = feedUrl === undefined ? null : URL.parse(feedUrl);
  const otherHost = site !== null && feed !== null && hostOf(site) !== hostOf(feed);
  const bases = [otherHost ? site.href : undefined, feed?.href];
  const domains = new Set([site, feed].flatMap((url) => (url ? (getDomain(url.hostname) ?? []) : [])));
  return (raw, base) => {
    const address = straighten(raw);
    if (address === '') return undefined;
    if (isAbsolute(address)) return URL.canParse(address) ? withoutSecondHost(address) : undefined;
    const hosted = withoutScheme(address, domains);
    if (hosted !== undefined) return `${site?.protocol ?? feed?.protocol ?? 'https:'}//${hosted}`;
    const own =
      base !== undefined && feed !== null && URL.canParse(base, feed.href) ? new URL(base, feed.href).href : base;
    for (const from of [own, ...bases])
      if (from !== undefined && URL.canParse(from) && URL.canParse(address, from)) return new URL(address, from).href;
    return address;
  };
}

const isAbsolute = (address: string): boolean => /^https?:\/\//i.test(address);
const hostOf = (url: URL): string => url.host.replace(/^www\./, '');

/** What generators make of an address: broken over lines, marked up as a link, with a misspelt or doubled scheme, escaped twice. */
function straighten(raw: string | undefined): string {
  if (raw !== undefined && /^https?:\/\/(?![^/]*https?:)[^\s&<\\]+$/i.test(raw)) return raw;
  const text = (raw ?? '').replace(/[\t\r\n]+\s*/g, '').trim();
  const plain = text.startsWith('<')
    ? (/^<a\b[^>]*?\shref\s*=\s*["']?([^"'\s>]+)/i.exec(text)?.[1] ?? text.replace(/^<|>$/g, ''))
    : text.replace(/^["'](.*)["']$/, '$1');
  return plain
    .replaceAll('&amp;', '&')
    .replace(/^https?:\/\/[^/?#\s]*(?=https?:\/)/i, '')
    .replace(/^feed:(?:\/\/)?(?=https?:)/i, '')
    .replace(/^feed:\/\//i, 'https://')
    .replace(/^(https?)(?::\/(?!\/)|:\\\\|\/\/|:(?=[^/\\]))/i, '$1://');
}

/** `https://paper.example/https://paper.example/a`: the site's address was put before one that was whole. */
function withoutSecondHost(address: string): string {
  const inner = /^https?:\/\/[^/]+\/+(https?:\/\/.+)$/i.exec(address)?.[1];
  const whole = inner === undefined ? null : URL.parse(inner);
  return whole && hostOf(whole) === hostOf(new URL(address)) ? (inner ?? address) : address;
}

/** `www.paper.example/a`, or another host, written without a scheme. */
function withoutScheme(address: string, domains: ReadonlySet<string>): string | undefined {
  const host = /^([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)(?::\d{1,5})?(?=[/?#]|$)/iu.exec(address)?.[1];
  if (host === undefined) return undefined;
  const { domain, isIcann } = parse(host);
  // `news.paper.co.uk/a`: three names or more below a suffix that the registries know; `story.html` and `a.md` are files.
  const isForeign = isIcann === true && host.split('.').length > 2 && address.charAt(host.length) === '/';
  const isHost = /^www\d?\.[^.]+\./i.test(host) || (domain !== null && domains.has(domain)) || isForeign;
  return isHost && URL.canParse(`https://${address}`) ? address : undefined;
}
