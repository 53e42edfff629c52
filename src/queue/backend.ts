import type { JobsOptions, Processor, Queue, Worker } from 'bullmq';

/** What the queues ask of PostgreSQL or Redis. */
export interface Backend {
  readonly name: 'postgres' | 'redis';
  queue(name: string): Queue;
  /** A worker that does not run yet. */
  worker(name: string, processor: Processor, concurrency: number): Worker;
  /**
   * Ids of the jobs (100 at most) that are due later after `now` than the pause which they were given, and a minute: a machine whose clock was
   * ahead gave it.
   */
  putOffTooFar(queue: string, now: Date): Promise<string[]>;
  /** Rejects when the server does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * How many jobs of a queue that were done are kept for the operator to look at; those of articles hold their texts. They are trimmed on each
 * tick (`Queues.trim`), not with each job: PostgreSQL would sort all of them every time.
 */
export const keptWhenDone = { schedule: 100, crawl: 1000, article: 100, publish: 100, deliver: 1000 };

/** A minute each, for the charts of the dashboard. */
const metricsMinutes = 24 * 60;

/** Failed jobs are kept for the operator to see and retry; what was done is in the store. */
export const defaultJobOptions = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.3 },
  removeOnComplete: { age: 3 * 86_400 },
  removeOnFail: { count: 1000, age: 7 * 86_400 },
  keepLogs: 200,
} satisfies JobsOptions;

/** A job whose process died is given to another within a minute, however often: what it does is idempotent. */
export const workerOptions = {
  metrics: { maxDataPoints: metricsMinutes },
  lockDuration: 30_000,
  stalledInterval: 10_000,
  maxStalledCount: 1000,
  /** How long a worker waits that was refused a connection, in ms. */
  runRetryDelay: 1000,
  /** It starts when its connections are there. */
  autorun: false,
};

/** Clocks of machines differ by less, in ms. */
export const aheadMs = 60_000;

/** Jobs that are looked at, or put right, at a time. */
export const mostPutOff = 100;

/** A connection that is asked for must be there or refused by then, in ms. */
export const connectWithinMs = 15_000;
