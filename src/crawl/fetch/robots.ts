/**
 * robots.txt as RFC 9309 says, with `Crawl-delay` and `Sitemap` beside it. Pure: `robots-cache.ts` fetches.
 */
export interface Robots {
  readonly groups: readonly Group[];
  /** Absolute addresses of sitemaps, as written. */
  readonly sitemaps: readonly string[];
}

interface Group {
  /** Product tokens in lower case, or `*`. */
  readonly agents: readonly string[];
  readonly rules: readonly Rule[];
  readonly crawlDelaySeconds?: number | undefined;
}

interface Rule {
  readonly allow: boolean;
  readonly pattern: string;
}

/** What a site asks of one crawler. */
export interface Rules {
  isAllowed(url: URL): boolean;
  readonly crawlDelayMs: number | undefined;
}

/** RFC 9309, 2.5: at least 500 KiB are to be parsed; what comes after is left unread. */
export const maxRobotsBytes = 500 * 1024;

const line = /^\s*([a-z-]+)\s*:\s*(.*?)\s*$/i;
/** Common misspellings, as the best known parsers take them. */
const spellings: Readonly<Record<string, string>> = {
  'user agent': 'user-agent',
  useragent: 'user-agent',
  dissallow: 'disallow',
  dissalow: 'disallow',
  disalow: 'disallow',
  diasllow: 'disallow',
};

interface OpenGroup {
  readonly agents: string[];
  readonly rules: Rule[];
  crawlDelaySeconds?: number;
}

/** Reads robots.txt; whatever cannot be understood is passed over, as the RFC wants. */
export function parseRobots(text: string): Robots {
  const groups: OpenGroup[] = [];
  const sitemaps: string[] = [];
  let group: OpenGroup | undefined;
  let namingAgents = false;
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
    const match = line.exec(raw.replace(/#.*/, ''));
    if (!match) continue;
    const [, name = '', value = ''] = match;
    const key = spellings[name.toLowerCase()] ?? name.toLowerCase();
    if (key === 'user-agent') {
      if (!namingAgents || !group) {
        group = { agents: [], rules: [] };
        groups.push(group);
      }
      namingAgents = true;
      // `Googlebot/2.1` names Googlebot: a product token is made of letters, `-` and `_` only.
      const token = value === '*' ? '*' : /^[a-z_-]+/i.exec(value)?.[0].toLowerCase();
      if (token) group.agents.push(token);
    } else if (key === 'sitemap') {
      // Fragments of a URL in a comment are lost with the comment, as in every parser.
      if (value) sitemaps.push(value);
    } else if (group && (key === 'allow' || key === 'disallow')) {
      namingAgents = false;
      if (value) group.rules.push({ allow: key === 'allow', pattern: normalise(value) });
    } else if (group && key === 'crawl-delay') {
      // Not in the RFC. It ends the list of agents: 'User-agent: * / Crawl-delay / User-agent: BadBot / Disallow: /'
      // is meant, and written, as two groups.
      namingAgents = false;
      const seconds = Number.parseFloat(value);
      if (seconds >= 0 && group.crawlDelaySeconds === undefined) group.crawlDelaySeconds = seconds;
    }
  }
  return { groups, sitemaps };
}

const utf8 = new TextEncoder();
const hex = (byte: number) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** One spelling for paths and patterns (RFC 9309, 2.2.2): other characters percent-encoded, unreserved ones not. */
function normalise(path: string): string {
  return path
    .replace(/[^\x21-\x7e]/gu, (char) => Array.from(utf8.encode(char), hex).join(''))
    .replace(/%([0-9a-f]{2})/gi, (octet, code: string) => {
      const char = String.fromCharCode(Number.parseInt(code, 16));
      return /[\w.~-]/.test(char) ? char : octet.toUpperCase();
    });
}

/** `*` stands for any characters, `$` at the end for the end. Linear in pattern and path: no back-tracking. */
export function matchesPattern(pattern: string, path: string): boolean {
  const anchored = pattern.endsWith('$');
  const [first = '', ...rest] = (anchored ? pattern.slice(0, -1) : pattern).split('*');
  if (!path.startsWith(first)) return false;
  let at = first.length;
  const last = anchored ? rest.pop() : undefined;
  for (const piece of rest) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  if (!anchored) return true;
  if (last === undefined) return path.length === at;
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
  const rules = groups
    .flatMap((group) => group.rules)
    .sort((a, b) => b.pattern.length - a.pattern.length || Number(b.allow) - Number(a.allow));
  const delay = groups.find((group) => group.crawlDelaySeconds !== undefined)?.crawlDelaySeconds;
  return {
    isAllowed(url) {
      if (url.pathname === '/robots.txt') return true;
      const path = normalise(url.pathname + url.search);
      return rules.find((rule) => matchesPattern(rule.pattern, path))?.allow ?? true;
    },
    crawlDelayMs: delay === undefined ? undefined : delay * 1000,
  };
}
