import type { DedupeInput } from '../../src/dedupe/decide.ts';
import type { ExtractedArticle } from '../../src/domain/article.ts';
import type { IngestInput } from '../../src/ingest/ports.ts';

/** What the ingest worker would get for an article. */
export function ingestInput(
  article: DedupeInput,
  extra: Partial<ExtractedArticle> & { readonly pageUrl?: string } = {},
): IngestInput {
  if (!article.urlKey || !article.seenAt) throw new Error('an article of the wire has an address and a time');
  const { pageUrl, ...extracted } = extra;
  return {
    link: { url: article.urlKey, authors: [], categories: [] },
    urlKey: article.urlKey,
    source: { id: article.source },
    pageUrl: pageUrl ?? article.urlKey,
    extracted: {
      ...{ title: article.title, text: article.text, published: article.published, agency: article.agency },
      ...{ html: `<p>${article.text}</p>`, byline: [], tags: [], paywalled: false, liveBlog: false, opinion: false },
      ...extracted,
    },
    classification: { lang: article.lang ?? 'und', countries: [], mentioned: [], regions: [], topics: [] },
    now: article.seenAt,
  };
}
