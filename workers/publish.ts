import { slugs } from '../src/classify/slugs.ts';
import { createAddresses } from '../src/domain/filter.ts';
import type { Log } from '../src/domain/log.ts';
import type { Settings } from '../src/domain/settings.ts';
import { targetsOf } from '../src/publish/targets.ts';
import type { Queues } from '../src/queue/queues.ts';
import type { Store } from '../src/store/db.ts';
import { markFailed, markTold, nextEvents, openTarget } from '../src/store/events.ts';

/**
 * Publish queue → the world: tells every target what it was not told yet. A target that fails keeps its place and is tried again later; the
 * others go on.
 */
export async function startPublishWorker(deps: {
  store: Store;
  queues: Queues;
  settings: Settings;
  log: Log;
}): Promise<{ close(): Promise<void> }> {
  const { store, queues, settings } = deps;
  const log = deps.log.child({ worker: 'publish' });
  const targets = targetsOf(settings, store, createAddresses(slugs));
  if (settings.HUB_URL && !settings.PUBLIC_URL)
    log.warn('HUB_URL is set, but not PUBLIC_URL: the hub is not told, since it could not fetch the feeds');
  for (const target of targets) await openTarget(store.db, target.name);

  const stop = new AbortController();
  const worker = queues.work('publish', async () => {
    for (const target of targets) {
      let events = await nextEvents(store.db, target.name, new Date());
      while (events.length > 0 && !stop.signal.aborted) {
        try {
          await target.tell(events, stop.signal);
        } catch (error) {
          if (stop.signal.aborted) return;
          const message = error instanceof Error ? error.message : String(error);
          log.warn({ target: target.name, error: message }, 'not told; trying again later');
          await markFailed(store.db, target.name, message, new Date());
          break;
        }
        const last = events.at(-1);
        if (last) await markTold(store.db, target.name, last);
        events = await nextEvents(store.db, target.name, new Date());
      }
    }
  });
  worker.on('error', (error) => log.warn({ error: error.message }, 'the queue does not answer; trying again'));
  return {
    async close() {
      stop.abort();
      await worker.close();
    },
  };
}
