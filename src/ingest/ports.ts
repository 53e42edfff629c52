import type { Classification, ExtractedArticle, Instant, Link } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';

/** An extracted article, or a headline alone (its text is empty), on its way into the store. */
export interface IngestInput {
  readonly link: Link;
  /** Key of the link, whose outcome this decides. */
  readonly urlKey: CanonicalUrl;
  readonly source: { readonly id: string; readonly country?: string | undefined; readonly lang?: string | undefined };
  readonly extracted: ExtractedArticle;
  /** The address that answered, after redirects. */
  readonly pageUrl: string;
  readonly classification: Classification;
  readonly now: Instant;
}
