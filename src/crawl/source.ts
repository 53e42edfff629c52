/** What the crawl needs to know of a source; the catalogue's `Source` is one. Addresses are absolute. */
export interface CrawlSource {
  readonly id: string;
  /** The front page: the last resort when nothing else answers. */
  readonly home?: string | undefined;
  readonly feeds?: readonly string[] | undefined;
  readonly sitemaps?: readonly string[] | undefined;
  /** Section pages, or the front page, whose headlines are followed. */
  readonly sections?: readonly string[] | undefined;
  /** Patterns of addresses: when given, one of `include` must match and none of `exclude` may. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** CSS selectors of what is always text and of what never is. */
  readonly keep?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
  /** Further request headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A way into a source: an address that lists articles. */
export interface Door {
  readonly kind: 'feed' | 'sitemap' | 'section';
  readonly url: string;
}

/** The doors that the operator named; the front page when there are none. */
export function doorsOf(source: CrawlSource): Door[] {
  const named: Door[] = [
    ...(source.feeds ?? []).map((url) => ({ kind: 'feed', url }) as const),
    ...(source.sitemaps ?? []).map((url) => ({ kind: 'sitemap', url }) as const),
    ...(source.sections ?? []).map((url) => ({ kind: 'section', url }) as const),
  ];
  if (named.length === 0 && source.home !== undefined) named.push({ kind: 'section', url: source.home });
  return [...new Map(named.map((door) => [door.url, door])).values()];
}

/** The doors to try when none of the named ones gave a link. */
export function lastResorts(source: CrawlSource): Door[] {
  const named = new Set(doorsOf(source).map(({ url }) => url));
  return source.home !== undefined && !named.has(source.home) ? [{ kind: 'section', url: source.home }] : [];
}

/** True when an address is one that the operator wants: `*` in a pattern stands for anything, `/…/` is a regular expression, else a part of the address. */
export function isWanted(source: CrawlSource, url: string): boolean {
  const matches = (pattern: string) => {
    if (/^\/.+\/$/.test(pattern)) return new RegExp(pattern.slice(1, -1)).test(url);
    const pieces = pattern.split('*');
    let at = 0;
    return pieces.every((piece) => {
      const found = url.indexOf(piece, at);
      at = found + piece.length;
      return found >= 0;
    });
  };
  if (source.exclude?.some(matches)) return false;
  return source.include === undefined || source.include.length === 0 || source.include.some(matches);
}
