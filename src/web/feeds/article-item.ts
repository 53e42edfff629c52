import type { OutItem, OutLabel } from '../../../feeds/write/feed.ts';
import { topicBySlug } from '../../classify/topics.ts';
import type { Label } from '../../domain/article.ts';
import type { ArticleView } from '../../store/read/articles.ts';
import { filterName } from '../filter.ts';
import { escapeHtml } from '../html.ts';
import { mayRead, type Names, outletName } from '../names.ts';
import { isHeadline, standfirst } from '../pages/labels.ts';

/** What items are made with. */
export interface ItemContext {
  readonly names: Names;
  /** Where subscribers reach the server, without a slash at the end. */
  readonly base: string;
  /** Whether full texts are given where they may be. */
  readonly full: boolean;
}

/** An article as an item of a feed. */
export function articleItem(article: ArticleView, { names, base, full }: ItemContext): OutItem {
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
    content: full && mayRead(article, names, false) && !isHeadline(article) ? article.html : undefined,
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
