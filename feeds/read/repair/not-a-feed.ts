import { FeedError } from '../feed-error.ts';

/** Says what a document without a feed is. */
export function notAFeed(text: string): FeedError {
  const start = text.slice(0, 4096).trimStart();
  if (start === '') return new FeedError('nothing', 'The document is empty.');
  if (/<opml\b/i.test(start))
    return new FeedError('opml', 'This is an OPML list of feeds, not a feed: take it in with `sources import`.');
  if (/<(?:\w+:)?(?:urlset|sitemapindex)\b/i.test(start))
    return new FeedError('sitemap', 'This is a sitemap, not a feed: list it under `sitemaps` of the source.');
  if (/<(?:!doctype\s+html|html|head|body)\b/i.test(start))
    return new FeedError('html', 'This is a web page, not a feed: `sources add` finds the feeds that it names.');
  if (start.startsWith('<')) return new FeedError('text', 'This is XML, but neither RSS nor Atom.');
  return new FeedError('text', 'This is plain text, not a feed.');
}
