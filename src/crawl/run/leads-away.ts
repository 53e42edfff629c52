import type { Link } from '../../domain/article.ts';
import type { Source } from '../../domain/source.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import { fold } from '../../text/words.ts';
import { listingsOf } from '../listings/source-listings.ts';
import { addressScore } from '../listings/url-shape.ts';

/** From this on an address looks like an article's by itself (see `addressScore`). */
const looksLikeArticle = 2;
/** Part of the shorter title's triples of letters that a page's title shares when it is about the same. */
const alike = 0.4;

/** True when the page that answered is another than the link names, and its address does not look like an article's. */
export function leadsAway(link: Link, answered: string): boolean {
  const from = canonicalUrl(link.url);
  return from !== canonicalUrl(answered) && addressScore(new URL(answered)) < looksLikeArticle;
}

/** True when the page that answered is one of the source's own lists, or the front page of a site. */
export function isOwnListing(source: Source, answered: string): boolean {
  const key = canonicalUrl(answered);
  const { pathname, search } = new URL(answered);
  if (pathname === '/' && search === '') return true;
  return listingsOf(source).some((group) => group.some(({ url }) => canonicalUrl(url) === key));
}

function triples(text: string): Set<string> {
  const letters = fold(text).replace(/\s+/g, '');
  return new Set(
    Array.from({ length: Math.max(1, letters.length - 2) }, (_, index) => letters.slice(index, index + 3)),
  );
}

/** Whether two titles can be those of one article: wording may change, but not all of it. */
export function titlesAlike(one: string, other: string): boolean {
  const [smaller, larger] = [triples(one), triples(other)].sort((a, b) => a.size - b.size);
  if (!smaller || !larger) return false;
  return smaller.intersection(larger).size >= alike * smaller.size;
}
