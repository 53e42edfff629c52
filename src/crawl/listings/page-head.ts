import { resolveAddress } from '../../text/address.ts';
import { squeeze } from '../../text/words.ts';
import { type PageCollector, readPage } from './read-page.ts';

/** What a page says about the site it belongs to. */
export interface PageHead {
  readonly title?: string | undefined;
  /** `og:site_name` or `application-name`. */
  readonly siteName?: string | undefined;
  /** The meta description: what a front page says of the paper. */
  readonly description?: string | undefined;
  /** The attribute `lang`. */
  readonly lang?: string | undefined;
  /** `rel=alternate` links to feeds, in order, absolute. */
  readonly feeds: readonly { readonly url: string; readonly title?: string | undefined }[];
  /** Links in the text that look as if they led to a feed, absolute. */
  readonly feedAnchors: readonly string[];
}

/** `application/rss+xml` and what is written in its place: without `+xml`, with `x.` or `x-`, as text. */
const feedType = /^(?:application|text)\/(?:(?:x[.-])?(?:rss|atom|rdf|feed)(?:\+(?:xml|json))?|xml|json)$/i;
/** What a link without a type calls itself when it is a feed. */
const feedTitle = /\b(?:rss|atom|feed)\b/i;
/** WordPress describes each page in these forms too; they are no feeds. */
const notFeed = /\/wp-json\//;
const feedPath =
  /(?:\/(?:rss|feeds?|atom)\/?$|\.(?:rss|rdf|atom)$|\/(?:rss|feeds?|atom)[\w/-]*\.(?:xml|php|json)$|(?:rss|feed|atom|index)\d*\.xml$|\/rss\/)/i;
const mostAnchors = 20;

/** By its type; one without a type by its title or address, unless it is the page in another language or for other devices. */
function isFeedLink({ type, title = '', href = '', hreflang, media }: Readonly<Record<string, string>>): boolean {
  const bare = (type ?? '').split(';')[0]?.trim() ?? '';
  if (bare !== '') return feedType.test(bare);
  if (hreflang !== undefined || media !== undefined) return false;
  return feedTitle.test(title) || feedPath.test(href.split(/[?#]/)[0] ?? '') || /^\s*feed:/i.test(href);
}

/** Reads the head of a page, and its links. `html` may be anything; `url` is the address that answered. */
export const readPageHead = (html: string, url: string): PageHead =>
  readPage<[PageHead]>(html, collectPageHead(url))[0];

export function collectPageHead(url: string): PageCollector<PageHead> {
  let base = url;
  let title: string | undefined;
  let siteName: string | undefined;
  let description: string | undefined;
  let lang: string | undefined;
  let inTitle = false;
  const feeds = new Map<string, { url: string; title?: string | undefined }>();
  const anchors = new Set<string>();
  const absolute = (address: string | undefined): string | undefined => {
    // `feed:https://…` and `feed://…` are what readers register themselves for.
    const plain = address
      ?.trim()
      .replace(/^feed:(?=https?:)/i, '')
      .replace(/^feed:\/\//i, 'http://');
    return resolveAddress(plain, base);
  };

  return {
    onopentag(tag, attributes) {
      const href = tag === 'link' || tag === 'a' ? absolute(attributes.href) : undefined;
      if (tag === 'html') lang ??= attributes.lang ?? attributes['xml:lang'];
      else if (tag === 'base') base = absolute(attributes.href) ?? base;
      else if (tag === 'title') inTitle = title === undefined;
      else if (
        tag === 'meta' &&
        /^(?:og:site_name|application-name)$/i.test(attributes.property ?? attributes.name ?? '')
      )
        siteName ??= attributes.content?.trim() || undefined;
      else if (tag === 'meta' && /^(?:og:)?description$/i.test(attributes.property ?? attributes.name ?? ''))
        description ??= squeeze(attributes.content ?? '') || undefined;
      else if (tag === 'link' && href !== undefined) {
        const relations = (attributes.rel ?? '').toLowerCase().split(/\s+/);
        const isFeed =
          relations.includes('feed') ||
          (relations.includes('alternate') && isFeedLink(attributes) && !notFeed.test(href));
        if (isFeed && !feeds.has(href)) feeds.set(href, { url: href, title: attributes.title });
      } else if (
        tag === 'a' &&
        href !== undefined &&
        anchors.size < mostAnchors &&
        feedPath.test(new URL(href).pathname)
      )
        anchors.add(href);
    },
    ontext(text) {
      if (inTitle) title = `${title ?? ''}${text}`;
    },
    onclosetag(tag) {
      if (tag === 'title') inTitle = false;
    },
    end: () => ({
      title: squeeze(title ?? '') || undefined,
      siteName,
      description,
      lang: lang?.trim() || undefined,
      feeds: [...feeds.values()],
      feedAnchors: [...anchors],
    }),
  };
}
