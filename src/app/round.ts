import { setTimeout as sleep } from 'node:timers/promises';
import type { CrawlReport } from '../crawl/run/crawl-source.ts';
import { CannotRunError } from '../domain/cannot-run.ts';
import { countOpen, countOutcomes } from '../store/links.ts';
import type { App } from './app.ts';
import type { RunStatistics } from './run-statistics.ts';

/** What one round over some sources came to. */
export interface RoundSummary {
  readonly sources: number;
  /** Pages fetched: articles and what turned out to be none. */
  readonly pages: number;
  readonly requests: number;
  readonly published: number;
  readonly updated: number;
  readonly duplicates: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Links still without an outcome: they wait for another try. */
  readonly open: number;
  /** Sources whose crawl failed, with why. */
  readonly failed: Readonly<Record<string, string>>;
  readonly seconds: number;
  /** Mean time of each stage for one article, in ms; `fetch` includes waiting for one's turn. Stages overlap. */
  readonly stageMs: Readonly<Record<string, number>>;
}

export interface Progress {
  readonly sourcesDone: number;
  readonly sources: number;
  readonly outcomes: Pick<RoundSummary, 'published' | 'updated' | 'duplicates' | 'rejected' | 'open'>;
}

/**
 * Crawls the sources once, now, and waits until every article has gone through ingest and publish. The roles `crawl`, `ingest` and
 * `publish` must run somewhere.
 * @param statistics fills up with what the workers of this process tell
 */
export async function runRound(
  app: App,
  sources: readonly string[],
  statistics: RunStatistics,
  options: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
): Promise<RoundSummary> {
  const { store, queues } = app;
  const started = new Date();
  const from = statistics.reports.length;
  for (const name of ['crawl', 'article', 'publish'] as const)
    if (await queues.queue(name).isPaused())
      throw new CannotRunError(
        `The queue ${name} is paused, so the round would not end. Resume it at /queues (courant serve).`,
      );
  for (const source of sources) await queues.add('crawl', source, { source });

  let idle = 0;
  for (let look = 1; idle < 3 && !options.signal.aborted; look++) {
    await sleep(500, undefined, { signal: options.signal }).catch(() => undefined);
    const crawls = await busy(app, 'crawl');
    const isBusy = crawls > 0 || (await busy(app, 'article')) > 0 || (await busy(app, 'publish')) > 0;
    // Several times in a row: between two queues there is an instant in which a job is in neither, and ingest reminds publish once a second.
    idle = isBusy ? 0 : idle + 1;
    // What is counted for it takes its time from the round.
    if (idle > 0 || look % 2 === 0)
      options.onProgress?.({
        sources: sources.length,
        sourcesDone: Math.max(0, sources.length - crawls),
        outcomes: await outcomesOf(started),
      });
  }

  const mine = statistics.reports.slice(from);
  return {
    sources: sources.length,
    pages: mine.reduce((sum, report) => sum + report.pages, 0),
    requests: mine.reduce((sum, report) => sum + report.requests, 0),
    ...(await outcomesOf(started)),
    failed: Object.fromEntries(mine.flatMap((report) => (report.error ? [[report.source, report.error]] : []))),
    seconds: (Date.now() - started.getTime()) / 1000,
    stageMs: stageTimes(mine, statistics),
  };

  async function outcomesOf(since: Date): Promise<Progress['outcomes']> {
    const [rows, open] = await Promise.all([countOutcomes(store.db, sources, since), countOpen(store.db, sources)]);
    const count = (outcome: string) =>
      rows.filter((row) => row.outcome === outcome).reduce((sum, row) => sum + row.count, 0);
    const rejected: Record<string, number> = {};
    for (const row of rows) if (row.reason) rejected[row.reason] = (rejected[row.reason] ?? 0) + row.count;
    return { published: count('published'), updated: count('updated'), duplicates: count('duplicate'), rejected, open };
  }
}

/** Jobs of the queue that are not done: waiting, running or waiting for another try. */
async function busy(app: Pick<App, 'queues'>, name: 'crawl' | 'article' | 'publish'): Promise<number> {
  const counts = await app.queues.queue(name).getJobCounts('waiting', 'active', 'delayed', 'prioritized');
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function stageTimes(reports: readonly CrawlReport[], { stages }: RunStatistics): Record<string, number> {
  const sum = (pick: (report: CrawlReport) => number) => reports.reduce((total, report) => total + pick(report), 0);
  const rounded = (ms: number, count: number) => Number((ms / Math.max(1, count)).toFixed(2));
  return {
    fetch: rounded(
      sum((report) => report.fetchMs),
      sum((report) => report.requests),
    ),
    extract: rounded(
      sum((report) => report.extractMs),
      sum((report) => report.pages),
    ),
    ...Object.fromEntries([...stages].map(([stage, { ms, count }]) => [stage, rounded(ms, count)])),
  };
}
