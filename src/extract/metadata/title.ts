import { fold, squeeze } from '../words.ts';
import { type Thing, textOf } from './json-ld.ts';
import type { PageFacts } from './page-facts.ts';

/** A value with the place that gave it, for `--explain`. */
export interface Vote {
  readonly origin: string;
  readonly value: string;
  readonly weight: number;
}

const separators = /\s+[|–—·•»«:/\\-]{1,2}\s+|\s*[|»«]\s*|\s+::\s+/;

/** A page title without the site's name: the segments at the ends that name the site or the section are cut off. */
export function stripSite(title: string, site: string | undefined, host: string): string {
  const siteFolded = fold(site ?? '');
  const hostFolded = fold(host.replace(/^www\./, '').replace(/\.[a-z.]+$/, '')).replace(/ /g, '');
  const namesSite = (segment: string): boolean => {
    const folded = fold(segment);
    const joined = folded.replace(/ /g, '');
    if (joined === '') return true;
    return (
      (siteFolded !== '' &&
        (folded === siteFolded || folded.startsWith(`${siteFolded} `) || folded.endsWith(` ${siteFolded}`))) ||
      (hostFolded.length > 2 && (joined.includes(hostFolded) || (joined.length > 3 && hostFolded.includes(joined))))
    );
  };
  let rest = title;
  for (let round = 0; round < 3; round++) {
    const cuts = [...rest.matchAll(new RegExp(separators.source, 'g'))];
    const last = cuts.at(-1);
    const first = cuts[0];
    if (last && namesSite(rest.slice(last.index + last[0].length))) rest = rest.slice(0, last.index);
    else if (first && namesSite(rest.slice(0, first.index))) rest = rest.slice(first.index + first[0].length);
    else break;
  }
  return rest.trim() || title;
}

/**
 * The headline by vote: what the page's structured data, social tags, top headings and title element say, compared without site
 * names and punctuation. Votes for (nearly) the same headline add up; of the winning group the form that stands on the page wins.
 */
export function voteTitle(
  facts: PageFacts,
  article: Thing | undefined,
  site: string | undefined,
  url: string,
  feedTitle: string | undefined,
): { title: string; votes: readonly Vote[] } {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const votes: Vote[] = [];
  const add = (origin: string, value: string | undefined, weight: number): void => {
    if (!value) return;
    const clean = stripSite(squeeze(decode(value)), site, host);
    if (clean.length > 1 && clean.length < 400) votes.push({ origin, value: clean, weight });
  };
  const mainHeadings = facts.headings.filter((heading) => heading.element.name === 'h1' && heading.text.length > 3);
  for (const [i, heading] of mainHeadings.slice(0, 6).entries())
    if (fold(heading.text) !== fold(site ?? ''))
      add('h1', heading.text, mainHeadings.length === 1 ? 1.6 : i === 0 ? 0.7 : 0.5);
  add('json-ld', textOf(article?.headline) ?? textOf(article?.name), 1);
  add('microdata', facts.properties.get('headline')?.[0]?.text, 0.7);
  add('og', facts.meta.get('og:title')?.[0], 1);
  add('twitter', facts.meta.get('twitter:title')?.[0], 0.5);
  add(
    'meta',
    facts.meta.get('title')?.[0] ??
      facts.meta.get('dc.title')?.[0] ??
      facts.meta.get('sailthru.title')?.[0] ??
      facts.meta.get('parsely-title')?.[0],
    0.5,
  );
  add('title', facts.title, 0.4);
  add('feed', feedTitle, 0.9);
  if (mainHeadings.length === 0)
    for (const heading of facts.headings.filter((h) => h.text.length > 15).slice(0, 3)) add('h2', heading.text, 0.35);

  let best: Vote | undefined;
  let bestWeight = 0;
  for (const vote of votes) {
    const weight =
      votes.reduce((sum, other) => sum + other.weight * agreement(vote.value, other.value), 0) + vote.weight * 0.2;
    if (weight > bestWeight) {
      best = vote;
      bestWeight = weight;
    }
  }
  if (!best) return { title: '', votes };
  const winner = best;
  const shown = votes.find((vote) => vote.origin === 'h1' && agreement(vote.value, winner.value) >= 0.8);
  return { title: (shown ?? winner).value, votes };
}

/** 1 for the same words, the share of common words when it is high, else 0. */
function agreement(a: string, b: string): number {
  const x = fold(a);
  const y = fold(b);
  if (x === y) return 1;
  const left = x.split(' ');
  const right = new Set(y.split(' '));
  const common = left.filter((word) => right.has(word)).length;
  const share = (2 * common) / (left.length + right.size);
  return share >= 0.7 ? share : 0;
}

/** Entities that were escaped twice. */
const decode = (text: string): string =>
  text
    .replace(/&amp;/g, '&')
    .replace(/&quot;|&#0?34;/g, '"')
    .replace(/&#0?39;|&apos;|&#x27;/gi, "'")
    .replace(/&(?:nbsp|#160);/g, ' ')
    .replace(/&#8217;|&rsquo;/g, '’')
    .replace(/<\/?(?:em|i|b|strong|span|br)\b[^>]{0,100}>/gi, '');
