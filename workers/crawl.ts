import type { Settings } from '../src/config.ts';
import type { CrawlReport } from '../src/crawl/crawler.ts';
import { openCrawler } from '../src/crawl/open-crawler.ts';
import type { CrawlSource } from '../src/crawl/source.ts';
import type { Log } from '../src/log.ts';
import type { Queues } from '../src/queue/queues.ts';
import type { Store } from '../src/store/db.ts';
import { readSource, recordCrawl } from '../src/store/sources.ts';

/** Crawl queue → article queue: one job crawls one source, as many at a time as the settings say. */
export function startCrawlWorker(deps: {
  store: Store;
  queues: Queues;
  settings: Settings;
  log: Log;
  /** Told of each crawl that this process ends. */
  onReport?: ((report: CrawlReport) => void) | undefined;
}): { close(): Promise<void> } {
  const { store, queues, settings } = deps;
  const log = deps.log.child({ worker: 'crawl' });
  const stop = new AbortController();
  const crawler = openCrawler({
    db: store.db,
    settings,
    emit: (job) => queues.add('article', job.urlKey, job),
    log,
  });
  const worker = queues.work(
    'crawl',
    async ({ data }) => {
      const known = await readSource(store.db, data.source);
      if (!known) return;
      // The store keeps the catalogue's entry as it was checked when it was read.
      const source = known.settings as unknown as CrawlSource;
      const report = await crawler.crawl(source, stop.signal);
      // What was stopped is crawled again with the next start.
      if (stop.signal.aborted) return;
      const at = new Date();
      await recordCrawl(store.db, source.id, {
        at,
        nextAt: new Date(at.getTime() + (10 + 10 * Math.random()) * 60_000),
        error: report.error ?? null,
        schedule: known.schedule,
      });
      const { warnings, ...counts } = report;
      if (warnings.length > 0) log.warn({ source: source.id, warnings }, 'a source needs a look');
      log.info(counts, 'source crawled');
      deps.onReport?.(report);
    },
    { concurrency: settings.CRAWL_CONCURRENCY },
  );
  worker.on('error', (error) => log.warn({ error: error.message }, 'the queue does not answer; trying again'));
  return {
    async close() {
      stop.abort();
      await worker.close();
      await crawler.close();
    },
  };
}
