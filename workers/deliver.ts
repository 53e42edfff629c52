import { reasonOf } from '../src/domain/cannot-run.ts';
import type { Log } from '../src/domain/log.ts';
import type { Settings } from '../src/domain/settings.ts';
import { createAlerts } from '../src/publish/alerts/alerts.ts';
import { openDeliverer } from '../src/publish/deliver.ts';
import type { Post } from '../src/publish/target.ts';
import type { DeliverJob, Queues } from '../src/queue/queues.ts';
import { waitingTimes } from '../src/queue/waiting-times.ts';
import type { Store } from '../src/store/db.ts';
import { markGivenUp } from '../src/store/messages.ts';

/** Messages on their way at the same time: a mail server that does not answer must not hold up the others. */
const concurrency = 8;

/**
 * Deliver queue → mail, ntfy, webhooks: one job a message. What fails is tried again by the queue, later and later, for some nine hours.
 * Other jobs look for what is to be told; they are not tried again, since the next look comes soon.
 */
export function startDeliverWorker(deps: { store: Store; queues: Queues; settings: Settings; log: Log; post: Post }): {
  close(): Promise<void>;
} {
  const { store, queues, settings } = deps;
  const log = deps.log.child({ worker: 'deliver' });
  const deliverer = openDeliverer(settings, store.db, deps.post);
  const alerts = createAlerts(settings, store.db, () => waitingTimes(queues, new Date()));
  const stop = new AbortController();
  const worker = queues.work('deliver', async ({ data }) => ('message' in data ? deliver(data.message) : look()), {
    concurrency,
    log,
    onGivenUp,
  });

  async function deliver(message: string): Promise<void> {
    try {
      const delivered = await deliverer.deliver(message, stop.signal);
      log.info({ message, delivered }, 'message done');
    } catch (error) {
      if (!stop.signal.aborted) log.warn({ message, error: reasonOf(error) }, 'not delivered; trying again later');
      throw error;
    }
  }

  async function look(): Promise<void> {
    try {
      const { raised, resolved, messages } = await alerts.look(new Date());
      for (const { kind, subject, message } of raised) log.warn({ alert: kind, subject }, message);
      for (const { kind, subject, message } of resolved) log.info({ alert: kind, subject }, `resolved: ${message}`);
      for (const message of messages) await queues.add('deliver', message, { message });
    } catch (error) {
      log.warn({ error: reasonOf(error) }, 'it could not be looked whether all is well');
    }
  }

  function onGivenUp(job: DeliverJob, error: Error): void {
    if (!('message' in job)) return;
    log.error({ message: job.message, error: reasonOf(error) }, 'a message could not be delivered on any try');
    markGivenUp(store.db, job.message, reasonOf(error), new Date()).catch(() => undefined);
  }

  return {
    async close() {
      stop.abort();
      await worker.close();
      await deliverer.close();
    },
  };
}
