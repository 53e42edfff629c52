import { getDomain } from 'tldts';
import type { CanonicalUrl } from '../domain/article.ts';
import {
  doubtfulNames,
  dressValues,
  sessionNames,
  trackingNames,
  trackingPrefixes,
  wayWords,
} from './tracking-parameters.ts';

export type { CanonicalUrl } from '../domain/article.ts';

/** The keys stand in a unique B-tree index of PostgreSQL, whose entries end at 2,704 bytes. */
const longestKey = 2000;
/** Longer addresses are no page's: servers end at 8,190 bytes of a request line. */
const longestAddress = 8000;

/**
 * The key of the page behind an address, or undefined if it is not an http(s) address (or longer than 2,000 characters when
 * all is said). It looks like an https URL but is made for comparing, not for fetching. Removed: fragment, user
 * info, default ports, tracking and session parameters, mobile, AMP and print forms, trailing slashes, index files. Unified: http and https, host case and punycode, percent-encoding, order of parameters.
 * `canonicalUrl(canonicalUrl(x)) === canonicalUrl(x)`: one form can hide another, so until nothing changes; what does not come to rest soon is no page's address.
 */
export function canonicalUrl(raw: string): CanonicalUrl | undefined {
  let before = raw;
  for (let round = 0; round < mostRounds; round++) {
    const key = keyOnce(before);
    if (key === undefined || key === before) return key as CanonicalUrl | undefined;
    before = key;
  }
  return undefined;
}

/** Two are enough for any address met so far. */
const mostRounds = 8;

function keyOnce(raw: string): string | undefined {
  if (raw.length > longestAddress) return undefined;
  const url = parse(unwrapAmpCache(raw.trim()));
  const host = url && canonicalHost(url.hostname);
  if (!host) return undefined;
  const path = canonicalPath(url.pathname);
  const port = url.port === '' || url.port === '80' || url.port === '443' ? '' : `:${url.port}`;
  const key = `https://${host}${port}${path}${canonicalQuery(url, path)}${canonicalFragment(url)}`;
  return key.length <= longestKey ? key : undefined;
}

function parse(raw: string): URL | undefined {
  const url = URL.parse(raw.startsWith('//') ? `https:${raw}` : raw);
  return url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '' ? url : undefined;
}

/** `google.com/amp/s/example.org/a` and `example-org.cdn.ampproject.org/c/s/example.org/a` name another page's address in their path. */
function unwrapAmpCache(raw: string): string {
  const match =
    /^https?:\/\/(?:www\.)?google\.[a-z.]+\/amp\/(?:s\/)?(.+\..+)$/i.exec(raw) ??
    /^https?:\/\/[^/]+\.cdn\.ampproject\.org\/[a-z]+\/(?:s\/)?(.+\..+)$/i.exec(raw);
  return match?.[1] ? `https://${match[1]}` : raw;
}

/** Labels before the registrable domain that only choose a dress of the same site. */
const dressLabels = new Set(['m', 'mobile', 'mobil', 'amp', 'touch', 'wap', 'mobi']);

/** Undefined for a host with an empty label: DNS knows none. */
function canonicalHost(hostname: string): string | undefined {
  const host = hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
  const labels = host.split('.');
  if (labels.includes('')) return undefined;
  if (!labels.some((label) => dressLabels.has(label) || isWww(label))) return host;
  const domain = getDomain(host, { allowPrivateDomains: false });
  // Hosts without a known suffix (`www.paper.test`): two labels stay.
  const own = domain ? domain.split('.').length : 2;
  const front = labels.slice(0, Math.max(0, labels.length - own)).filter((label) => !dressLabels.has(label));
  while (front[0] !== undefined && isWww(front[0])) front.shift();
  return [...front, ...labels.slice(-own)].join('.');
}

const isWww = (label: string): boolean => /^www\d?$/.test(label);

function canonicalPath(pathname: string): string {
  let path = canonicalEscapes(pathname)
    .replace(/;(?:jsessionid|phpsessid|sid)=[^/]*/gi, '')
    .replace(/\/\([A-Z]\([a-z0-9]+\)\)/gi, '')
    .replace(/\/{2,}/g, '/');
  // Each form can hide another (`/story/amp/index.html`), so until nothing changes.
  for (let before = ''; before !== path; ) {
    before = path;
    path = path
      .replace(/\/+$/, '')
      .replace(/\/(?:index|default)\.(?:html?|php\d?|aspx?|jsp|shtml)$/i, '')
      .replace(/(.)[/.](?:amp|print)(?:\.html?)?$/i, '$1')
      .replace(/^\/(?:amp|print)(?=\/.)/i, '');
  }
  return path === '' ? '/' : path;
}

/** RFC 3986 §6.2.2: unreserved characters stand as themselves, other escapes in upper case; Unicode is composed (NFC). */
function canonicalEscapes(text: string): string {
  return text
    .replace(/%([0-9a-f]{2})/gi, (escaped, hex: string) => {
      const character = String.fromCharCode(Number.parseInt(hex, 16));
      return /[A-Za-z0-9\-._~]/.test(character) ? character : escaped.toUpperCase();
    })
    .replace(/[A-Za-z]?(?:%[89A-F][0-9A-F])+/g, (escapes) => {
      try {
        return encodeURIComponent(decodeURIComponent(escapes).normalize('NFC'));
      } catch {
        return escapes; // not UTF-8: an older encoding, left as it is
      }
    });
}

function canonicalQuery(url: URL, path: string): string {
  const named = namesAnArticle(path);
  const kept = url.search
    .slice(1)
    .split(/&(?:amp;)?|;/)
    .map((part) => canonicalEscapes(part))
    .filter((part) => part !== '' && part !== '=' && !isDropped(part, named))
    .sort();
  const unique = [...new Set(kept)];
  return unique.length > 0 ? `?${unique.join('&')}` : '';
}

function isDropped(part: string, named: boolean): boolean {
  const [rawName = '', rawValue = ''] = part.split('=', 2);
  const name = rawName.toLowerCase();
  const value = rawValue.toLowerCase();
  if (trackingNames.has(name) || trackingPrefixes.some((prefix) => name.startsWith(prefix))) return true;
  // Session ids are long and random; a short `sid=12` may well be the article's number.
  if (sessionNames.has(name) && (value.length >= 12 || named)) return true;
  if (dressValues.get(name)?.has(value)) return true;
  return doubtfulNames.has(name) && (named || wayWords.has(value));
}

/** A path with a slug of three words or a number of five digits says by itself which article it is. */
function namesAnArticle(path: string): boolean {
  return /\d{5}/.test(path) || /[^/%\-_]{2,}(?:[-_][^/\-_]+){2,}/.test(path);
}

/** `#!/story/12` was the address of a page in the applications of the 2010s; other fragments are places on a page. */
function canonicalFragment(url: URL): string {
  return /^#!\/?./.test(url.hash) ? canonicalEscapes(url.hash) : '';
}
