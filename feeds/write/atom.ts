import { archiveLinks, type OutFeed, type ReadyItem, readyFeed } from './feed.ts';
import { element, emptyElement, historyNamespace, htmlElement, textElement } from './xml.ts';

/** Atom 1.0 (RFC 4287). The feed's own address is its id. */
export function toAtom(feed: OutFeed): string {
  const { title, description, homeUrl, selfUrl, hubUrl, updated, language, archive, items } = readyFeed(feed);
  return `<?xml version="1.0" encoding="utf-8"?>\n${element(
    'feed',
    [
      textElement('id', selfUrl),
      textElement('title', title),
      textElement('subtitle', description),
      textElement('updated', updated),
      emptyElement('link', { rel: 'self', type: 'application/atom+xml', href: selfUrl }),
      emptyElement('link', { rel: 'alternate', type: 'text/html', href: homeUrl }),
      hubUrl === undefined ? '' : emptyElement('link', { rel: 'hub', href: hubUrl }),
      ...archiveLinks(archive).map((link) => emptyElement('link', link)),
      archive?.complete ? emptyElement('fh:archive', {}) : '',
      // For entries that name nobody: every entry needs an author of its own or of the feed.
      element('author', [textElement('name', title)]),
      textElement('generator', 'Courant'),
      ...items.map(atomEntry),
    ],
    {
      xmlns: 'http://www.w3.org/2005/Atom',
      'xmlns:fh': archive?.complete ? historyNamespace : undefined,
      'xml:lang': language,
    },
  )}`;
}

function atomEntry(item: ReadyItem): string {
  const { source, image, summary, content, body } = item;
  const authors = item.authors.length > 0 ? item.authors : source ? [source.name] : [];
  return element(
    'entry',
    [
      textElement('id', item.id),
      textElement('title', item.title),
      emptyElement('link', { rel: 'alternate', type: 'text/html', href: item.url }),
      textElement('published', item.published),
      textElement('updated', item.updated),
      ...authors.map((name) => element('author', [textElement('name', name)])),
      ...item.labels.map(({ scheme, term, label }) => emptyElement('category', { scheme, term, label })),
      source ? emptyElement('link', { rel: 'via', href: source.url, title: source.name }) : '',
      image ? emptyElement('link', { rel: 'enclosure', type: image.type, length: image.length, href: image.url }) : '',
      ...item.alsoAt.map(({ name, url }) => emptyElement('link', { rel: 'related', href: url, title: name })),
      htmlElement('summary', content === undefined ? body : summary, { type: 'html' }),
      content === undefined ? '' : htmlElement('content', body, { type: 'html' }),
    ],
    { 'xml:lang': item.language },
  );
}
