/**
 * robots.txt as RFC 9309 says and as Google's open parser reads what the RFC leaves open, with `Crawl-delay`, `Sitemap`
 * and the records about rights beside it. Pure, and linear in the text: `robots-cache.ts` fetches.
 */
export interface Robots {
  readonly groups: readonly Group[];
  /** Addresses of sitemaps, as written. */
  readonly sitemaps: readonly string[];
  /** Addresses of licences (`License:` of Really Simple Licensing), as written. */
  readonly licenses: readonly string[];
  /** Signals that stand before any group: they speak to all. */
  readonly signals: readonly string[];
}

interface Group {
  /** Product tokens in lower case, or `*`. */
  readonly agents: readonly string[];
  readonly rules: readonly Rule[];
  readonly crawlDelaySeconds?: number | undefined;
  /** What `Content-Signal` and `Content-Usage` say, in order. */
  readonly signals: readonly string[];
}

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

/** What a site asks of one crawler. */
export interface Rules {
  isAllowed(url: URL): boolean;
  readonly crawlDelayMs: number | undefined;
  readonly signals: readonly string[];
}

/** RFC 9309, 2.5: at least 500 KiB are to be parsed; what comes after is left unread. */
export const maxRobotsBytes = 500 * 1024;
/** As Google's parser: eight times the longest address of the old browsers; the rest of a line is passed over. */
const longestLine = 2083 * 8;

/** The names of records by what they begin with, misspellings included, as Google's parser takes them. */
const recordNames = {
  'user-agent': ['user-agent', 'useragent', 'user agent'],
  allow: ['allow'],
  disallow: ['disallow', 'dissallow', 'dissalow', 'disalow', 'diasllow', 'disallaw'],
  sitemap: ['sitemap', 'site-map'],
  'crawl-delay': ['crawl-delay', 'crawldelay'],
  signal: ['content-signal', 'content-usage'],
  license: ['license'],
} as const;
type RecordName = keyof typeof recordNames;
const beginnings = Object.entries(recordNames).flatMap(([name, all]) =>
  all.map((beginning) => [beginning, name as RecordName] as const),
);
const exactNames: ReadonlyMap<string, RecordName> = new Map(beginnings);

const isBlank = (char: string | undefined): boolean => char === ' ' || char === '\t';

/** One record; the colon may be missing where two words stand alone. */
function recordOf(raw: string): { readonly name: RecordName; readonly value: string } | undefined {
  const comment = raw.indexOf('#');
  const text = raw.slice(0, Math.min(comment < 0 ? longestLine : comment, longestLine)).trim();
  let end = text.indexOf(':');
  if (end < 0) {
    end = text.search(/[ \t]/);
    if (end < 0 || /[ \t]/.test(text.slice(end).trimStart())) return undefined;
  }
  const key = text.slice(0, end).trimEnd().toLowerCase();
  const name = exactNames.get(key) ?? beginnings.find(([beginning]) => key.startsWith(beginning))?.[1];
  return name && { name, value: text.slice(end + 1).trimStart() };
}

/** `Googlebot/2.1` names Googlebot: a product token is made of letters, `-` and `_` only. `* anything` is `*`. */
function agentOf(value: string): string | undefined {
  if (value[0] === '*' && (value.length === 1 || isBlank(value[1]))) return '*';
  return /^[a-z_-]+/i.exec(value)?.[0].toLowerCase();
}

interface OpenGroup {
  readonly agents: string[];
  readonly rules: Rule[];
  readonly signals: string[];
  crawlDelaySeconds?: number;
}

