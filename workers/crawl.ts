import { z } from 'zod';
import type { Crawler, CrawlReport } from '../src/crawl/run/crawl-source.ts';
import { describeCrawl } from '../src/crawl/run/describe-crawl.ts';
import type { Log } from '../src/domain/log.ts';
import { nextCrawlAt } from '../src/domain/schedule.ts';
import type { Queues } from '../src/queue/queues.ts';
import type { Store } from '../src/store/db.ts';
import { readSource, recordCrawl } from '../src/store/sources.ts';

/** What is remembered of a source's schedule from crawl to crawl. */
const scheduleState = z.object({
  intervalMinutes: z.number().optional().catch(undefined),
  failures: z.number().catch(0),
  /** When its own listings last listed something new. */
  newsAt: z.coerce.date().optional().catch(undefined),
});

/** Crawl queue → article queue: one job crawls one source, `concurrency` of them at a time. */
export function startCrawlWorker(deps: {
  store: Store;
  queues: Queues;
  /** Closed with the worker. */
  crawler: Crawler;
  /** Sources crawled at the same time. */
  concurrency: number;
  log: Log;
  /** Told of each crawl that this process ends. */
  onReport?: ((report: CrawlReport) => void) | undefined;
}): { close(): Promise<void> } {
  const { store, queues, crawler } = deps;
  const log = deps.log.child({ worker: 'crawl' });
  const stop = new AbortController();
  const worker = queues.work(
    'crawl',
    async ({ data }) => {
      const known = await readSource(store.db, data.source);
      if (!known) return;
      const { source } = known;
      const { intervalMinutes, failures, newsAt } = scheduleState.parse(known.schedule);
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
      await recordCrawl(store.db, source.id, {
        at,
        nextAt: next.at,
        error: report.error ?? null,
        schedule: {
          intervalMinutes: next.intervalMinutes,
          failures: failed,
          newsAt: report.news > 0 ? at : (newsAt ?? at),
        },
        warnings: report.error === undefined ? report.warnings : [],
        rights: Object.keys(report.rights).length > 0 ? report.rights : undefined,
      });
      const { source: _, warnings, published: _published, asked: _asked, ...counts } = report;
      if (warnings.length > 0) log.warn({ source: source.id, warnings }, 'a source needs a look');
      log.info({ source: source.id, counts }, describeCrawl(report));
      deps.onReport?.(report);
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
