import { createHash } from 'node:crypto';
import type { CrawledArticle } from '../domain/article.ts';
import { createBatcher } from '../domain/batcher.ts';
import type { Queues } from './queues.ts';

/** As many as ingest stores at once. */
const mostInJob = 16;
/**
 * How long an article waits for others. Its source may not be asked again for a second anyway, and the next page is fetched meanwhile. At
 * 20 articles a second a job held 3.5 of them with 150 ms, five with 500, and ingest wrote as few at once.
 */
const companyMs = 1000;

/** Puts articles on the queue, those that come at about the same time as one job; resolves when the article's job is there. */
export function openArticleSender(queues: Pick<Queues, 'add'>): (article: CrawledArticle) => Promise<void> {
  return createBatcher<CrawledArticle, void>(
    async (articles) => {
      const [first] = articles;
      if (first && articles.length === 1) await queues.add('article', first.urlKey, first);
      else await queues.add('article', identityOf(articles), { articles });
      return [];
    },
    { most: mostInJob, waitMs: companyMs },
  );
}

/** The same articles together are the same job. */
function identityOf(articles: readonly CrawledArticle[]): string {
  const keys = articles.map((article) => article.urlKey).sort();
  return createHash('sha256').update(keys.join('\n')).digest('hex');
}
