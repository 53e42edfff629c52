import { setTimeout as sleep } from 'node:timers/promises';
import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import pg from 'pg';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import { aheadMs, type Backend, connectWithinMs, defaultJobOptions, mostPutOff, workerOptions } from './backend.ts';

/** BullMQ asks again at once after an error that it takes for no matter of connections, 25,000 times a second. */
const pauseAfterErrorMs = 1000;

/** BullMQ leaves its connections without a listener at times, and an unheard 'error' would end the process. */
class QuietClient extends pg.Client {
  override emit(event: string, ...rest: unknown[]): boolean {
    if (event === 'error' && this.listenerCount('error') === 0) return false;
    return super.emit(event, ...rest);
  }
}

const countMs = 1000;

/**
 * BullMQ counts each job that ends in a commit of its own, and all workers of a queue write the same row: measured on two cores, 170 jobs/s
 * became 33. Here those of a second are counted together; what a killed process had not written is missing in a chart.
 */
function countTogether(backend: object, queue: string): void {
  const { query } = backend as { query(sql: string, params: unknown[]): Promise<unknown> };
  const ended = new Map<string, number>();
  const write = async () => {
    const counted = [...ended];
    ended.clear();
    for (const [kind, jobs] of counted) {
      const params = [queue, kind, workerOptions.metrics.maxDataPoints, Date.now(), jobs];
      await query
        .call(backend, 'select collect_metrics($1, $2, $3, $4) from generate_series(1, $5)', params)
        .catch(() => undefined);
    }
  };
  Object.assign(backend, {
    async collectMetrics(kind: string) {
      if (ended.size === 0) setTimeout(write, countMs).unref();
      ended.set(kind, (ended.get(kind) ?? 0) + 1);
    },
  });
}

/**
 * Each queue and each worker has a pool, and one connection more on which it listens. A connection is a process of the server and takes
 * 4 MB there; no call of BullMQ holds one while it asks for another.
 */
const connectionsEach = 2;

const databaseMs = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

/**
 * Whose process died is judged by the time of the database, not by that of a worker: one whose clock is ahead would keep all others from
 * looking for hours, take from them what they have in hand, and keep, dead, what it had itself.
 */
function judgeByDatabase(backend: object, queue: string): void {
  const { query } = backend as { query(sql: string, params: unknown[]): Promise<{ rows: { id: string }[] }> };
  const { lockDuration, maxStalledCount, stalledInterval } = workerOptions;
  Object.assign(backend, {
    async moveStalledJobsToWait() {
      await query.call(
        backend,
        `update job set locked_until_ms = ${databaseMs} + $2::bigint
         where queue = $1 and state = 'active' and locked_until_ms > ${databaseMs} + 2 * $2::bigint`,
        [queue, lockDuration],
      );
      const sql = `select id from move_stalled_jobs_to_wait($1, $2, ${databaseMs}, $3) as moved(id)`;
      const { rows } = await query.call(backend, sql, [queue, maxStalledCount, stalledInterval]);
      return rows.map(({ id }) => id);
    },
  });
}

const patientBackend: typeof createPostgresBackend = (...words) => {
  const backend = createPostgresBackend(...words);
  countTogether(backend, words[0]);
  judgeByDatabase(backend, words[0]);
  // The connection on which it listens is made apart from its pool, which takes the class as an option.
  const { connection } = backend as unknown as { connection: { pgModule: object } };
  connection.pgModule = { ...pg, Client: QuietClient };
  const moveToActive = backend.moveToActive.bind(backend);
  backend.moveToActive = async (...job) => {
    try {
      return await moveToActive(...job);
    } catch (error) {
      await sleep(pauseAfterErrorMs, undefined, { ref: false });
      throw error;
    }
  };
  return backend;
};

/**
 * The queues in a schema of the PostgreSQL behind `url`, which is made when missing.
 * @throws CannotRunError when the server cannot be reached
 */
export async function openPostgresBackend(url: string, prefix = 'courant_queue'): Promise<Backend> {
  const schema = prefix.replaceAll('-', '_');
  const shared = {
    connectionString: url,
    application_name: 'courant',
    connectionTimeoutMillis: connectWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
  // For migrations and for questions about health; each queue and worker has a pool of its own.
  const pool = new pg.Pool({ ...shared, max: 2, options: `-c search_path=${schema}` });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, schema);
    } finally {
      client.release();
    }
  } catch (cause) {
    await pool.end();
    const { host, pathname } = new URL(url);
    throw new CannotRunError(`The queues in the database ${host}${pathname} cannot be used: ${reasonOf(cause)}.`, {
      cause,
    });
  }
  const connection = { ...shared, schema, max: connectionsEach, Client: QuietClient };
  // BullMQ's classes carry the backend in their type, which no caller needs to know.
  return {
    name: 'postgres',
    queue: (name) => new Queue(name, { connection, defaultJobOptions }, patientBackend) as unknown as Queue,
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection, concurrency, ...workerOptions }, patientBackend) as unknown as Worker,
    async putOffTooFar(name, now) {
      const { rows } = await pool.query<{ id: string }>(
        `select id from job where queue = $1 and state = 'delayed' and process_at_ms > $2::bigint + delay_ms
         order by process_at_ms desc limit $3`,
        [name, now.getTime() + aheadMs, mostPutOff],
      );
      return rows.map(({ id }) => id);
    },
    async ping() {
      await pool.query('select 1');
    },
    close: () => pool.end(),
  };
}
