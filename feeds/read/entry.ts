import { mergeRights, type Rights } from '../../src/domain/rights.ts';
import { plainText } from '../../src/text/plain-text.ts';
import type { AddressReader } from './address.ts';
import type { FeedEntry } from './document.ts';
import type { Fields } from './fields.ts';
import { readFiles } from './files.ts';
import { readLabels } from './labels.ts';
import { addressOf, wrappedAddress } from './links.ts';
import { readRights } from './rights.ts';
import { firstDate, firstText, headline, names, prose } from './texts.ts';

const published = [
  'rss-pubdate',
  'atom-published',
  'atom-issued',
  'dcterms-issued',
  'dc-date',
  'dcterms-date',
  'rss-published',
  'rss-date',
  'prism-publicationdate',
  'atom-created',
  'dcterms-created',
];
const updated = ['atom-updated', 'atom-modified', 'dcterms-modified', 'rss-updated', 'prism-modificationdate'];
const titles = ['rss-title', 'atom-title', 'dc-title', 'itunes-title', 'media-title'];
const summaries = ['atom-summary', 'rss-description', 'rss-summary', 'dc-description', 'itunes-summary'];
const contents = ['content-encoded', 'atom-content', 'xhtml-body', 'xhtml-div', 'rss-content'];

/** What the feed says for all its items. */
export interface FeedContext {
  /** For items that name nobody. */
  readonly authors: readonly string[];
  readonly address: AddressReader;
  readonly rights: Rights | undefined;
  /** BCP 47, for items that name none. */
  readonly language: string | undefined;
}

/** An item of RSS, RDF or Atom → what it says. */
export function readEntry(
  item: Fields,
  { authors: feedAuthors, address, rights: feedRights, language: feedLanguage }: FeedContext,
): FeedEntry {
  const rights = mergeRights(readRights(item, address) ?? {}, feedRights ?? {});
  const labels = readLabels(item);
  const language = firstText(item, ['dc-language', 'rss-language']) ?? item('atom-title')[0]?.attributes.lang;
  const authors = names([...item('atom-name'), ...item('dc-creator'), ...item('rss-author'), ...item('itunes-author')]);
  const url = addressOf(item, address);
  const source = item('rss-source')[0];
  return {
    url,
    guid: firstText(item, ['rss-guid', 'atom-id', 'rss-id', 'rdf-about', 'dc-identifier']),
    title: headline(item, titles),
    summary: summaryOf(item),
    content: prose(item, contents),
    published: firstDate(item, published, language ?? feedLanguage),
    updated: firstDate(item, updated, language ?? feedLanguage),
    authors: authors.length > 0 ? authors : feedAuthors,
    categories: [...new Set(labels.map(({ name }) => name))],
    labels,
    ...readFiles(item, address),
    language,
    comments: address(firstText(item, ['rss-comments'])),
    originalUrl: address(firstText(item, ['feedburner-origlink'])) ?? wrappedAddress(url),
    rights: Object.keys(rights).length > 0 ? rights : undefined,
    source: source && { name: plainText(source.text) || undefined, url: source.attributes.url },
  };
}

/** Letters or digits outside tags. */
const hasWords = /(?:^|>)[^<>]*[\p{L}\p{N}]/u;

/** The description of Media RSS is a picture's caption, mostly: it counts where the item says nothing of itself. */
function summaryOf(item: Fields): string | undefined {
  const own = prose(item, summaries);
  if (own !== undefined && hasWords.test(own)) return own;
  return prose(item, ['media-description']) ?? own;
}
