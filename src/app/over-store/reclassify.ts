import { isDeepStrictEqual } from 'node:util';
import type { Classifier } from '../../classify/classify.ts';
import type { Classification } from '../../domain/article.ts';
import { poolStories } from '../../ingest/pool-stories.ts';
import type { Store } from '../../store/db.ts';
import { PostgresBatch } from '../../store/ingest-batch.ts';
import { flushCommits, withIngestLock } from '../../store/ingest-lock.ts';
import { articleBounds, articlesAfter, type WholeArticle } from '../../store/read/whole-articles.ts';
import { createSourceReader } from '../../store/sources.ts';
import { tellReaders } from '../../store/store-tasks.ts';
import { labelsOf, relabelUnchanged } from '../../store/story-labels.ts';
import type { StoreTask } from './run-task.ts';

/** Some 100 ms of classifying; the labels that changed are written in one short transaction. */
const articlesAtATime = 25;

/** Gives every article the labels that the present rules and weights give it, and its story the chance to speak where it is silent. */
export function reclassification({ db }: Store, classifier: Classifier): StoreTask {
  const sourceOf = createSourceReader(db);
  const classify = async (article: WholeArticle): Promise<Classification> => {
    const { lang, country, labelWeight } = (await sourceOf(article.source)) ?? {};
    const { title, text, summary, section, tags, categories, published, url } = article;
    return classifier.classify({
      ...{ title, text: text || (summary ?? ''), headlineOnly: text === '', lang: article.lang, url },
      published: published?.toISOString(),
      source: { lang, country, labelWeight },
      publisherLabels: [...new Set([...(section ? [section] : []), ...tags, ...categories])],
    });
  };
  return {
    name: 'reclassify',
    bounds: async () => ({ first: '0', ...(await articleBounds(db)) }),
    async step(after, last) {
      const articles = await articlesAfter(db, after, last, articlesAtATime);
      if (articles.length === 0) {
        await tellReaders(db);
        return { at: undefined, seen: 0, changed: 0 };
      }
      const labels = new Map<string, Classification>();
      for (const article of articles) labels.set(article.id, await classify(article));
      const changed = await writeLabels(db, articles, labels, classifier);
      return { at: articles.at(-1)?.seq, seen: articles.length, changed };
    },
  };
}

/** @returns how many articles have other labels than before */
async function writeLabels(
  db: Store['db'],
  articles: readonly WholeArticle[],
  labels: ReadonlyMap<string, Classification>,
  { pool }: Classifier,
): Promise<number> {
  const ids = articles.map(({ id }) => id);
  const before = await labelsOf(db, ids);
  await withIngestLock(db, async (trx) => {
    const batch = new PostgresBatch(trx);
    for (const { id, story, text_hash } of articles) {
      const own = labels.get(id);
      if (own && (await relabelUnchanged(trx, id, text_hash, own))) batch.touch(story);
    }
    await poolStories(batch, pool);
  });
  await flushCommits(db);
  const after = await labelsOf(db, ids);
  return ids.filter((id) => !isDeepStrictEqual(before.get(id), after.get(id))).length;
}
