import { anyLanguage, type OutFeed, type ReadyItem, readyFeed } from './feed.ts';

/**
 * JSON Feed 1.1. Labels are plain `tags`; how sure they are and where they come from, the outlet, and the other outlets
 * stand in the extension object `_courant`.
 */
export function toJsonFeed(feed: OutFeed): string {
  const { title, description, homeUrl, selfUrl, hubUrl, language, archive, items } = readyFeed(feed, anyLanguage);
  return `${JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title,
    home_page_url: homeUrl,
    feed_url: selfUrl,
    description,
    next_url: archive?.previous,
    language,
    hubs: hubUrl === undefined ? undefined : [{ type: 'WebSub', url: hubUrl }],
    items: items.map(jsonItem),
  })}\n`;
}

const jsonItem = (item: ReadyItem) => ({
  id: item.id,
  url: item.url,
  title: item.title,
  content_html: item.body,
  summary: item.brief || undefined,
  image: item.image?.url,
  date_published: item.published,
  date_modified: item.updated,
  authors: item.authors.length === 0 ? undefined : item.authors.map((name) => ({ name })),
  tags: item.labels.length === 0 ? undefined : [...new Set(item.labels.map(({ label }) => label))],
  language: item.language,
  _courant: {
    source: item.source && { name: item.source.name, url: item.source.url },
    labels: item.labels.map(({ term, label, scheme, confidence, origin }) => ({
      id: term,
      name: label,
      scheme,
      confidence,
      origin,
    })),
    also_at: item.alsoAt,
  },
});
