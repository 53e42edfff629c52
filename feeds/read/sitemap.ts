import { decodeHTMLStrict } from 'entities';
import { Parser } from 'htmlparser2';
import type { Link } from '../../src/domain/article.ts';
import { readDate } from '../../src/text/dates/read-date.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { addressReader } from './address.ts';
import { decodeDocument } from './decode-document.ts';
import { Enough } from './enough.ts';
import { readFeed } from './feed.ts';
import { FeedError } from './feed-error.ts';

/** A sitemap as read: addresses of pages, or addresses of further sitemaps. */
export type Sitemap =
  | {
      readonly kind: 'pages';
      /** It has news entries (`news:title` and the like), so what it lists are articles. */
      readonly news: boolean;
      readonly links: readonly SitemapLink[];
      readonly cut?: string | undefined;
    }
  | {
      readonly kind: 'index';
      readonly sitemaps: readonly { readonly url: string; readonly updated?: string | undefined }[];
      readonly cut?: string | undefined;
    };

interface SitemapLink extends Link {
  /** BCP 47, of the publication. */
  readonly language?: string | undefined;
  /** Name of the publication. */
  readonly publication?: string | undefined;
}

export interface SitemapLimits {
  /** Of the decompressed document; the protocol allows 50 MiB. */
  readonly maxBytes: number;
  /** The protocol allows 50,000. */
  readonly maxEntries: number;
}

const defaultLimits: SitemapLimits = { maxBytes: 52_428_800, maxEntries: 50_000 };

/**
 * A sitemap as it came from the network (sitemaps.org 0.9 with the Google news and image extensions; gzipped or not; also
 * the plain list of addresses) → its links in the order of the file. Prefixes are not looked at, since sitemaps misspell
 * their namespaces; of a damaged one what stands before the damage is kept.
 *
 * @throws FeedError when it is no sitemap
 */
export async function readSitemap(
  body: Uint8Array | string,
  about: { readonly url?: string | undefined; readonly contentType?: string | undefined },
  limits: Partial<SitemapLimits> = {},
): Promise<Sitemap> {
  const { maxBytes, maxEntries } = { ...defaultLimits, ...limits };
  const text = await decodeDocument(body, about.contentType, maxBytes);
  if (xmlSitemap.test(text)) return readXml(text, about.url, maxEntries);
  if (!/^\s*[<{]|<(?:rss|feed|rdf:rdf)[\s>]/i.test(text)) return readList(text, maxEntries);
  return readFeedAsSitemap(text, about, maxEntries);
}

const xmlSitemap = /<(?:[\w.-]{1,20}:)?(?:urlset|sitemapindex)[\s>]/i;

/** RSS and Atom may stand in for a sitemap (sitemaps.org, 'Other Sitemap formats'): what they list are articles. */
async function readFeedAsSitemap(
  text: string,
  about: { readonly url?: string | undefined },
  maxEntries: number,
): Promise<Sitemap> {
  try {
    const { items, cut } = await readFeed(text, { url: about.url }, { maxBytes: text.length, maxItems: maxEntries });
    return { kind: 'pages', news: true, links: items, cut };
  } catch (error) {
    if (!(error instanceof FeedError)) throw error;
    throw new FeedError(
      error.found === 'damaged' ? 'text' : error.found,
      'This is not a sitemap: it has neither <urlset> nor <sitemapindex>, and is no feed either.',
      { cause: error },
    );
  }
}

/** The fields that are kept, by local name and by what they stand in. */
const fields: Readonly<Record<string, string>> = {
  'url loc': 'loc',
  'sitemap loc': 'loc',
  'url lastmod': 'lastmod',
  'sitemap lastmod': 'lastmod',
  'news title': 'title',
  'news publication_date': 'published',
  'news keywords': 'keywords',
  'news genres': 'genres',
  'publication name': 'publication',
  'publication language': 'language',
  'image loc': 'image',
};

function readXml(text: string, url: string | undefined, maxEntries: number): Sitemap {
  let kind: Sitemap['kind'] | undefined;
  let news = false;
  let cut: string | undefined;
  const open: string[] = [];
  const entries: Map<string, string>[] = [];
  let entry: Map<string, string> | undefined;
  let field: string | undefined;
  let value = '';
  let inCdata = false;

  const parser = new Parser(
    {
      onopentag(tag) {
        const name = tag.slice(tag.indexOf(':') + 1);
        if (name === 'urlset') kind ??= 'pages';
        else if (name === 'sitemapindex') kind ??= 'index';
        if (open.length > 50) {
          cut = 'elements are nested more than 50 deep';
          throw new Enough();
        }
        if (name === 'url' || name === 'sitemap') entry = new Map();
        if (name === 'news') news = true;
        field = fields[`${open.at(-1)} ${name}`];
        value = '';
        open.push(name);
      },
      ontext(data) {
        if (field !== undefined) value += inCdata ? data : decodeHTMLStrict(data);
      },
      oncdatastart() {
        inCdata = true;
      },
      oncdataend() {
        inCdata = false;
      },
      onclosetag(_, implied) {
        const name = open.pop();
        // The first of several: an address with five pictures is illustrated by the first.
        if (field !== undefined && entry && !implied && !entry.has(field)) entry.set(field, value.trim());
        field = undefined;
        if ((name !== 'url' && name !== 'sitemap') || !entry) return;
        entries.push(entry);
        entry = undefined;
        if (entries.length >= maxEntries) {
          cut = `only the first ${maxEntries} entries were read`;
          throw new Enough();
        }
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true },
  );
  try {
    parser.write(text);
    if (open.length > 0) cut = 'the document ends in the middle';
    parser.end();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  const read = addressReader(url, undefined);
  const addressed = entries.flatMap((one) => {
    const address = read(one.get('loc'));
    return address !== undefined && /^https?:/i.test(address) ? [{ one, address }] : [];
  });
  if (kind === 'index')
    return {
      kind,
      sitemaps: addressed.map(({ one, address }) => ({ url: address, updated: readDate(one.get('lastmod')) })),
      cut,
    };
  if (kind === 'pages')
    return {
      kind,
      news,
      links: addressed.map(({ one, address }) => linkOf(one, address, read(one.get('image')))),
      cut,
    };
  throw new FeedError('text', 'This is not a sitemap: it has neither <urlset> nor <sitemapindex>.');
}

function linkOf(entry: ReadonlyMap<string, string>, address: string, image: string | undefined): SitemapLink {
  return {
    url: address,
    title: plainText(entry.get('title') ?? '') || undefined,
    published: readDate(entry.get('published'), entry.get('language') || undefined),
    updated: readDate(entry.get('lastmod')),
    authors: [],
    categories: [
      ...new Set(`${entry.get('keywords') ?? ''},${entry.get('genres') ?? ''}`.split(',').map((word) => word.trim())),
    ].filter((word) => word !== ''),
    image,
    language: entry.get('language') || undefined,
    publication: entry.get('publication') || undefined,
  };
}

/** The plain form of the protocol: one address a line. */
function readList(text: string, maxEntries: number): Sitemap {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const links = lines.filter((line) => /^https?:\/\/\S+$/i.test(line.trim()) && URL.canParse(line.trim()));
  if (links.length === 0 || links.length < lines.length / 2)
    throw new FeedError(
      text.trim() === '' ? 'nothing' : 'text',
      'This is not a sitemap: it is not a list of addresses.',
    );
  return {
    kind: 'pages',
    news: false,
    links: links.slice(0, maxEntries).map((line) => ({ url: line.trim(), authors: [], categories: [] })),
    cut: links.length > maxEntries ? `only the first ${maxEntries} entries were read` : undefined,
  };
}
