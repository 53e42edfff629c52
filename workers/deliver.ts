import type { Job } from 'bullmq';
import { slugs } from '../src/classify/slugs.ts';
import { reasonOf } from '../src/domain/cannot-run.ts';
import { createAddresses } from '../src/domain/filter.ts';
import type { Log } from '../src/domain/log.ts';
import type { Settings } from '../src/domain/settings.ts';
import type { Tracer } from '../src/domain/tracer.ts';
import { createAlerts } from '../src/publish/alerts/alerts.ts';
import { openDeliverer } from '../src/publish/deliver.ts';
import { tellRules } from '../src/publish/digests/digests.ts';
import { createOwnHub } from '../src/publish/hub/own-hub.ts';
import type { Reach } from '../src/publish/target.ts';
import { traceTelling } from '../src/publish/trace-telling.ts';
import type { DeliverJob, Look, Queues } from '../src/queue/queues.ts';
import { waitingTimes } from '../src/queue/waiting-times.ts';
import type { Store } from '../src/store/db.ts';
import { dirtySubscriptions, endHubRequest, openHubRequests } from '../src/store/hub.ts';
import { markGivenUp } from '../src/store/messages.ts';

/** Deliveries at the same time: a mail server that does not answer must not hold up the others. */
const concurrency = 8;
/** A callback that cannot be asked so often is taken for one that did not want it. */
const verifications = 4;

/**
 * Deliver queue → mail, ntfy, webhooks, subscribers of the hub: one job a message. What fails is tried again by the queue, later and later,
 * for some nine hours. Other jobs look for what is to be told; they are not tried again, since the next look comes soon.
 */
export function startDeliverWorker(deps: {
  store: Store;
  queues: Queues;
  settings: Settings;
  log: Log;
  reach: Reach;
  tracer?: Tracer | undefined;
}): { close(): Promise<void> } {
  const { store, queues, settings, reach } = deps;
  const log = deps.log.child({ worker: 'deliver' });
  const deliverer = openDeliverer(settings, store.db, reach.send, deps.tracer);
  const hub = createOwnHub(settings, store.db, reach);
  const alerts = createAlerts(settings, store.db, () => waitingTimes(queues, new Date()));
  const addresses = createAddresses(slugs);
  const stop = new AbortController();
  const { signal } = stop;
  const worker = queues.work('deliver', run, { concurrency, log, onGivenUp });

  async function run({ data, attemptsMade }: Job<DeliverJob>): Promise<void> {
    if ('look' in data) return look(data.look);
    try {
      if ('message' in data)
        log.info({ ...data, delivered: await deliverer.deliver(data.message, signal) }, 'message done');
      else if ('distribute' in data)
        await traceTelling(
          deps.tracer,
          async () => ({
            parents: [],
            attributes: { 'courant.target': 'websub', 'courant.subscription': data.distribute },
          }),
          () => hub.distribute(data.distribute, signal),
        );
      else log.info({ ...data, wanted: await hub.verify(data.verify, signal) }, 'subscription asked about');
    } catch (error) {
      if (!signal.aborted) log.warn({ ...data, error: reasonOf(error) }, 'not delivered; trying again later');
      if (!('verify' in data) || attemptsMade + 1 < verifications) throw error;
      await endHubRequest(store.db, data.verify, false, new Date());
    }
  }

  const looks: Readonly<Record<Look, () => Promise<void>>> = {
    async alerts() {
      const { raised, resolved, messages } = await alerts.look(new Date());
      for (const { kind, subject, message } of raised) log.warn({ alert: kind, subject }, message);
      for (const { kind, subject, message } of resolved) log.info({ alert: kind, subject }, `resolved: ${message}`);
      await send(messages);
    },
    rules: async () => send(await tellRules(settings, store.db, addresses, new Date())),
    async hub() {
      for (const id of await openHubRequests(store.db)) await queues.add('deliver', `verify ${id}`, { verify: id });
      for (const id of await dirtySubscriptions(store.db, new Date()))
        await queues.add('deliver', `distribute ${id}`, { distribute: id });
    },
    check: () => hub.check(signal),
  };

  async function look(what: Look): Promise<void> {
    await looks[what]().catch((error) => log.warn({ look: what, error: reasonOf(error) }, 'it could not be looked'));
  }

  async function send(messages: readonly string[]): Promise<void> {
    for (const message of messages) await queues.add('deliver', message, { message });
  }

  function onGivenUp(job: DeliverJob, error: Error): void {
    const reason = reasonOf(error);
    log.error({ ...job, error: reason }, 'it could not be delivered on any try');
    const noted =
      'message' in job
        ? markGivenUp(store.db, job.message, reason, new Date())
        : 'distribute' in job
          ? hub.giveUp(job.distribute, reason)
          : Promise.resolve();
    noted.catch(() => undefined);
  }

  return {
    async close() {
      stop.abort();
      await worker.close();
      await deliverer.close();
    },
  };
}
