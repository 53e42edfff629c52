import type { ExtractedArticle, Link, Reason } from '../../domain/article.ts';
import type { Rights } from '../../domain/rights.ts';
import type { SiteMemory } from '../../extract/decide/site-memory.ts';
import { type Explanation, type Extraction, extractArticle } from '../../extract/extract.ts';
import { metaRefresh } from '../fetch/meta-refresh.ts';
import { pageText } from '../fetch/page.ts';
import { pageRights } from '../fetch/page-rights.ts';
import { type ListingFindings, type ListingInput, readListing } from '../listings/listing.ts';

/** An answer as the parsing threads get it. */
export interface ParseInput {
  /** The address that answered. */
  readonly url: string;
  readonly body: Uint8Array;
  readonly contentType: string | undefined;
}

export interface ArticleInput extends ParseInput {
  readonly link: Link;
  readonly memory?: SiteMemory | undefined;
  readonly keep?: readonly string[] | undefined;
  readonly remove?: readonly string[] | undefined;
}

/** What an article page came to: `refresh` is the address that the page sends its readers on to, if it does nothing else. */
export type ArticlePage = Pick<Extraction, 'article' | 'verdict' | 'blocks'> & {
  readonly refresh?: string | undefined;
  /** What the page says of its use. */
  readonly rights: Rights;
};

type ExplainInput = ParseInput & Required<Pick<ArticleInput, 'keep' | 'remove'>>;

/** What extraction makes of a page, with the reasons, for people. */
export interface ExplainedPage extends Pick<ExtractedArticle, 'title' | 'byline' | 'published' | 'lang'> {
  readonly url: string;
  /** Why it is no article; undefined when it is one. */
  readonly rejected: Reason | undefined;
  readonly detail: string | undefined;
  readonly step: string;
  readonly blocks: Explanation['blocks'];
  readonly votes: Explanation['metadata'] | Record<string, never>;
}

/**
 * All that is done with bytes of strangers: decoding, parsing, extracting. Runs in threads that can be ended. Each
 * throws FetchError or FeedError when the answer is not what it should be.
 */
export const parseTasks = {
  article({ url, body, contentType, ...options }: ArticleInput): ArticlePage {
    const html = pageText(url, body, contentType);
    const { article, verdict, blocks } = extractArticle({ url, html }, options);
    const refresh = verdict.kind === 'rejected' ? metaRefresh(html, url) : undefined;
    return { article, verdict, blocks, refresh, rights: pageRights(html, url) };
  },
  explain({ url, body, contentType, keep, remove }: ExplainInput): ExplainedPage {
    const html = pageText(url, body, contentType);
    const { article, verdict, explain } = extractArticle({ url, html }, { keep, remove, explain: true });
    const { title, byline, published, lang } = article;
    return {
      ...{ url, title, byline, published, lang },
      rejected: verdict.kind === 'rejected' ? verdict.reason : undefined,
      detail: verdict.kind === 'rejected' ? verdict.detail : undefined,
      step: explain?.step ?? '',
      blocks: explain?.blocks ?? [],
      votes: explain?.metadata ?? {},
    };
  },
  listing: (input: ListingInput): Promise<ListingFindings> => readListing(input),
} as const;

export type ParseTasks = typeof parseTasks;
export type ParseTask = keyof ParseTasks;
