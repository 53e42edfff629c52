import type { Rights } from './rights.ts';

/**
 * The words of the wire, in the order in which they flow:
 *
 *   Link → Page → ExtractedArticle → Article → Outcome
 *
 * - **link**: an address that a feed, sitemap or front page named, with what was said about it there
 * - **page**: what the site answered for a link
 * - **headline**: an article of which no more is taken than what the list says: title, link, time, summary
 * - **extracted article**: what is left of a page when everything that is not the article is taken away
 * - **article**: an extracted article with an identity, labels and a place in a story, as the store keeps it
 * - **outcome**: how a link ended; every link ever seen has exactly one
 *
 * All of them travel through queues and JSON lines, so times are ISO 8601 strings in UTC and nothing here has methods.
 */

/** An instant as ISO 8601 in UTC, `2026-11-22T08:15:00.000Z`. A day without a time is that day's midnight UTC. */
export type Instant = string;

/** A link as found at a source, before anything was fetched. */
export interface Link {
  /** Absolute http(s) URL, as found (not yet canonical). */
  readonly url: string;
  /** The feed's own identifier of the item. */
  readonly guid?: string | undefined;
  readonly title?: string | undefined;
  /** Plain text or HTML, as the feed gave it. */
  readonly summary?: string | undefined;
  readonly published?: Instant | undefined;
  readonly updated?: Instant | undefined;
  readonly authors: readonly string[];
  /** The publisher's own labels. */
  readonly categories: readonly string[];
  /** URL of the picture that goes with it. */
  readonly image?: string | undefined;
  /** What the feed says of its use. */
  readonly rights?: Rights | undefined;
  /** Address of the feed, sitemap or section page that says this. */
  readonly listing?: string | undefined;
}

declare const canonical: unique symbol;

/** The key of a page, made by `canonicalUrl` alone: equal for all addresses that lead to the same article. */
export type CanonicalUrl = string & { readonly [canonical]: true };

/** A link with its canonical key, as the crawler found it. */
export interface FoundLink {
  readonly key: string;
  readonly link: Link;
}

/** A link that still needs an outcome, or another look. */
export interface OpenLink extends FoundLink {
  /** Fetches that ended without an outcome so far. */
  readonly tries: number;
  /** True when the link has an outcome already and is fetched again to see whether it changed. */
  readonly revisit: boolean;
  readonly firstSeenAt: Date;
}

/** A page as fetched: decoded text, never bytes. */
export interface Page {
  /** The address that answered, after redirects. */
  readonly url: string;
  readonly html: string;
}

export interface Image {
  readonly url: string;
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
}

/** What a page holds once everything that is not the article is gone, or what a list says of it where the headline alone is taken. */
export interface ExtractedArticle {
  readonly title: string;
  /** Names of people or of the newsroom, without 'By' and without roles. */
  readonly byline: readonly string[];
  readonly published?: Instant | undefined;
  readonly modified?: Instant | undefined;
  /** BCP 47 language as the page declares it, lower-case primary subtag first: `sr-Latn`, `en`. */
  readonly lang?: string | undefined;
  /** Name of the site. */
  readonly site?: string | undefined;
  readonly image?: Image | undefined;
  /** The publisher's own section and tags. */
  readonly section?: string | undefined;
  readonly tags: readonly string[];
  /** `rel=canonical` or `og:url`, absolute, when the page names one. */
  readonly canonicalUrl?: string | undefined;
  /** The news agency that the text names as its origin, such as `Reuters`. */
  readonly agency?: string | undefined;
  /** What the publisher says of its use. */
  readonly rights?: Rights | undefined;
  readonly paywalled: boolean;
  /**
   * Why readers do not get the whole article: `description` is what the page says of itself, the text stands elsewhere; `subscribers` is a text
   * that the page holds for subscribers and hides from others: it serves matching and labels, and nobody is shown more than the summary.
   */
  readonly stub?: 'description' | 'subscribers' | undefined;
  readonly liveBlog: boolean;
  readonly opinion: boolean;
  /** Standfirst or description that the page gives of itself, plain text. */
  readonly summary?: string | undefined;
  /** Plain text: one block (paragraph, heading, list item …) a line. Empty where the headline alone was taken. */
  readonly text: string;
  /** Sanitised HTML of the same blocks. */
  readonly html: string;
}

/** An extracted article on its way from the crawl to the store. */
export interface CrawledArticle {
  /** Id of the source. */
  readonly source: string;
  /** Key of the link whose outcome this article decides. */
  readonly urlKey: CanonicalUrl;
  readonly link: Link;
  /** The address that answered. */
  readonly pageUrl: string;
  readonly extracted: ExtractedArticle;
  /** The step of its trace that it comes from, where articles are traced. */
  readonly trace?: string | undefined;
}

