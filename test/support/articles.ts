import type { Classification, ExtractedArticle, Label, Outcome } from '../../src/domain/article.ts';
import type { Store } from '../../src/store/db.ts';
import { registerLinks } from '../../src/store/links.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestArticle } from './ingest.ts';

const label = (id: string): Label => ({ id, confidence: 1, origin: 'text', evidence: [id] });

/** What a test says of an article; the rest is plain. */
export interface TestArticle {
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly source?: string;
  readonly published?: string;
  readonly lang?: string;
  readonly countries?: readonly string[];
  readonly topics?: readonly string[];
  readonly extracted?: Partial<ExtractedArticle>;
}

/** Brings an article into the store on the way that every article takes. */
export async function ingestTestArticle(store: Store, article: TestArticle, now = new Date()): Promise<Outcome> {
  const urlKey = canonicalUrl(article.url) as CanonicalUrl;
  const link = { url: article.url, title: article.title, authors: [], categories: [] };
  const source = article.source ?? 'test';
  const countries = (article.countries ?? []).map(label);
  const classification: Classification = {
    lang: article.lang ?? 'en',
    countries,
    mentioned: countries,
    regions: [],
    topics: (article.topics ?? []).map(label),
  };
  await registerLinks(store.db, source, [{ key: urlKey, link }], now);
  return ingestArticle(store, {
    link,
    urlKey,
    source: { id: source },
    pageUrl: article.url,
    classification,
    now: now.toISOString(),
    extracted: {
      title: article.title,
      byline: [],
      published: article.published ?? now.toISOString(),
      tags: [],
      paywalled: false,
      liveBlog: false,
      opinion: false,
      text: article.text,
      html: article.text
        .split('\n')
        .map((line) => `<p>${line}</p>`)
        .join(''),
      ...article.extracted,
    },
  });
}
