import type { Instant } from '../../src/domain/article.ts';
import { archiveLinks, type OutFeed, type ReadyItem, readyFeed } from './feed.ts';
import { element, emptyElement, historyNamespace, htmlElement, textElement } from './xml.ts';

/**
 * RSS 2.0 with Atom links, Dublin Core names, content:encoded and Media RSS pictures.
 *
 * Names are `dc:creator`, since `author` wants a mail address; pictures are `media:content`, since `enclosure` wants
 * their length. Own writer: feedsmith wraps titles with `&` in CDATA, which the W3C validator warns of.
 */
export function toRss(feed: OutFeed): string {
  const { title, homeUrl, description, language, updated, selfUrl, hubUrl, archive, items } = readyFeed(feed);
  const channel = element('channel', [
    textElement('title', title),
    textElement('link', homeUrl),
    textElement('description', description),
    textElement('language', language),
    textElement('lastBuildDate', rfc822(updated)),
    textElement('generator', 'Courant'),
    emptyElement('atom:link', { rel: 'self', type: 'application/rss+xml', href: selfUrl }),
    hubUrl === undefined ? '' : emptyElement('atom:link', { rel: 'hub', href: hubUrl }),
    ...archiveLinks(archive).map((link) => emptyElement('atom:link', link)),
    archive?.complete ? emptyElement('fh:archive', {}) : '',
    ...items.map(rssItem),
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('rss', [channel], {
    version: '2.0',
    'xmlns:atom': 'http://www.w3.org/2005/Atom',
    'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
    'xmlns:fh': archive?.complete ? historyNamespace : undefined,
    'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
    'xmlns:media': 'http://search.yahoo.com/mrss/',
  })}`;
}

function rssItem(item: ReadyItem): string {
  const { published, image, source, content, summary, body } = item;
  return element('item', [
    textElement('title', item.title),
    textElement('link', item.url),
    textElement('guid', item.id, { isPermaLink: 'false' }),
    textElement('pubDate', published && rfc822(published)),
    textElement('atom:updated', item.updated),
    ...item.authors.map((name) => textElement('dc:creator', name)),
    textElement('dc:language', item.language),
    // RSS 2.0 wants the address of the source's feed.
    source ? textElement('source', source.name, { url: source.feedUrl ?? source.url }) : '',
    ...item.labels.map(({ scheme, label }) => textElement('category', label, { domain: scheme })),
    // Description first: the validator wants it before content:encoded.
    htmlElement('description', content === undefined ? body : (summary ?? body)),
    content === undefined || summary === undefined ? '' : htmlElement('content:encoded', body),
    image
      ? emptyElement('media:content', { url: image.url, medium: 'image', type: image.type, fileSize: image.length })
      : '',
    ...item.alsoAt.map(({ name, url }) => emptyElement('atom:link', { rel: 'related', href: url, title: name })),
  ]);
}

/** `Sun, 22 Nov 2026 08:15:00 GMT` (RFC 2822, which updates RFC 822). */
const rfc822 = (time: Instant): string => new Date(time).toUTCString();
