import type { Source } from '../../domain/source.ts';

/** A way into a source: an address that lists articles. */
export interface Door {
  readonly kind: 'feed' | 'sitemap' | 'section';
  readonly url: string;
}

const doors = (kind: Door['kind'], urls: readonly string[]): Door[] => urls.map((url) => ({ kind, url }));

/**
 * The doors of a source, the best first: each group is tried only when those before it gave no link. Feeds and
 * sitemaps say most; section pages and in the end the front page keep a source going whose feed died.
 */
export function doorsOf(source: Pick<Source, 'home' | 'feeds' | 'sitemaps' | 'sections'>): Door[][] {
  const home = source.sections.includes(source.home) ? [] : [source.home];
  return [
    [...doors('feed', source.feeds), ...doors('sitemap', source.sitemaps)],
    doors('section', source.sections),
    doors('section', home),
  ].filter((group) => group.length > 0);
}
