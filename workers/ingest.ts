import type { Classifier } from '../src/classify/classify.ts';
import { type Classification, type CrawledArticle, describeOutcome, type Outcome } from '../src/domain/article.ts';
import type { Log } from '../src/domain/log.ts';
import type { Tracer } from '../src/domain/tracer.ts';
import type { WorkObserver } from '../src/domain/work-observer.ts';
import { openIngest } from '../src/ingest/batch.ts';
import { type ArticleJob, articlesOf } from '../src/queue/article-jobs.ts';
import type { Queues } from '../src/queue/queues.ts';
import type { Store } from '../src/store/db.ts';
import { ingestStore } from '../src/store/ingest.ts';
import { giveUpLink } from '../src/store/links.ts';
import { createSourceReader } from '../src/store/sources.ts';

/** Articles of one job are many: a few jobs fill the batches of ingest, and more would only wait in memory. */
const jobsFor = (articles: number): number => Math.max(2, Math.ceil(articles / 4));

/**
 * Article queue → store: classifies, then lets one transaction decide what the article is and write it. Doing a job twice changes nothing.
 *
 * A job of several articles has one try. Those that could not be stored, and all of a job whose process died, go back on the queue one by
 * one, each with all its tries: what is wrong with one of them must not hold up the others, nor have them done again and again.
 */
export function startIngestWorker(deps: {
  store: Store;
  queues: Queues;
  classifier: Classifier;
  log: Log;
  /** Articles at the same time. */
  concurrency: number;
  observer?: WorkObserver | undefined;
  tracer?: Tracer | undefined;
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
    async (job) => {
      const articles = articlesOf(job.data);
      const [first] = articles;
      const steps: string[] = [];
      const way: Way = { steps, queuedAt: job.timestamp };
      if (first && articles.length === 1) await take(first, way);
      else if (job.attemptsStarted > 1) await oneByOne(articles);
      else await oneByOne(await takeAll(articles, way));
      // One statement for all of a job.
      if (steps.length > 0) await job.log(steps.join('\n'));
    },
    { concurrency: jobsFor(deps.concurrency), log, onGivenUp },
  );

  /** @returns those that could not be stored */
  async function takeAll(articles: readonly CrawledArticle[], way: Way): Promise<readonly CrawledArticle[]> {
    const ended = await Promise.allSettled(articles.map((article) => take(article, way)));
    return articles.filter((_, index) => ended[index]?.status === 'rejected');
  }

  async function oneByOne(articles: readonly CrawledArticle[]): Promise<void> {
    for (const article of articles) await queues.add('article', article.urlKey, article);
  }

  async function take(article: CrawledArticle, { steps, queuedAt }: Way): Promise<void> {
    const { extracted, link } = article;
    // An article of a source that is unknown by now is stored all the same.
    const { lang, country, labelWeight } = (await sourceOf(article.source)) ?? {};
    const source = { id: article.source, lang, country, labelWeight };
    const startedAt = Date.now();
    const started = performance.now();
    const classification = classifier.classify({
      title: extracted.title,
      // Of a headline alone there is at most what the list says of it.
      text: extracted.text || (extracted.summary ?? ''),
      headlineOnly: extracted.text === '',
      lang: extracted.lang,
      url: article.pageUrl,
      published: extracted.published ?? link.published,
      source,
      publisherLabels: [...(extracted.section ? [extracted.section] : []), ...extracted.tags, ...link.categories],
    });
    const classified = performance.now();
    const outcome = await ingest.add({
      link,
      urlKey: article.urlKey,
      source,
      extracted,
      pageUrl: article.pageUrl,
      classification,
      now: new Date().toISOString(),
      trace: article.trace,
    });
    traceSteps(
      deps.tracer,
      article,
      { queuedAt, startedAt, classifyMs: classified - started },
      classification,
      outcome,
    );
    if (outcome.kind === 'published' || outcome.kind === 'updated') reminder.remind();
    log.info({ url: article.pageUrl, source: article.source, outcome }, describeOutcome(outcome));
    const tookMs = { classify: classified - started, store: performance.now() - classified };
    for (const stage of ['classify', 'store'] as const) {
      deps.onStage?.(stage, tookMs[stage]);
      deps.observer?.stage(stage, tookMs[stage]);
    }
    const published = extracted.published ?? link.published;
    deps.observer?.outcome(outcome, published === undefined ? undefined : Date.now() - Date.parse(published));
    steps.push(article.pageUrl, ...stepsOf(classification, outcome, tookMs));
  }

  function onGivenUp(job: ArticleJob, error: Error): void {
    const outcome = { kind: 'rejected', stage: 'ingest', reason: 'store', detail: error.message } as const;
    for (const article of articlesOf(job)) {
      log.error({ url: article.pageUrl, error: error.message }, 'an article could not be stored on any try');
      // Where even this fails, the link stays queued in the store and is fetched again later.
      giveUpLink(store.db, article.urlKey, outcome, new Date()).catch(() => undefined);
    }
  }

  return {
    async close() {
      await worker.close();
      await ingest.close();
      await reminder.close();
    },
  };
}

/** Where a job comes from, and where it is told what was done. */
interface Way {
  /** Gets a line for each step. */
  readonly steps: string[];
  /** Epoch milliseconds. */
  readonly queuedAt: number;
}

/** Traces an article from the queue to the store: feeds are made of what stands there. */
function traceSteps(
  tracer: Tracer | undefined,
  article: CrawledArticle,
  at: { readonly queuedAt: number; readonly startedAt: number; readonly classifyMs: number },
  { lang }: Classification,
  outcome: Outcome,
): void {
  if (!tracer) return;
  const { queuedAt, startedAt } = at;
  const [classifiedAt, endedAt] = [startedAt + at.classifyMs, Date.now()];
  const attributes = {
    ...{ 'url.full': article.pageUrl, 'courant.source': article.source, 'courant.outcome': outcome.kind },
    'courant.reason': outcome.kind === 'rejected' ? outcome.reason : undefined,
    'courant.article': 'article' in outcome ? outcome.article : undefined,
  };
  const parent = tracer.record({ name: 'ingest', startedAt: queuedAt, endedAt, parent: article.trace, attributes });
  tracer.record({ name: 'wait in the queue', startedAt: queuedAt, endedAt: startedAt, parent });
  tracer.record({ name: 'classify', startedAt, endedAt: classifiedAt, parent, attributes: { 'courant.lang': lang } });
  tracer.record({ name: 'store', startedAt: classifiedAt, endedAt, parent });
}

/** What became of an article, one line a step. */
function stepsOf(labels: Classification, outcome: Outcome, ms: { classify: number; store: number }): string[] {
  const ids = [...labels.countries, ...labels.topics].map(({ id }) => id);
  return [
    `  classified as ${[labels.lang, ...ids].join(', ')} in ${ms.classify.toFixed(1)} ms`,
    `  ${describeOutcome(outcome)} in ${ms.store.toFixed(1)} ms`,
  ];
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
