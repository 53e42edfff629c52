import { z } from 'zod';
import type { Crawler, CrawlReport } from '../src/crawl/run/crawl-source.ts';
import { crawlSteps, describeCrawl } from '../src/crawl/run/describe-crawl.ts';
import type { Log } from '../src/domain/log.ts';
import { learnRhythm, type Rhythm, silenceOf } from '../src/domain/rhythm.ts';
import { nextCrawlAt } from '../src/domain/schedule.ts';
import { type CrawlVerdict, healthAfter, healthWord, judgeCrawl } from '../src/domain/source-health.ts';
import type { WorkObserver } from '../src/domain/work-observer.ts';
import { endAsFailed, type Queues } from '../src/queue/queues.ts';
import { recordCrawl } from '../src/store/crawls.ts';
import type { Store } from '../src/store/db.ts';
import { readSource } from '../src/store/sources.ts';

/** What is remembered of a source's schedule from crawl to crawl. */
const scheduleState = z.object({
  intervalMinutes: z.number().optional().catch(undefined),
  failures: z.number().catch(0),
  /** When its own listings last listed something new. */
  newsAt: z.coerce.date().optional().catch(undefined),
  rhythm: z
    .object({ knownSince: z.number(), newsAt: z.number(), longestPauseMs: z.number() })
    .optional()
    .catch(undefined),
});

/** What a crawl says of its source: by its listings, and by how long they have had nothing new. */
function verdictOf(report: CrawlReport, rhythm: Rhythm, at: Date): CrawlVerdict {
  // It ended before its listings: without the browser that the source needs, say.
  if (report.listings.length === 0 && report.error !== undefined) return { state: 'fails', cause: report.error };
  const verdict = judgeCrawl(report.listings);
  const silence = verdict.state === 'gives' ? silenceOf(rhythm, at) : undefined;
  return silence === undefined ? verdict : { state: 'nothing', cause: silence };
}

/** Crawl queue → article queue: one job crawls one source, `concurrency` of them at a time. */
export function startCrawlWorker(deps: {
  store: Store;
  queues: Queues;
  /** Closed with the worker. */
  crawler: Crawler;
  /** Sources crawled at the same time. */
  concurrency: number;
  log: Log;
  observer?: WorkObserver | undefined;
  /** Told of each crawl that this process ends. */
  onReport?: ((report: CrawlReport) => void) | undefined;
}): { close(): Promise<void> } {
  const { store, queues, crawler } = deps;
  const log = deps.log.child({ worker: 'crawl' });
  const stop = new AbortController();
  const worker = queues.work(
    'crawl',
    async (job) => {
      const { data } = job;
      const known = await readSource(store.db, data.source);
      if (!known) return;
      const { source } = known;
      const { intervalMinutes, failures, newsAt, rhythm } = scheduleState.parse(known.schedule);
      const startedAt = new Date();
      const report = await crawler.crawl(source, stop.signal, { newsAt });
      // What was stopped is crawled again with the next start.
      if (stop.signal.aborted) return;
      const at = new Date();
      const failed = report.error === undefined ? 0 : failures + 1;
      const next = nextCrawlAt(
        {
          schedule: source.schedule,
          intervalMinutes,
          published: report.published,
          listed: report.listed,
          fresh: report.found,
          failures: failed,
          backlog: report.backlog,
          asked: report.asked,
        },
        at,
        Math.random(),
      );
      const learnt = learnRhythm(rhythm, { published: report.published, hasNews: report.news > 0 }, at);
      const verdict = verdictOf(report, learnt, at);
      const health = healthAfter(known.health, verdict, at);
      const tookMs = at.getTime() - startedAt.getTime();
      await recordCrawl(
        store.db,
        source.id,
        {
          at,
          nextAt: next.at,
          health,
          schedule: {
            intervalMinutes: next.intervalMinutes,
            failures: failed,
            newsAt: report.news > 0 ? at : (newsAt ?? at),
            rhythm: learnt,
          },
          warnings: report.error === undefined ? report.warnings : [],
          rights: Object.keys(report.rights).length > 0 ? report.rights : undefined,
        },
        { ...report, startedAt, tookMs, state: verdict.state, cause: verdict.cause ?? null },
      );
      const said = health.cause === null ? {} : { cause: health.cause, since: health.since, inARow: health.inARow };
      const { source: _, warnings, published: _published, asked: _asked, listings: _listings, ...counts } = report;
      if (warnings.length > 0) log.warn({ source: source.id, warnings }, 'a source needs a look');
      const state = healthWord[health.state];
      log.info({ source: source.id, state, ...said, tookMs, counts }, describeCrawl(report));
      const { bytes, rejected } = report;
      deps.observer?.crawl({ source, state: health.state, tookMs, bytes, rejected });
      deps.onReport?.(report);
      for (const line of crawlSteps(report)) await job.log(line);
      // For the operator who looks at the queues; the schedule says when the source is asked again.
      if (report.error !== undefined) throw endAsFailed(report.error);
      return { found: report.found, articles: report.articles, tookMs };
    },
    { concurrency: deps.concurrency, log },
  );
  return {
    async close() {
      stop.abort();
      await worker.close();
      await crawler.close();
    },
  };
}