/** Where a label comes from; the first of these that speaks is the strongest. */
export type LabelOrigin = 'operator' | 'publisher' | 'text' | 'story' | 'source';

/** A country, region or topic with what gave it. */
export interface Label {
  /** ISO 3166-1 alpha-2, a region id such as `balkans` or `039` (UN M49), or an IPTC Media Topic id such as `15000000`. */
  readonly id: string;
  /** 0…1 */
  readonly confidence: number;
  readonly origin: LabelOrigin;
  /** The words that decided, as they stand in the text, strongest first. */
  readonly evidence: readonly string[];
}

export interface Classification {
  /** ISO 639-1 (639-3 where there is none); `und` when unknown. */
  readonly lang: string;
  /** Countries the article is about, most important first. */
  readonly countries: readonly Label[];
  /** Countries named at all (a superset of what the text gave for `countries`). */
  readonly mentioned: readonly Label[];
  /** News regions and UN M49 regions that the countries roll up to. */
  readonly regions: readonly Label[];
  /** One or two IPTC Media Topics of the top level, or none. */
  readonly topics: readonly Label[];
  /** Topics that the article's text gave, and that the other articles of its story spoke against. */
  readonly overruled?: readonly Label[] | undefined;
}

/** What an article says by itself, as one voice of its story. */
export interface StoryVoice {
  readonly id: ArticleId;
  /** Articles of one source are one voice: a paper that is wrong about a story is wrong in each of its parts. */
  readonly source: string;
  readonly classification: Classification;
}

/** The steps at which an article's way can end. */
export const stages = ['crawl', 'extract', 'ingest'] as const;
export type Stage = (typeof stages)[number];

/** Why a link was rejected: the reason and, for the operator, what it means and what can be done. */
export const reasons = {
  unreachable: 'The site gave no usable answer (connection, time-out or server error) on any try.',
  gone: 'The site says that the page was removed (404 or 410).',
  forbidden: 'The site refuses to give the page (401, 403, 451 or another 4xx).',
  robots: 'robots.txt of the site asks crawlers not to fetch this page.',
  excluded: 'The settings of the source leave this address out, or the source was taken out of the catalogue.',
  'private-address': 'The address leads into a private network; allow it in the settings if that is wanted.',
  'too-many-redirects': 'The page redirects in a loop or more often than allowed.',
  'too-large': 'The answer is larger than the limit of the source.',
  'not-html': 'The answer is not a web page (picture, video, PDF, data).',
  'bad-address': 'The link is not an http(s) address that can be fetched.',
  unparseable: 'The page could not be parsed within the time and depth limits.',
  'no-text': 'The page holds no text that could be an article.',
  'too-short': 'The text is too short to be an article and the page does not say that it is one.',
  'front-page': 'A front page or section page: a list of articles, not one.',
  gallery: 'A picture gallery or video page without an article text.',
  form: 'A form, login, search, shop or account page, a forum thread or a manual.',
  'soft-404': 'A page that says that the article was not found.',
  'consent-wall': 'A consent or bot-check page stands in place of the article.',
  'no-headline': 'Only headlines are taken from the source, and its list gives this link none.',
  'too-old': 'Published before the age limit of the source.',
  pruned:
    'The article was published and then forgotten: the store keeps them for a limited time (KEEP_DAYS, KEEP_ARTICLES).',
  store: 'The article could not be stored on any try; see the queue for the error.',
} as const satisfies Record<string, string>;
export type Reason = keyof typeof reasons;

/** An article's identity: also the feed's GUID, never changed. */
export type ArticleId = string;
export type StoryId = string;

/** How a link ended. */
export type Outcome =
  | { readonly kind: 'published'; readonly article: ArticleId; readonly story: StoryId }
  | { readonly kind: 'updated'; readonly article: ArticleId }
  | { readonly kind: 'duplicate'; readonly of: ArticleId; readonly match: 'url' | 'exact' | 'near' }
  | { readonly kind: 'rejected'; readonly stage: Stage; readonly reason: Reason; readonly detail?: string | undefined };

/** An outcome in a few words, for logs and tables. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'published':
      return `published in story ${outcome.story}`;
    case 'updated':
      return `updated ${outcome.article}`;
    case 'duplicate':
      return `${outcome.match} duplicate of ${outcome.of}`;
    case 'rejected':
      return `rejected: ${outcome.reason}${outcome.detail ? ` (${outcome.detail})` : ''}`;
    default:
      return outcome satisfies never;
  }
}
