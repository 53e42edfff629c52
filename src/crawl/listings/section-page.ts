import type { Instant } from '../../domain/article.ts';
import { squeeze } from '../../text/words.ts';
import { siteOf } from '../fetch/site.ts';
import type { ShapeCounts } from '../ports.ts';
import { type PageCollector, readPage } from './read-page.ts';
import { addressScore, shapeOf } from './url-shape.ts';

/** A link on a front or section page that looks like an article. */
export interface HeadlineLink {
  readonly url: string;
  /** The headline, as far as the link's own text gives it. */
  readonly title?: string | undefined;
  /** When it was published, as far as the list says it in a way that leaves no doubt. */
  readonly published?: Instant | undefined;
}

export interface HeadlineOptions {
  /** What earlier crawls of the site taught. */
  readonly shapes?: ShapeCounts | undefined;
  /** At most so many links are given. Default 500. */
  readonly limit?: number | undefined;
}

interface Candidate {
  readonly url: string;
  readonly text: string;
  /** The text stands in a heading. */
  readonly isHeading: boolean;
  readonly score: number;
  /** Where it stands: the element names and classes around it, the same for all entries of one list. */
  readonly place: string;
}

interface Open {
  readonly name: string;
  readonly place: string;
  readonly role: 'heading' | 'boilerplate' | 'main' | 'hidden' | 'time' | undefined;
  /** The first time that stands in it and belongs to no link yet. */
  time?: Instant | undefined;
  /** The one article that it leads to so far; null when there are several. */
  article?: string | null | undefined;
}

const voidElements = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Elements that stand within a word or a line of text. */
const withinWords = new Set('a abbr b cite em font i mark q s small strong sub sup u wbr'.split(' '));
const boilerplateNames =
  /(?:^|[\s_-])(?:nav(?:bar|igation)?|menu|footer|breadcrumbs?|social|share|sharing|cookie|consent|login|subscribe|newsletter|tags?|taglist|toolbar|pagination|pager)(?:$|[\s_-])/i;
/** Deeper than any page that people made; what lies below is read, but its place is not told apart. */
const deepest = 400;
const longestText = 300;
/** Shorter texts are no headlines: 'Read on', the number of comments. */
const shortestHeadline = 12;
/** A link of more than this is the teaser rather than the headline. */
const longestHeadline = 160;

function roleOf(name: string, attributes: Readonly<Record<string, string>>): Open['role'] {
  if (/^h[1-6]$/.test(name)) return 'heading';
  if (
    name === 'nav' ||
    name === 'footer' ||
    /^(?:navigation|contentinfo|search|menu|menubar)$/.test(attributes.role ?? '')
  )
    return 'boilerplate';
  if (name === 'article' || name === 'main') return 'main';
  if (name === 'time') return 'time';
  if (name === 'script' || name === 'style' || name === 'noscript' || name === 'template') return 'hidden';
  const names = `${attributes.class ?? ''} ${attributes.id ?? ''}`;
  return names.length < 300 && boilerplateNames.test(names) ? 'boilerplate' : undefined;
}

/** A `<time>` that names an instant: a day alone, or hours without a zone, could be another instant than is meant. */
function instantOf(name: string, { datetime = '' }: Readonly<Record<string, string>>): Instant | undefined {
  if (
    name !== 'time' ||
    !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)$/.test(datetime.trim())
  )
    return undefined;
  const at = new Date(datetime.trim().replace(' ', 'T').replace(/\s/, ''));
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** The length of a text in units that compare across scripts: a Chinese, Japanese or Korean sign counts as two and a half letters. */
function headlineLength(text: string): number {
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return text.length + 1.5 * wide;
}

/**
 * The links of a front or section page that lead to articles, in the order of the page: by what the address looks
 * like, how long the text is, where it stands (headings and lists of headlines against navigation), and what earlier
 * crawls of the site taught. Only links within the site.
 */
export const headlineLinks = (html: string, pageUrl: string, options?: HeadlineOptions): HeadlineLink[] =>
  readPage<[HeadlineLink[]]>(html, collectHeadlines(pageUrl, options))[0];

