import { toAtom } from '../../feeds/write/atom.ts';
import type { OutFeed, OutItem, OutLabel } from '../../feeds/write/feed.ts';
import { toJsonFeed } from '../../feeds/write/json-feed.ts';
import { toRss } from '../../feeds/write/rss.ts';
import { topicBySlug } from '../classify/topics.ts';
import type { Label } from '../domain/article.ts';
import type { FeedFormat, Filter } from '../domain/filter.ts';
import type { ArticleView } from '../store/read/articles.ts';
import { feedAddress, filterName, pageAddress } from './filter.ts';
import { escapeHtml } from './html.ts';
import { mayRead, type Names, outletName } from './names.ts';
import { filterTitle, isHeadline, standfirst } from './pages/labels.ts';

/** All that decides what a feed says. */
export interface FeedRequest {
  /** Name of the merged feed. */
  readonly title: string;
  /** WebSub hub that is told of every change. */
  readonly hub: string | undefined;
  /** Where subscribers reach the server, without a slash at the end. */
  readonly base: string;
  readonly filter: Filter;
  /** What it is about, where the filter does not say. */
  readonly about?: string | undefined;
  readonly format: FeedFormat;
  readonly limit: number | undefined;
  readonly articles: readonly ArticleView[];
  readonly names: Names;
}

const writers: Readonly<Record<FeedFormat, (feed: OutFeed) => string>> = {
  rss: toRss,
  atom: toAtom,
  json: toJsonFeed,
};

/** Atom wants to know when an empty feed changed; it never did. */
const wireBegan = Date.UTC(2026, 0);

/**
 * The text of a feed and when it last changed. The same request gives the same text: nothing in it depends on the clock.
 */
export function writeFeed(request: FeedRequest): { text: string; changedAt: Date } {
  const { base, filter, format, limit, articles, names } = request;
  const changes = articles.flatMap((article) => [article.updatedAt, ...article.alsoAt.map((copy) => copy.seenAt)]);
  const changedAt = new Date(Math.max(wireBegan, ...changes.map((at) => at.getTime())));
  const about = request.about ?? filterTitle(filter, names);
  const text = writers[format]({
    title: about === undefined ? request.title : `${request.title}: ${about}`,
    description: `News ${about === undefined ? 'of all sources' : `on ${about}`}, merged: each article once.`,
    homeUrl: `${base}${pageAddress(filter)}`,
    selfUrl: `${base}${feedAddress(filter, format, limit)}`,
    hubUrl: request.hub,
    updated: changedAt.toISOString(),
    language: filter.lang,
    items: articles.map((article) => feedItem(article, names, base)),
  });
  return { text, changedAt };
}

function feedItem(article: ArticleView, names: Names, base: string): OutItem {
  const outlet = names.outlets.get(article.source);
  const { countries, regions, topics } = article.labels;
  const brief = standfirst(article);
  return {
    id: `urn:uuid:${article.id}`,
    url: article.url,
    title: article.title,
    authors: article.byline,
    published: article.newsAt.toISOString(),
    updated: article.updatedAt.toISOString(),
    language: article.lang,
    summary: brief === '' ? undefined : `<p>${escapeHtml(brief)}</p>`,
    content: mayRead(article, names, false) && !isHeadline(article) ? article.html : undefined,
    image: article.image ? { url: article.image.url } : undefined,
    source: {
      name: article.site && !outlet ? article.site : outletName(names, article.source),
      url: outlet?.url ?? (URL.canParse(article.url) ? new URL(article.url).origin : base),
      feedUrl: outlet?.feed,
    },
    labels: [
      ...countries.map((label) => outLabel('urn:iso:std:iso:3166:-1', 'region', label, names)),
      ...regions.map((label) => outLabel(regionScheme(label.id, base), 'region', label, names)),
      ...topics.map((label) => outLabel(topicScheme(label.id, base), 'topic', label, names)),
    ],
    alsoAt: article.alsoAt.map((copy) => ({ name: outletName(names, copy.source), url: copy.url })),
  };
}

/** Regions of the UN have three digits; the news regions are this wire's own. */
const regionScheme = (id: string, base: string): string =>
  /^\d{3}$/.test(id) ? 'https://unstats.un.org/unsd/methodology/m49/' : `${base}/region/`;

/** IPTC Media Topics have eight digits; custom topics are this wire's own. */
const topicScheme = (id: string, base: string): string =>
  topicBySlug(id) ? 'http://cv.iptc.org/newscodes/mediatopic/' : `${base}/topic/`;

const outLabel = (scheme: string, kind: 'region' | 'topic', label: Label, names: Names): OutLabel => ({
  scheme,
  term: label.id,
  // Outside this wire topics go by the name that the vocabulary gives them.
  label: (kind === 'topic' && topicBySlug(label.id)?.name) || filterName(kind, label.id, names.labels),
  confidence: label.confidence,
  origin: label.origin,
});
