import type { Label } from '../domain/article.ts';
import type { ArticleView } from '../store/read/articles.ts';
import { filterName } from './filter.ts';
import { type Names, outletName } from './names.ts';
import { isHeadline, standfirst } from './pages/labels.ts';

/** An article as the API gives it. */
export interface ArticleJson {
  readonly id: string;
  readonly url: string;
  readonly source: { readonly id: string; readonly name: string };
  readonly story: string;
  readonly title: string;
  readonly byline: readonly string[];
  readonly agency: string | null;
  readonly summary: string | null;
  /** Whether nothing but the headline was taken: the article stands at the outlet. */
  readonly headlineOnly: boolean;
  /** Plain text, a block a line; only where the source's settings allow it or for the operator. */
  readonly text?: string;
  readonly image: {
    readonly url: string;
    readonly caption?: string | undefined;
    readonly credit?: string | undefined;
  } | null;
  readonly lang: string;
  readonly published: string | null;
  readonly modified: string | null;
  readonly firstSeen: string;
  readonly updated: string;
  readonly countries: readonly LabelJson[];
  readonly regions: readonly LabelJson[];
  readonly topics: readonly LabelJson[];
  readonly paywalled: boolean;
  readonly liveBlog: boolean;
  readonly opinion: boolean;
  readonly alsoAt: readonly {
    readonly url: string;
    readonly source: { readonly id: string; readonly name: string };
    readonly published: string | null;
    readonly share: number;
  }[];
}

interface LabelJson extends Label {
  /** In English. */
  readonly name: string;
}

const named = (kind: 'region' | 'topic', labels: readonly Label[], names: Names): LabelJson[] =>
  labels.map((label) => ({ ...label, name: filterName(kind, label.id, names.labels) }));

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
    paywalled: article.paywalled,
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
