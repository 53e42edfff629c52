import type { Source } from '../../domain/source.ts';

/** A way into a source: an address that lists articles. */
export interface Listing {
  readonly kind: 'feed' | 'sitemap' | 'section';
  readonly url: string;
}

const listings = (kind: Listing['kind'], urls: readonly string[]): Listing[] => urls.map((url) => ({ kind, url }));

/**
 * The listings of a source, the best first: each group is tried only when those before it gave no link. Feeds and
 * sitemaps say most; section pages and in the end the front page keep a source going whose feed died.
 */
export function listingsOf(source: Pick<Source, 'home' | 'feeds' | 'sitemaps' | 'sections'>): Listing[][] {
  const home = source.sections.includes(source.home) ? [] : [source.home];
  return [
    [...listings('feed', source.feeds), ...listings('sitemap', source.sitemaps)],
    listings('section', source.sections),
    listings('section', home),
  ].filter((group) => group.length > 0);
}
