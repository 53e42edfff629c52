import type { Instant, Reason } from '../domain/article.ts';
import type { Printed } from './edition.ts';
import { itemsOf, pathOfSlug } from './lists.ts';
import type { Outlet } from './outlet.ts';
import { isoDay } from './templates/dates.ts';

/** What must come out of an article page of the press, to the letter. */
export interface ExpectedArticle {
  /** Id of the outlet, which is also its source's id. */
  readonly outlet: string;
  /** The canonical address. */
  readonly url: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly lang: string;
  readonly published: Instant;
  /** What the page itself tells: the same instant, or only the day in the outlet's time zone (`2026-11-21`). */
  readonly publishedOnPage: string;
  readonly modified: Instant;
  /** A deck that stands above the text; it may open the text or be left out of it. */
  readonly standfirst: string | undefined;
  /** Paragraphs and sub-headings in order: the whole text, one a line. */
  readonly paragraphs: readonly string[];
  readonly live: boolean;
  /** Articles with the same event are told in the outlets' own words and make one story. */
  readonly event: string | undefined;
  /** Of all articles with the same origin here exactly one is published; the others are near or exact duplicates of it. */
  readonly copyOf: string | undefined;
  /** The text differs from what was first printed: an update of the same item. */
  readonly revised: boolean;
}

/** A headline of the ticker, of which no article can be had. */
export interface ExpectedHeadline {
  readonly outlet: string;
  readonly url: string;
  readonly title: string;
  readonly published: Instant;
  /** Articles with the same event are its story. */
  readonly event: string | undefined;
  /** The headline of which this is another wording: the two are one item. */
  readonly versionOf: string | undefined;
}

/** How a link in a feed or sitemap of the press must end. */
type ExpectedLink =
  | { readonly url: string; readonly kind: 'article'; readonly article: string }
  /** Another address of an article: it must not become an item of its own. */
  | { readonly url: string; readonly kind: 'same'; readonly article: string }
  /** What was an article and has been taken down. */
  | { readonly url: string; readonly kind: 'withdrawn' }
  /** A headline, whose page must not be requested. */
  | { readonly url: string; readonly kind: 'headline' }
  | { readonly url: string; readonly kind: 'rejected'; readonly reason: Reason };

export interface Truth {
  readonly headlines: readonly ExpectedHeadline[];
  readonly articles: readonly ExpectedArticle[];
  readonly links: readonly ExpectedLink[];
}

/** What one outlet's edition must come to. */
export function truthOf(outlet: Outlet, origin: string, printed: readonly Printed[]): Omit<Truth, 'headlines'> {
  const standing = printed.filter((one) => !one.withdrawn);
  const articles = standing.map(({ page, piece, lines }): ExpectedArticle => {
    const published = page.published.toISOString();
    return {
      outlet: outlet.id,
      url: page.url,
      title: page.title,
      authors: page.authors,
      lang: outlet.lang,
      published,
      publishedOnPage: outlet.template.tellsTime ? published : isoDay(page.published, outlet.timeZone),
      modified: page.modified.toISOString(),
      standfirst: page.standfirst,
      paragraphs: lines,
      live: page.live,
      event: piece.event,
      copyOf: piece.copyOf,
      revised: page.modified > page.published,
    };
  });
  const items = itemsOf(outlet, origin, printed);
  const links = items.map(({ url }, index): ExpectedLink => {
    const one = printed[index];
    if (one) return one.withdrawn ? { url, kind: 'withdrawn' } : { url, kind: 'article', article: one.page.url };
    const odd = outlet.oddLinks[index - printed.length];
    if (!odd) throw new Error(`${outlet.name} lists ${url} and does not say what it is`);
    if ('rejected' in odd) return { url, kind: 'rejected', reason: odd.rejected };
    return { url, kind: 'same', article: origin + pathOfSlug(outlet, 'same' in odd ? odd.same : odd.redirects) };
  });
  return { articles, links };
}
