import { toAtom } from '../../feeds/atom.ts';
import { toJsonFeed } from '../../feeds/json-feed.ts';
import type { OutFeed, OutItem, OutLabel } from '../../feeds/out.ts';
import { toRss } from '../../feeds/rss.ts';
import type { Label } from '../article.ts';
import { topicBySlug } from '../classify/topics.ts';
import type { Settings } from '../config.ts';
import type { Cut } from '../store/cut.ts';
import type { ArticleView } from '../store/reading.ts';
import { cutName, type FeedFormat, feedAddress, pageAddress } from './cut.ts';
import { escapeHtml } from './html.ts';
import { mayRead, type Outlets, outletName } from './outlets.ts';
import { cutTitle, standfirst } from './pages/labels.ts';

/** All that decides what a feed says. */
export interface FeedRequest {
  readonly wire: Pick<Settings, 'TITLE' | 'HUB_URL'>;
  /** Where subscribers reach the server, without a slash at the end. */
  readonly base: string;
  readonly cut: Cut;
  readonly format: FeedFormat;
  readonly limit: number | undefined;
  readonly articles: readonly ArticleView[];
  readonly outlets: Outlets;
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
  const { wire, base, cut, format, limit, articles, outlets } = request;
  const changes = articles.flatMap((article) => [article.updatedAt, ...article.alsoAt.map((copy) => copy.seenAt)]);
  const changedAt = new Date(Math.max(wireBegan, ...changes.map((at) => at.getTime())));
  const title = cutTitle(cut, outlets);
  const text = writers[format]({
    title: title === undefined ? wire.TITLE : `${wire.TITLE}: ${title}`,
    description: `News ${title === undefined ? 'of all sources' : `on ${title}`}, merged: each article once.`,
    homeUrl: `${base}${pageAddress(cut)}`,
    selfUrl: `${base}${feedAddress(cut, format, limit)}`,
    hubUrl: wire.HUB_URL,
    updated: changedAt.toISOString(),
    language: cut.lang,
    items: articles.map((article) => feedItem(article, outlets, base)),
  });
  return { text, changedAt };
}

function feedItem(article: ArticleView, outlets: Outlets, base: string): OutItem {
  const outlet = outlets.get(article.source);
  const { countries, regions, topics } = article.labels;
  return {
    id: `urn:uuid:${article.id}`,
    url: article.url,
    title: article.title,
    authors: article.byline,
    published: article.newsAt.toISOString(),
    updated: article.updatedAt.toISOString(),
    language: article.lang,
    summary: `<p>${escapeHtml(standfirst(article))}</p>`,
    content: mayRead(article, outlets, false) ? article.html : undefined,
    image: article.image ? { url: article.image.url } : undefined,
    source: {
      name: article.site && !outlet ? article.site : outletName(outlets, article.source),
      url: outlet?.url ?? (URL.canParse(article.url) ? new URL(article.url).origin : base),
    },
    labels: [
      ...countries.map((label) => outLabel('urn:iso:std:iso:3166:-1', 'region', label)),
      ...regions.map((label) => outLabel(regionScheme(label.id, base), 'region', label)),
      ...topics.map((label) => outLabel('http://cv.iptc.org/newscodes/mediatopic/', 'topic', label)),
    ],
    alsoAt: article.alsoAt.map((copy) => ({ name: outletName(outlets, copy.source), url: copy.url })),
  };
}

/** Regions of the UN have three digits; the news regions are this wire's own. */
const regionScheme = (id: string, base: string): string =>
  /^\d{3}$/.test(id) ? 'https://unstats.un.org/unsd/methodology/m49/' : `${base}/region/`;

const outLabel = (scheme: string, kind: 'region' | 'topic', label: Label): OutLabel => ({
  scheme,
  term: label.id,
  // Outside this wire topics go by the name that the vocabulary gives them.
  label: kind === 'topic' ? (topicBySlug(label.id)?.name ?? label.id) : cutName(kind, label.id),
  confidence: label.confidence,
  origin: label.origin,
});
