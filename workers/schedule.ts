import { createLimitedLog } from '../src/domain/limited-log.ts';
import type { Log } from '../src/domain/log.ts';
import type { Settings } from '../src/domain/settings.ts';
import { dayMs } from '../src/domain/time.ts';
import type { Queues } from '../src/queue/queues.ts';
import { databaseTime } from '../src/store/database-time.ts';
import type { Store } from '../src/store/db.ts';
import { pruneEvents } from '../src/store/events.ts';
import { forgetOldCrawls } from '../src/store/forget.ts';
import { forgetHub } from '../src/store/hub.ts';
import { releaseQueued } from '../src/store/links.ts';
import { dueMessages, forgetMessages } from '../src/store/messages.ts';
import { forgetCounts } from '../src/store/outcome-counts.ts';
import { pruneArticles } from '../src/store/prune.ts';
import { foldRowCounts } from '../src/store/row-counts.ts';
import { forgetRules } from '../src/store/rules.ts';
import { refreshSearch } from '../src/store/search.ts';
import { tendShingleKeys } from '../src/store/shingle-keys.ts';
import { correctCrawlTimes, dueSources } from '../src/store/sources.ts';
import { noteStoreSize } from '../src/store/store-size.ts';
import { closeStories } from '../src/store/stories.ts';

const tickMs = 10_000;
/** A Redis that came back empty has forgotten the clock; it is set again this often. */
const setClockMs = 10_000;
/** A next tick that is farther away was set by a clock that was wrong. Two machines may differ by some seconds. */
const farMs = 60_000;
const forgetMs = 3600_000;
/** How often it is looked whether the operator must be told of something. */
const alertMs = 60_000;
const keepEventsMs = 30 * dayMs;
/** A text that turns up again later than this is news again. */
const keepFingerprintsMs = 180 * dayMs;
/** Stories are open for a week (`openDays`); an article found late may still tell of that week. */
const closeStoriesMs = 21 * dayMs;

/**
 * The clock of the wire: on each tick, due sources become crawl jobs (one in flight per source at most) and publish is reminded of what it
 * could not tell. Any number of these may run; BullMQ gives each tick to one of them.
 */
export async function startScheduleWorker(deps: {
  store: Store;
  queues: Queues;
  log: Log;
  settings: Pick<Settings, 'KEEP_DAYS' | 'KEEP_ARTICLES'>;
}): Promise<{ close(): Promise<void> }> {
  const { store, queues } = deps;
  const log = deps.log.child({ worker: 'schedule' });
  const limited = createLimitedLog(log);
  const { KEEP_DAYS: days, KEEP_ARTICLES: articles } = deps.settings;
  let forgotAt = 0;
  // The first look is not at a wire that has just begun.
  let alertedAt: number | undefined;
  let checkedAt = 0;
  const setClock = () =>
    windClock().catch((error: Error) => limited.warn(error.message, 'the clock could not be set; trying again'));
  await setClock();
  const timer = setInterval(setClock, setClockMs);
  const worker = queues.work(
    'schedule',
    async () => {
      // What is old is forgotten by it: the clock of this machine may be years ahead.
      const now = await databaseTime(store.db);
      await correctCrawlTimes(store.db, now);
      const due = await dueSources(store.db, now);
      for (const source of due) await queues.add('crawl', source, { source });
      await queues.add('publish', 'drain', {}, { again: true });
      for (const message of await dueMessages(store.db, now)) await queues.add('deliver', message, { message });
      alertedAt ??= now.getTime();
      if (now.getTime() - alertedAt >= alertMs) {
        alertedAt = now.getTime();
        await queues.add('deliver', 'alerts', { look: 'alerts' });
      }
      for (const look of ['rules', 'hub'] as const) await queues.add('deliver', look, { look });
      if (now.getTime() - checkedAt >= alertMs) {
        checkedAt = now.getTime();
        await queues.add('deliver', 'check', { look: 'check' });
      }
      await tendShingleKeys(store.db, new Date(now.getTime() - keepFingerprintsMs));
      await closeStories(store.db, new Date(now.getTime() - closeStoriesMs));
      await prune(now);
      await refresh();
      await queues.trim();
      await queues.hasten(now);
      await foldRowCounts(store.db);
      await pruneEvents(store.db, new Date(now.getTime() - keepEventsMs));
      if (now.getTime() - forgotAt > forgetMs) {
        forgotAt = now.getTime();
        await forgetMessages(store.db, now);
        await forgetRules(store.db, now);
        await forgetHub(store.db, now);
        log.debug(await forgetOldCrawls(store.db, now), 'old crawls forgotten');
        await forgetCounts(store.db, now);
        await noteStoreSize(store.db, now);
      }
      if (due.length > 0) log.debug({ due: due.length }, 'sources are due');
    },
    { log },
  );
  /** Queues without the clock have lost everything else too: what was in them is fetched again at once. */
  async function windClock(): Promise<void> {
    const queue = queues.queue('schedule');
    const clock = await queue.getJobScheduler('tick');
    if (!clock) {
      const links = await releaseQueued(store.db, await databaseTime(store.db));
      if (links > 0)
        log.warn({ links }, 'the queues came back empty; the articles that were in them are fetched again');
    }
    // A machine whose time was ahead has set the next tick hours from now, and BullMQ keeps what is set.
    if (clock?.next && clock.next > Date.now() + farMs) await queue.removeJobScheduler('tick');
    await queue.upsertJobScheduler('tick', { every: tickMs }, { name: 'schedule', data: {} });
  }

  /** A few steps a tick keep up with any wire; what an old store has too much goes in time. */
  async function prune(now: Date): Promise<void> {
    if (days === undefined && articles === undefined) return;
    const since = days === undefined ? undefined : new Date(now.getTime() - days * dayMs);
    let steps = 10;
    while (steps > 0 && (await pruneArticles(store.db, { since, articles }, now)) > 0) steps--;
  }

  /** After an upgrade the searches of an old store become whole in time: 100,000 articles in some ten minutes. */
  async function refresh(): Promise<void> {
    let steps = 10;
    while (steps > 0 && (await refreshSearch(store.db)) > 0) steps--;
  }

  return {
    async close() {
      clearInterval(timer);
      await worker.close();
    },
  };
}
