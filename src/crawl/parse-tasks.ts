import { Buffer } from 'node:buffer';
import type { FeedDocument } from '../../feeds/read.ts';
import { readFeed } from '../../feeds/read.ts';
import { readSitemap, type Sitemap } from '../../feeds/sitemap.ts';
import type { Link } from '../article.ts';
import { type Extraction, extractArticle } from '../extract/extract.ts';
import type { SiteMemory } from '../extract/site-memory.ts';
import { type HeadlineLink, headlineLinks, type ShapeCounts } from './links.ts';
import { metaRefresh } from './meta-refresh.ts';
import { pageText } from './page.ts';

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

export interface HeadlinesInput extends ParseInput {
  readonly shapes?: ShapeCounts | undefined;
  readonly limit: number;
}

/** What an article page came to: `refresh` is the address that the page sends its readers on to, if it does nothing else. */
export type ArticlePage = Pick<Extraction, 'article' | 'verdict' | 'blocks'> & {
  readonly refresh?: string | undefined;
};

const bytesOf = (body: Uint8Array): Buffer => Buffer.from(body.buffer, body.byteOffset, body.length);

/**
 * All that is done with bytes of strangers: decoding, parsing, extracting. Runs in threads that can be ended. Each
 * throws FetchError or FeedError when the answer is not what it should be.
 */
export const parseTasks = {
  article({ url, body, contentType, ...options }: ArticleInput): ArticlePage {
    const html = pageText(url, body, contentType);
    const { article, verdict, blocks } = extractArticle({ url, html }, options);
    return { article, verdict, blocks, refresh: verdict.kind === 'rejected' ? metaRefresh(html, url) : undefined };
  },
  headlines({ url, body, contentType, ...options }: HeadlinesInput): HeadlineLink[] {
    return headlineLinks(pageText(url, body, contentType), url, options);
  },
  feed({ url, body, contentType }: ParseInput): Promise<FeedDocument> {
    return readFeed(bytesOf(body), { url, contentType });
  },
  sitemap({ url, body, contentType }: ParseInput): Promise<Sitemap> {
    return readSitemap(bytesOf(body), { url, contentType });
  },
} as const;

export type ParseTasks = typeof parseTasks;
export type ParseTask = keyof ParseTasks;
