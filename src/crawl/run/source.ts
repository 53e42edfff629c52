import type { Source } from '../../domain/source.ts';

/** What the crawl needs to know of a source. */
export type CrawlSource = Pick<Source, 'id'> &
  Partial<
    Pick<
      Source,
      | 'home'
      | 'feeds'
      | 'sitemaps'
      | 'sections'
      | 'take'
      | 'include'
      | 'exclude'
      | 'keep'
      | 'remove'
      | 'headers'
      | 'proxy'
      | 'render'
      | 'rate'
      | 'limits'
    >
  >;

/** A way into a source: an address that lists articles. */
export interface Door {
  readonly kind: 'feed' | 'sitemap' | 'section';
  readonly url: string;
}

const doors = (kind: Door['kind'], urls: readonly string[] | undefined): Door[] =>
  (urls ?? []).map((url) => ({ kind, url }));

/**
 * The doors of a source, the best first: each group is tried only when those before it gave no link. Feeds and
 * sitemaps say most; section pages and in the end the front page keep a source going whose feed died.
 */
export function doorsOf(source: CrawlSource): Door[][] {
  const listing = [...doors('feed', source.feeds), ...doors('sitemap', source.sitemaps)];
  const sections = doors('section', source.sections);
  const home = doors('section', source.home === undefined ? [] : [source.home]).filter(
    ({ url }) => !sections.some((section) => section.url === url),
  );
  return [listing, sections, home].filter((group) => group.length > 0);
}

/** True when an address is one that the operator wants. */
export function isWanted(source: CrawlSource, url: string): boolean {
  const matches = (pattern: string) => new RegExp(pattern, 'u').test(url);
  if (source.exclude?.some(matches)) return false;
  return source.include === undefined || source.include.length === 0 || source.include.some(matches);
}
