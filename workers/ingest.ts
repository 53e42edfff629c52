import type { Classifier } from '../src/classify/classify.ts';
import { type CrawledArticle, describeOutcome } from '../src/domain/article.ts';
import type { Log } from '../src/domain/log.ts';
import { openIngest } from '../src/ingest/batch.ts';
import type { Queues } from '../src/queue/queues.ts';
import type { Store } from '../src/store/db.ts';
import { ingestStore } from '../src/store/ingest.ts';
import { writeOutcome } from '../src/store/links.ts';
import { createSourceReader } from '../src/store/sources.ts';

/**
 * Article queue → store: classifies, then lets one transaction decide what the article is and write it. Doing a job twice changes nothing.
 */
export function startIngestWorker(deps: {
  store: Store;
  queues: Queues;
  classifier: Classifier;
  log: Log;
  concurrency: number;
  /** Told how long each step of an article took. */
  onStage?: ((stage: 'classify' | 'store', ms: number) => void) | undefined;
}): { close(): Promise<void> } {
  const { store, queues, classifier } = deps;
  const log = deps.log.child({ worker: 'ingest' });
  const sourceOf = createSourceReader(store.db);
  const ingest = openIngest(ingestStore(store), classifier.pool);
  const reminder = openReminder(() => queues.add('publish', 'drain', {}, { again: true }));
  const worker = queues.work(
    'article',
    async ({ data: job }) => {
      const { extracted, link } = job;
      // An article of a source that is unknown by now is stored all the same.
      const { lang, country, labelWeight } = (await sourceOf(job.source)) ?? {};
      const source = { id: job.source, lang, country, labelWeight };
      const started = performance.now();
      const classification = classifier.classify({
        title: extracted.title,
        // Of a headline alone there is at most what the list says of it.
        text: extracted.text || (extracted.summary ?? ''),
        headlineOnly: extracted.text === '',
        lang: extracted.lang,
        url: job.pageUrl,
        published: extracted.published ?? link.published,
        source,
        publisherLabels: [...(extracted.section ? [extracted.section] : []), ...extracted.tags, ...link.categories],
      });
      const classified = performance.now();
      const outcome = await ingest.add({
        link,
        urlKey: job.urlKey,
        source,
        extracted,
        pageUrl: job.pageUrl,
        classification,
        now: new Date().toISOString(),
      });
      deps.onStage?.('classify', classified - started);
      deps.onStage?.('store', performance.now() - classified);
      if (outcome.kind === 'published' || outcome.kind === 'updated') reminder.remind();
      log.info({ url: job.pageUrl, source: job.source, outcome }, describeOutcome(outcome));
    },
    { concurrency: deps.concurrency, log, onGivenUp },
  );
  function onGivenUp(job: CrawledArticle, error: Error): void {
    log.error({ url: job.pageUrl, error: error.message }, 'an article could not be stored on any try');
    const outcome = { kind: 'rejected', stage: 'ingest', reason: 'store', detail: error.message } as const;
    // Where even this fails, the link stays queued in the store and is fetched again later.
    writeOutcome(store.db, job.urlKey, outcome, new Date()).catch(() => undefined);
  }
  return {
    async close() {
      await worker.close();
      await ingest.close();
      await reminder.close();
    },
  };
}

/** Reminds publish at most once a second; a reminder that gets lost with the process is made up for by the scheduler's next tick. */
function openReminder(remind: () => Promise<void>): { remind(): void; close(): Promise<void> } {
  let last = Number.NEGATIVE_INFINITY;
  let pending: NodeJS.Timeout | undefined;
  const now = async () => {
    pending = undefined;
    last = performance.now();
    await remind().catch(() => undefined);
  };
  return {
    remind() {
      pending ??= setTimeout(now, Math.max(0, last + 1000 - performance.now()));
    },
    async close() {
      if (!pending) return;
      clearTimeout(pending);
      await now();
    },
  };
}
