import { setTimeout as sleep } from 'node:timers/promises';
import { slugs } from '../src/classify/slugs.ts';
import { reasonOf } from '../src/domain/cannot-run.ts';
import { shownTarget } from '../src/domain/channel.ts';
import { createAddresses } from '../src/domain/filter.ts';
import type { Log } from '../src/domain/log.ts';
import type { Settings } from '../src/domain/settings.ts';
import type { Tracer } from '../src/domain/tracer.ts';
import type { WorkObserver } from '../src/domain/work-observer.ts';
import type { Post, Target } from '../src/publish/target.ts';
import { ownsHub, targetsOf } from '../src/publish/targets.ts';
import { traceTelling } from '../src/publish/trace-telling.ts';
import type { Queues } from '../src/queue/queues.ts';
import type { Store } from '../src/store/db.ts';
import { markFailed, markTold, nextEvents, openTarget, type StoreEvent } from '../src/store/events.ts';
import { dueAside, type RefusedEvent, setAside, triedAside } from '../src/store/set-aside.ts';

/** A target that fails one time in twenty must not be left alone for ten seconds each time. */
const pausesMs = [500, 2000];

/** An event that was refused so often in a row, over an hour and a half, may be the only one that is: later ones are tried. */
const mostFailures = 10;
/** When the target takes none of so many later ones, the fault is not the event's. */
const laterTried = 10;

/**
 * Publish queue → the world: tells every target what it was not told yet, in order. A target that fails keeps its place and is tried again
 * later; the others go on. An event that alone is refused again and again is set aside, so that it does not keep back the later ones.
 * A target may hear an event twice, when this process dies between telling and noting it.
 */
export async function startPublishWorker(deps: {
  store: Store;
  queues: Queues;
  settings: Settings;
  log: Log;
  post: Post;
  observer?: WorkObserver | undefined;
  tracer?: Tracer | undefined;
}): Promise<{ close(): Promise<void> }> {
  const { store, queues, settings } = deps;
  const log = deps.log.child({ worker: 'publish' });
  const targets = targetsOf(settings, store, createAddresses(slugs), deps.post).map((one) => traced(one, deps.tracer));
  if (settings.HUB_URL && !settings.PUBLIC_URL)
    log.warn('HUB_URL is set, but not PUBLIC_URL: the hub is not told, since it could not fetch the feeds');
  for (const target of targets) await openTarget(store.db, target.name);

  const stop = new AbortController();
  const { signal } = stop;
  // Side by side: one that does not answer must not keep the others waiting.
  const worker = queues.work('publish', tellEverybody, { log });

  async function tellEverybody(): Promise<void> {
    // Readers' rules and subscribers of the hub have a queue of their own.
    await queues.add('deliver', 'rules', { look: 'rules' }, { again: true });
    await Promise.all(targets.map(tellAll));
    if (ownsHub(settings)) await queues.add('deliver', 'hub', { look: 'hub' }, { again: true });
  }

  /** @returns why the target did not take them, after some tries; undefined when it did */
  async function tell(target: Target, events: readonly StoreEvent[]): Promise<string | undefined> {
    for (const pauseMs of [...pausesMs, undefined]) {
      const failure = await target.tell(events, signal).then(() => undefined, reasonOf);
      if (failure === undefined || pauseMs === undefined || signal.aborted) return failure;
      await sleep(pauseMs, undefined, { signal }).catch(() => undefined);
    }
    return undefined;
  }

  async function tellAll(target: Target): Promise<void> {
    for (;;) {
      const events = await nextEvents(store.db, target.name, new Date());
      if (events.length === 0) return tellAside(target);
      for (let index = 0; index < events.length; index += target.atATime) {
        const some = events.slice(index, index + target.atATime);
        const last = some.at(-1);
        if (signal.aborted || !last) return;
        const failure = await tell(target, some);
        if (!signal.aborted) deps.observer?.delivery(kindOf(target.name), some.length, failure === undefined);
        if (signal.aborted && failure !== undefined) return;
        if (failure !== undefined) {
          log.warn({ target: target.name, error: failure }, 'not told; trying again later');
          const failures = await markFailed(store.db, target.name, failure, new Date());
          if (failures < mostFailures || target.atATime > 1) return;
          if (!(await stepOver(target, { event: last, error: failure }, events.slice(index + 1)))) return;
          break;
        }
        await markTold(store.db, target.name, last, new Date());
      }
    }
  }

  /** Sets an event aside when the target takes a later one. @returns whether it did */
  async function stepOver(target: Target, first: RefusedEvent, later: readonly StoreEvent[]): Promise<boolean> {
    const refused = [first];
    for (const event of later.slice(0, laterTried)) {
      const error = await target.tell([event], signal).then(() => undefined, reasonOf);
      if (signal.aborted && error !== undefined) return false;
      if (error === undefined) {
        await setAside(store.db, target.name, refused, new Date());
        await markTold(store.db, target.name, event, new Date());
        log.error({ target: target.name, events: refused.length, error: first.error }, 'set aside; later ones go on');
        return true;
      }
      refused.push({ event, error });
    }
    return false;
  }

  /** What was set aside, once a day. */
  async function tellAside(target: Target): Promise<void> {
    for (const event of await dueAside(store.db, target.name, new Date())) {
      const error = await target.tell([event], signal).then(() => undefined, reasonOf);
      if (signal.aborted && error !== undefined) return;
      await triedAside(store.db, target.name, event, error, new Date());
    }
  }

  return {
    async close() {
      stop.abort();
      await worker.close();
    },
  };
}

/** The target, with what it is told in the traces of the articles. */
const traced = (target: Target, tracer: Tracer | undefined): Target => ({
  ...target,
  tell: (events, signal) =>
    traceTelling(
      tracer,
      async () => ({
        parents: events.flatMap(({ trace }) => trace ?? []),
        attributes: { 'courant.target': shownTarget(target.name), 'courant.events': events.length },
      }),
      () => target.tell(events, signal),
    ),
});

/** A target's name begins with what it is. */
function kindOf(name: string): 'hub' | 'webhook' | 'other' {
  const [kind = ''] = name.split(' ');
  return kind === 'hub' || kind === 'webhook' ? kind : 'other';
}