export function collectHeadlines(pageUrl: string, options: HeadlineOptions = {}): PageCollector<HeadlineLink[]> {
  const page = new URL(pageUrl);
  const site = siteOf(page);
  let base = page;
  const stack: Open[] = [];
  const roles = { heading: 0, boilerplate: 0, main: 0, hidden: 0, time: 0 };
  const times = new Map<string, Instant>();
  let anchor:
    | { href: string; text: string; heading: string; alt: string; place: string; score: number; depth: number }
    | undefined;
  const candidates: Candidate[] = [];

  const finish = (holder = stack.at(-1)) => {
    if (!anchor) return;
    const { href, place } = anchor;
    const text = [anchor.heading, anchor.text, anchor.alt].map(clean).find((each) => each !== '') ?? '';
    const isHeading = clean(anchor.heading) !== '';
    let score = anchor.score;
    anchor = undefined;
    const url = URL.parse(href, base.href);
    if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || siteOf(url) !== site) return;
    url.hash = '';
    if (url.href === page.href || (url.pathname === page.pathname && url.search === page.search)) return;
    const shape = addressScore(url);
    if (shape <= -10) return;
    score += shape;
    const length = headlineLength(text);
    if (length >= 30) score += 3;
    else if (length >= 20) score += 1;
    else if (length > 0 && length < 12) score -= 2;
    const counts = options.shapes?.[shapeOf(url)];
    // Laplace's rule: few cases say little.
    if (counts) score += 8 * ((counts.articles + 1) / (counts.articles + counts.others + 2) - 0.5);
    candidates.push({ url: url.href, text, isHeading, score, place });
    if (holder && score >= enough) holder.article = oneOf(holder.article, url.href);
  };
  /** What an element held now belongs to the one around it. A time belongs to the one article of the smallest element with both. */
  const leave = ({ time, article }: Open) => {
    const around = stack.at(-1);
    if (time !== undefined && article && !times.has(article)) times.set(article, time);
    if (!around) return;
    if (time !== undefined && article === undefined) around.time ??= time;
    if (article !== undefined) around.article = oneOf(around.article, article);
  };

  /** Parts of a link's text that stand apart on the page (kicker, headline, time) are apart as words. */
  const separate = (name: string) => {
    if (!anchor || withinWords.has(name)) return;
    if (!anchor.text.endsWith(apart)) anchor.text += apart;
    if (!anchor.heading.endsWith(apart)) anchor.heading += apart;
  };

  return {
    onopentag(name, attributes) {
      separate(name);
      if (name === 'base' && attributes.href) base = URL.parse(attributes.href, page.href) ?? base;
      if (anchor && /^h[1-6]$/.test(name)) anchor.score += 2;
      if (anchor && name === 'img' && anchor.alt === '') anchor.alt = attributes.alt?.slice(0, longestText) ?? '';
      if (voidElements.has(name)) return;
      const parent = stack.at(-1);
      const own = `${name}.${(attributes.class ?? '').split(/\s+/)[0] ?? ''}`;
      const role = stack.length < deepest ? roleOf(name, attributes) : undefined;
      if (role) roles[role]++;
      // Three levels tell the lists of a page apart; more would tell their entries apart.
      const place =
        stack.length < deepest ? `${parent?.place.split('>').slice(-2).join('>') ?? ''}>${own}` : (parent?.place ?? '');
      stack.push({ name, place, role, time: instantOf(name, attributes) });
      if (name === 'a' && attributes.href !== undefined && roles.hidden === 0) {
        finish();
        const { href } = attributes;
        if (!/^\s*(?:#|javascript:|mailto:|tel:|data:)/i.test(href)) {
          const score = (roles.heading > 0 ? 3 : 0) + (roles.boilerplate > 0 ? -4 : 0) + (roles.main > 0 ? 1 : 0);
          anchor = { href, text: '', heading: '', alt: '', place, score, depth: stack.length };
        }
      }
    },
    ontext(text) {
      if (!anchor || roles.hidden > 0 || roles.time > 0 || anchor.text.length > longestText) return;
      const shown = text.replace(/\s+/g, ' ');
      anchor.text += shown;
      if (roles.heading > 0) anchor.heading += shown;
    },
    onclosetag(name) {
      separate(name);
      if (voidElements.has(name)) return;
      const closed = stack.pop();
      if (closed?.role) roles[closed.role]--;
      if (anchor && stack.length < anchor.depth) finish(closed);
      if (closed) leave(closed);
    },
    end() {
      finish();
      return choose(candidates, times, options.limit ?? 500);
    },
  };
}

/** The one article known so far and another: still one when they are the same, else null. */
const oneOf = (known: string | null | undefined, other: string | null): string | null =>
  known === undefined || known === other ? other : null;

/** The score from which on a link is taken: a slug of five words alone, or a headline in a heading, reach it. */
const enough = 4;

/** White space that no page shows, so that it can be told from the page's own. */
const apart = '\v';
const clean = (text: string) => squeeze(text.replace(/\v\s*(?=[,:;.!?])/g, ''));

/** The time of day before the headline of a ticker; it is no part of it. */
const clock = /^\d{1,2}:\d\d(?::\d\d)?(?:\s?(?:Uhr|h|[ap]\.?m\.?))?(?:\s*[-–—|•·]\s*|\s+)/i;

function choose(candidates: readonly Candidate[], times: ReadonlyMap<string, Instant>, limit: number): HeadlineLink[] {
  // A list of headlines speaks for each of its entries: the middle score of all links in the same place counts as well.
  const places = new Map<string, number[]>();
  for (const { place, score } of candidates) {
    const scores = places.get(place);
    if (scores) scores.push(score);
    else places.set(place, [score]);
  }
  const middle = new Map<string, number>();
  for (const [place, scores] of places) {
    scores.sort((a, b) => a - b);
    if (scores.length >= 3) middle.set(place, scores[Math.floor(scores.length / 2)] ?? 0);
  }
  const links = new Map<string, { title: string; rank: number; score: number }>();
  for (const { url, text, isHeading, score, place } of candidates) {
    const placed = score + Math.max(-2, Math.min(2, ((middle.get(place) ?? enough) - enough) / 2));
    const known = links.get(url);
    // Picture, headline, teaser and 'read more' lead to one article: the best of them decides. The title is what stands in a heading,
    // else the longest text that is not as long as a teaser.
    const rank = isHeading ? 2 : text.length <= longestHeadline ? 1 : 0;
    if (!known) links.set(url, { title: text, rank, score: placed });
    else {
      known.score = Math.max(known.score, placed);
      const isLonger = rank === known.rank && text.length > known.title.length;
      const isSurer = rank > known.rank && headlineLength(text) >= shortestHeadline;
      if (isLonger || isSurer || headlineLength(known.title) < shortestHeadline)
        Object.assign(known, { title: text, rank });
    }
  }
  return [...links]
    .filter(([, { score }]) => score >= enough)
    .slice(0, limit)
    .map(([url, { title }]) => {
      const text = title.replace(clock, '');
      return {
        url,
        title: headlineLength(text) >= shortestHeadline ? text.slice(0, longestText) : undefined,
        published: times.get(url),
      };
    });
}
