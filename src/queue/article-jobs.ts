import type { CrawledArticle } from '../domain/article.ts';

/**
 * Articles on their way to ingest: several that were read at about the same time, since a job costs a queue as much as an article costs
 * the store; or one, alone or because something went wrong when it was one of several.
 */
export type ArticleJob = CrawledArticle | { readonly articles: readonly CrawledArticle[] };

export const articlesOf = (job: ArticleJob): readonly CrawledArticle[] => ('articles' in job ? job.articles : [job]);