/** Reads robots.txt; whatever cannot be understood is passed over, as the RFC wants. */
export function parseRobots(text: string): Robots {
  const groups: OpenGroup[] = [];
  const sitemaps: string[] = [];
  const licenses: string[] = [];
  const signals: string[] = [];
  let group: OpenGroup | undefined;
  let namingAgents = false;
  for (const raw of text.replace(/^\uFEFF/, '').split(/[\r\n]+/)) {
    const record = recordOf(raw);
    if (!record) continue;
    const { name, value } = record;
    if (name === 'user-agent') {
      if (!namingAgents || !group) {
        group = { agents: [], rules: [], signals: [] };
        groups.push(group);
      }
      namingAgents = true;
      const agent = agentOf(value);
      if (agent) group.agents.push(agent);
    } else if (name === 'sitemap') {
      // Fragments of a URL in a comment are lost with the comment, as in every parser.
      if (value) sitemaps.push(value);
    } else if (name === 'license') {
      if (value) licenses.push(value);
    } else if (!group) {
      if (name === 'signal') signals.push(value);
    } else {
      // `Crawl-delay` is not in the RFC. It ends the list of agents: 'User-agent: * / Crawl-delay / User-agent: BadBot /
      // Disallow: /' is meant, and written, as two groups. So do the others.
      namingAgents = false;
      if (name === 'signal') group.signals.push(value);
      else if (name === 'crawl-delay') {
        const seconds = Number.parseFloat(value);
        if (seconds >= 0 && group.crawlDelaySeconds === undefined) group.crawlDelaySeconds = seconds;
      } else if (value) group.rules.push(...rulesOf(name === 'allow', value));
    }
  }
  return { groups, sitemaps, licenses, signals };
}

/** A rule; to allow a folder's index page is to allow the folder, as Google's parser has it. */
function rulesOf(allow: boolean, value: string): Rule[] {
  const rule = { allow, pattern: normalisePattern(value) };
  const folder = allow ? /^([^?]*\/)index\.html?$/i.exec(value)?.[1] : undefined;
  return folder === undefined ? [rule] : [rule, { allow, pattern: `${normalisePattern(folder)}$` }];
}

const utf8 = new TextEncoder();
const hex = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** One spelling (RFC 9309, 2.2.2): other characters percent-encoded, unreserved ones not. */
function normalise(path: string): string {
  if (!/[^\x21-\x7e]|%/.test(path)) return path;
  return path
    .replace(/[^\x21-\x7e]/gu, (char) => Array.from(utf8.encode(char), hex).join(''))
    .replace(/%([0-9a-f]{2})/gi, (octet, code: string) => {
      const char = String.fromCharCode(Number.parseInt(code, 16));
      return /[\w.~-]/.test(char) ? char : octet.toUpperCase();
    });
}

/** In an address `*` and `$` are characters as others; in a pattern they stand for themselves as `%2A` and `%24` (2.2.3). */
const normaliseAddress = (url: URL): string =>
  normalise(url.pathname + url.search)
    .replaceAll('*', '%2A')
    .replaceAll('$', '%24');
const normalisePattern = (pattern: string): string => normalise(pattern).replace(/\$(?!$)/g, '%24');

/** `*` stands for any characters, `$` at the end for the end. Linear in pattern and path: no back-tracking. */
export function matchesPattern(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const body = anchored ? pattern.slice(0, -1) : pattern;
  if (!body.includes('*')) return anchored ? path === body : path.startsWith(body);
  const [first = '', ...rest] = body.split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = anchored ? rest.pop() : undefined;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (last === undefined) return true;
  return path.length - last.length >= at && path.endsWith(last);
}

/** The product token of a User-Agent header: `Courant/0.1 (+https://…)` → `courant`. */
export const productToken = (userAgent: string): string => /^[a-z_-]+/i.exec(userAgent)?.[0].toLowerCase() ?? '';

/**
 * The rules for one crawler: those of all groups that name its product token, else those for `*`, else none. The
 * longest matching pattern decides, `Allow` between equals; `/robots.txt` itself is always allowed.
 */
export function rulesFor(robots: Robots, userAgent: string): Rules {
  const token = productToken(userAgent);
  const own = robots.groups.filter((group) => group.agents.includes(token));
  const groups = own.length > 0 ? own : robots.groups.filter((group) => group.agents.includes('*'));
  const distinct = new Map(
    groups.flatMap((group) => group.rules).map((rule) => [`${rule.allow}${rule.pattern}`, rule]),
  );
  const rules = [...distinct.values()].sort(
    (a, b) => b.pattern.length - a.pattern.length || Number(b.allow) - Number(a.allow),
  );
  const delay = groups.find((group) => group.crawlDelaySeconds !== undefined)?.crawlDelaySeconds;
  return {
    isAllowed(url) {
      if (url.pathname === '/robots.txt') return true;
      const path = normaliseAddress(url);
      return rules.find((rule) => matchesPattern(rule.pattern, path))?.allow ?? true;
    },
    crawlDelayMs: delay === undefined ? undefined : delay * 1000,
    signals: [...robots.signals, ...groups.flatMap((group) => group.signals)],
  };
}
