import type { Label } from '../../domain/article.ts';
import type { ArticleView } from '../../store/read/articles.ts';
import { filterName } from '../filter.ts';
import { type Names, outletName } from '../names.ts';
import { isHeadline, standfirst } from '../pages/labels.ts';
import type { ArticleJson, LabelJson } from './schema.ts';

const named = (kind: 'region' | 'topic', labels: readonly Label[], names: Names): LabelJson[] =>
  labels.map(({ id, confidence, origin, evidence }) => ({
    id,
    confidence,
    origin,
    evidence,
    name: filterName(kind, id, names.labels),
  }));

/** @param full whether the one who asks may have the text */
export function articleJson(article: ArticleView, names: Names, full: boolean): ArticleJson {
  const source = (id: string): { id: string; name: string } => ({ id, name: outletName(names, id) });
  return {
    id: article.id,
    url: article.url,
    source: source(article.source),
    story: article.story,
    title: article.title,
    byline: article.byline,
    agency: article.agency,
    summary: article.summary === null ? null : standfirst(article),
    headlineOnly: isHeadline(article),
    ...(full && !isHeadline(article) ? { text: article.text } : {}),
    image: article.image,
    lang: article.lang,
    published: article.published?.toISOString() ?? null,
    modified: article.modified?.toISOString() ?? null,
    firstSeen: article.firstSeenAt.toISOString(),
    updated: article.updatedAt.toISOString(),
    countries: named('region', article.labels.countries, names),
    regions: named('region', article.labels.regions, names),
    topics: named('topic', article.labels.topics, names),
    rights: article.rights,
    paywalled: article.paywalled,
    stub: article.stub,
    liveBlog: article.liveBlog,
    opinion: article.opinion,
    alsoAt: article.alsoAt.map((copy) => ({
      url: copy.url,
      source: source(copy.source),
      published: copy.published?.toISOString() ?? null,
      share: copy.share,
    })),
  };
}
