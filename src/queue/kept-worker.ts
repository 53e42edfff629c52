import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'bullmq';
import { reasonOf } from '../domain/cannot-run.ts';
import type { LimitedLog } from '../domain/limited-log.ts';
import { within } from '../domain/within.ts';

/** A worker of a queue. */
export interface QueueWorker {
  /** What it has in hand is finished, or left to be given to another worker when that takes too long. */
  close(): Promise<void>;
}

const readyWithinMs = 20_000;
const closeWithinMs = 6000;
const longestPauseMs = 10_000;

/**
 * Keeps a worker running. BullMQ remembers for ever that the first connection of a worker failed; such a worker is thrown away and another
 * one is made, after growing pauses. One that was connected once gets over every later outage by itself.
 */
export function keepWorker(make: () => Worker, log: LimitedLog): QueueWorker {
  const stop = new AbortController();
  const started = start();
  started.catch(() => undefined);

  async function start(): Promise<Worker | undefined> {
    for (let pause = 500; !stop.signal.aborted; pause = Math.min(2 * pause, longestPauseMs)) {
      const worker = make();
      worker.on('error', (error) => log.warn(reasonOf(error), 'the queue does not answer; trying again'));
      try {
        await within(readyWithinMs, worker.waitUntilReady());
        worker.run().catch((error) => log.warn(reasonOf(error), 'a worker stopped'));
        return worker;
      } catch (error) {
        log.warn(reasonOf(error), 'the queue cannot be reached; trying again');
        await within(1000, worker.close(true)).catch(() => undefined);
        await sleep(pause, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  return {
    async close() {
      stop.abort();
      const worker = await within(closeWithinMs, started).catch(() => undefined);
      if (worker) await within(closeWithinMs, worker.close()).catch(() => undefined);
    },
  };
}
