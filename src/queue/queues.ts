import type { JobsOptions, Processor } from 'bullmq';
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { CrawledArticle } from '../domain/article.ts';

/** Crawl one source. */
export interface CrawlJob {
  readonly source: string;
}

/** There is something to tell; what, stands in the store's events. */
export type PublishJob = Record<string, never>;

/** Look for due sources and for what was left behind. */
export type TickJob = Record<string, never>;

export interface Jobs {
  readonly schedule: TickJob;
  readonly crawl: CrawlJob;
  readonly article: CrawledArticle;
  readonly publish: PublishJob;
}
export type QueueName = keyof Jobs;
export const queueNames = ['schedule', 'crawl', 'article', 'publish'] as const satisfies readonly QueueName[];

export interface Queues {
  readonly backend: 'postgres' | 'redis';
  /** The queue itself, for dashboards and counts. */
  queue(name: QueueName): Queue;
  /**
   * Adds a job; while one with the same `identity` waits or runs, the newcomer is dropped, so adding is idempotent.
   * @param options.again when a job of that identity runs right now, run once more after it
   */
  add<N extends QueueName>(name: N, identity: string, job: Jobs[N], options?: { again?: boolean }): Promise<void>;
  /** A worker of that queue; close it before the queues. */
  work<N extends QueueName>(
    name: N,
    processor: Processor<Jobs[N]>,
    options?: { concurrency?: number },
  ): Worker<Jobs[N]>;
  /** Rejects when the backend does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the queues on Redis when `redisUrl` is given, else in a schema of the PostgreSQL behind `databaseUrl`.
 * @param options.prefix keeps two wires on one backend apart
 */
export async function openQueues(options: {
  databaseUrl: string;
  redisUrl?: string | undefined;
  prefix?: string;
}): Promise<Queues> {
  return options.redisUrl
    ? openRedisQueues(options.redisUrl, options.prefix)
    : openPostgresQueues(options.databaseUrl, options.prefix);
}

/** Failed jobs are kept for the operator to see and retry; what was done is in the store. */
const defaultJobOptions = {
  attempts: 8,
  backoff: { type: 'exponential', delay: 1000, jitter: 0.3 },
  removeOnComplete: true,
  removeOnFail: { count: 1000, age: 7 * 86_400 },
} satisfies JobsOptions;

/** A job whose process died is given to another within a minute, however often: what it does is idempotent. */
const workerOptions = { lockDuration: 30_000, stalledInterval: 10_000, maxStalledCount: 1000 };

async function openPostgresQueues(url: string, prefix = 'courant_queue'): Promise<Queues> {
  const schema = prefix.replaceAll('-', '_');
  const pool = new pg.Pool({
    connectionString: url,
    max: 12,
    application_name: 'courant',
    options: `-c search_path=${schema}`,
  });
  pool.on('error', () => undefined);
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    client.release();
  }
  const own = { connectionString: url, schema, application_name: 'courant' };
  return assemble({
    backend: 'postgres',
    queue: (name) => new Queue(name, { connection: { ...own, max: 4 }, defaultJobOptions }, createPostgresBackend),
    worker: (name, processor, concurrency) =>
      new Worker(
        name,
        processor,
        { connection: { ...own, max: 4 }, concurrency, ...workerOptions },
        createPostgresBackend,
      ),
    ping: async () => {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  });
}

async function openRedisQueues(url: string, prefix = 'courant'): Promise<Queues> {
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  // Without a listener ioredis would end the process; the commands themselves report and retry.
  connection.on('error', () => undefined);
  await connection.connect();
  return assemble({
    backend: 'redis',
    queue: (name) => new Queue(name, { connection, prefix, defaultJobOptions }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection, prefix, concurrency, ...workerOptions }),
    ping: async () => {
      await connection.ping();
    },
    close: async () => connection.disconnect(),
  });
}

interface Backend {
  readonly backend: Queues['backend'];
  // BullMQ's classes carry the backend in their type, which no caller needs to know.
  queue(name: string): unknown;
  worker(name: string, processor: Processor, concurrency: number): unknown;
  ping(): Promise<void>;
  close(): Promise<void>;
}

function assemble(backend: Backend): Queues {
  const open = new Map<QueueName, Queue>();
  const queue = (name: QueueName): Queue => {
    const known = open.get(name);
    if (known) return known;
    const opened = backend.queue(name) as Queue;
    // Connection troubles surface in the calls that need the connection.
    opened.on('error', () => undefined);
    open.set(name, opened);
    return opened;
  };
  return {
    backend: backend.backend,
    queue,
    async add(name, identity, job, options = {}) {
      await queue(name).add(name, job, {
        deduplication: { id: identity, ...(options.again ? { keepLastIfActive: true } : {}) },
      });
    },
    work: (name, processor, options = {}) =>
      backend.worker(name, processor as Processor, options.concurrency ?? 1) as Worker,
    ping: backend.ping,
    async close() {
      await Promise.all([...open.values()].map((one) => one.close()));
      await backend.close();
    },
  };
}
