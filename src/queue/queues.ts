import { type JobsOptions, type Processor, type Queue, UnrecoverableError } from 'bullmq';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import { createLimitedLog } from '../domain/limited-log.ts';
import type { Log } from '../domain/log.ts';
import { within } from '../domain/within.ts';
import type { ArticleJob } from './article-jobs.ts';
import { type Backend, keptWhenDone } from './backend.ts';
import { keepWorker, type QueueWorker } from './kept-worker.ts';
import { openPostgresBackend } from './postgres-backend.ts';
import { openRedisBackend } from './redis-backend.ts';

/** Crawl one source. */
export interface CrawlJob {
  readonly source: string;
}

/** There is something to tell; what, stands in the store's events. */
export type PublishJob = Record<string, never>;

/** What can be looked for: alerts, news for readers' rules, what the hub has to do, whether the hub can be reached. */
export type Look = 'alerts' | 'rules' | 'hub' | 'check';

/** Send one message of the store, ask or tell a subscriber of the hub, or look for what is to be told. */
export type DeliverJob =
  | { readonly message: string }
  | { readonly verify: string }
  | { readonly distribute: string }
  | { readonly look: Look };

/** Look for due sources and for what was left behind. */
export type TickJob = Record<string, never>;

export interface Jobs {
  readonly schedule: TickJob;
  readonly crawl: CrawlJob;
  readonly article: ArticleJob;
  readonly publish: PublishJob;
  readonly deliver: DeliverJob;
}
export type QueueName = keyof Jobs;
export const queueNames = [
  'schedule',
  'crawl',
  'article',
  'publish',
  'deliver',
] as const satisfies readonly QueueName[];

/** How often a job is tried where it is not as all others: a mail server may be down for a night. Pauses of 2 s, doubled: nine hours. */
const tries: Partial<Record<QueueName, Pick<JobsOptions, 'attempts' | 'backoff'>>> = {
  deliver: { attempts: 15, backoff: { type: 'exponential', delay: 2000, jitter: 0.3 } },
};

/** What a processor throws to end its job as failed, with that cause, and without another try: what it had to write is written. */
export const endAsFailed = (cause: string): Error => new UnrecoverableError(cause);

/** How a queue is worked on. */
export interface WorkOptions<N extends QueueName> {
  readonly log: Log;
  /** Jobs at the same time; one when not given. */
  readonly concurrency?: number;
  /** Told of a job that failed on its last try. */
  readonly onGivenUp?: (job: Jobs[N], error: Error) => void;
}

export interface Queues {
  readonly backend: Backend['name'];
  /** The queue itself, for dashboards and counts. */
  queue(name: QueueName): Queue;
  /**
   * Adds a job; while one with the same `identity` waits or runs, the newcomer is dropped, so adding is idempotent.
   * @param options.again when a job of that identity runs right now, run once more after it
   */
  add<N extends QueueName>(name: N, identity: string, job: Jobs[N], options?: { again?: boolean }): Promise<void>;
  /** Works on that queue, through every outage of its server, until it is closed; close it before the queues. */
  work<N extends QueueName>(name: N, processor: Processor<Jobs[N]>, options: WorkOptions<N>): QueueWorker;
  /** Forgets the oldest of the jobs that were done, where more are kept than the operator would look at. */
  trim(): Promise<void>;
  /** Has tried now what failed on a machine whose clock was ahead of `now`, the database's: it was put off for as long. */
  hasten(now: Date): Promise<void>;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the queues on Redis when `redisUrl` is given, else in a schema of the PostgreSQL behind `databaseUrl`.
 * @param options.prefix keeps two wires on one backend apart
 * @throws CannotRunError when the server does not answer
 */
export async function openQueues(options: {
  databaseUrl: string;
  redisUrl?: string | undefined;
  prefix?: string;
}): Promise<Queues> {
  const backend = options.redisUrl
    ? await openRedisBackend(options.redisUrl, options.prefix)
    : await openPostgresBackend(options.databaseUrl, options.prefix);
  // All at once and before anything uses them: BullMQ remembers for ever that the first connection of a queue failed.
  const open = new Map(queueNames.map((name) => [name, listening(backend.queue(name))] as const));
  const close = async () => {
    const closed = Promise.all([...open.values()].map((queue) => queue.close()));
    await within(closeWithinMs, closed).catch(() => undefined);
    await within(closeWithinMs, backend.close()).catch(() => undefined);
  };
  try {
    await within(readyWithinMs, Promise.all([...open.values()].map((queue) => queue.waitUntilReady())));
  } catch (cause) {
    await close();
    throw new CannotRunError(`The queues in ${backend.name} cannot be used: ${reasonOf(cause)}.`, { cause });
  }
  const queue = (name: QueueName): Queue => {
    const known = open.get(name);
    if (!known) throw new Error(`There is no queue ${name}.`);
    return known;
  };
  return {
    backend: backend.name,
    queue,
    async add(name, identity, job, options = {}) {
      await queue(name).add(name, job, {
        ...tries[name],
        deduplication: { id: identity, ...(options.again ? { keepLastIfActive: true } : {}) },
      });
    },
    work: (name, processor, options) => workOn(backend, name, processor, options),
    async trim() {
      for (const [name, one] of open) {
        const excess = (await one.getCompletedCount()) - keptWhenDone[name];
        if (excess > 0) await one.clean(0, excess, 'completed');
      }
    },
    async hasten(now) {
      for (const [name, one] of open)
        for (const id of await backend.putOffTooFar(name, now))
          await (await one.getJob(id))?.promote().catch(() => undefined);
    },
    ping: () => within(answerWithinMs, backend.ping()),
    close,
  };
}

const readyWithinMs = 20_000;
const closeWithinMs = 2000;
const answerWithinMs = 5000;

/** Troubles of connection surface in the calls that need the connection. */
function listening(queue: Queue): Queue {
  queue.on('error', () => undefined);
  return queue;
}

function workOn<N extends QueueName>(
  backend: Backend,
  name: N,
  processor: Processor<Jobs[N]>,
  options: WorkOptions<N>,
): QueueWorker {
  const { concurrency = 1, onGivenUp } = options;
  return keepWorker(() => {
    const worker = backend.worker(name, processor as Processor, concurrency);
    worker.on('failed', (job, error) => {
      if (error instanceof UnrecoverableError) return;
      if (job && job.attemptsMade >= (job.opts.attempts ?? 1)) onGivenUp?.(job.data, error);
    });
    return worker;
  }, createLimitedLog(options.log));
}
