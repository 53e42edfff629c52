import { parseSource, type Source } from './catalogue.ts';
import { freeId } from './free-id.ts';

/** A feed as an OPML list names it. */
interface ListedFeed {
  readonly title: string;
  readonly feedUrl: string;
  readonly homeUrl?: string | undefined;
  readonly language?: string | undefined;
}

/** A site as it was found by looking at it. */
interface FoundSite {
  readonly name: string;
  readonly home: string;
  readonly lang?: string | undefined;
  readonly country?: string | undefined;
  readonly listings: readonly { readonly kind: 'feed' | 'sitemap' | 'section'; readonly url: string }[];
}

/** The entry for a site that was looked at; `own` is what the operator says instead. @throws CatalogueError */
export function sourceFromSite(
  found: FoundSite,
  known: readonly { readonly id: string }[],
  own: { readonly id?: string | undefined; readonly name?: string | undefined } = {},
): Source {
  const name = own.name ?? found.name;
  const urls = (kind: string) => found.listings.filter((listing) => listing.kind === kind).map(({ url }) => url);
  return parseSource({
    id: own.id ?? freeId(name, found.home, known),
    name,
    home: found.home,
    feeds: urls('feed'),
    sitemaps: urls('sitemap'),
    sections: urls('section'),
    lang: found.lang,
    country: found.country,
  });
}

/** One source for each site: feeds with one home page belong together. */
export function sourcesFromFeeds(feeds: readonly ListedFeed[], known: readonly { readonly id: string }[]): Source[] {
  const home = ({ homeUrl, feedUrl }: ListedFeed): string =>
    homeUrl !== undefined && /^https?:/i.test(homeUrl) && URL.canParse(homeUrl)
      ? new URL(homeUrl).href
      : new URL('/', feedUrl).href;
  const sources: Source[] = [];
  for (const [address, group] of Map.groupBy(feeds, home)) {
    const [first] = group;
    if (!first) continue;
    const language = first.language?.replace('_', '-');
    sources.push(
      parseSource({
        id: freeId(first.title, address, [...known, ...sources]),
        name: first.title,
        home: address,
        feeds: group.map(({ feedUrl }) => feedUrl),
        lang: language && /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(language) ? language : undefined,
      }),
    );
  }
  return sources;
}
