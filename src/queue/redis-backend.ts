import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import { aheadMs, type Backend, defaultJobOptions, mostPutOff, workerOptions } from './backend.ts';

/** BullMQ keeps the time at which a job is due times this, so that 4,096 of one millisecond keep their order. */
const scoreAMs = 0x1000;

/** The queues in Redis. @throws CannotRunError when it does not answer or refuses us */
export async function openRedisBackend(url: string, prefix = 'courant'): Promise<Backend> {
  const connection = new Redis(url, { maxRetriesPerRequest: null, lazyConnect: true });
  // Without a listener ioredis would end the process; the commands themselves report and retry.
  let heard: unknown;
  connection.on('error', (error) => {
    heard = error;
  });
  try {
    await connection.connect();
  } catch (cause) {
    // It would go on to connect for ever, and keep the process from ending.
    connection.disconnect();
    const { host } = new URL(url);
    throw new CannotRunError(
      `Redis at ${host} cannot be used: ${reasonOf(heard ?? cause)}. Start it, or unset REDIS_URL: the queues then live in PostgreSQL.`,
      { cause: heard ?? cause },
    );
  }
  return {
    name: 'redis',
    queue: (name) => new Queue(name, { connection, prefix, defaultJobOptions }),
    worker: (name, processor, concurrency) =>
      new Worker(name, processor, { connection, prefix, concurrency, ...workerOptions }),
    async putOffTooFar(name, now) {
      const key = `${prefix}:${name}`;
      const last = await connection.zrevrange(`${key}:delayed`, 0, mostPutOff - 1, 'WITHSCORES');
      const ids: string[] = [];
      for (let index = 0; index < last.length; index += 2) {
        const [id = '', score] = last.slice(index, index + 2);
        const pauseMs = Number(await connection.hget(`${key}:${id}`, 'delay'));
        if (Number(score) / scoreAMs > now.getTime() + pauseMs + aheadMs) ids.push(id);
      }
      return ids;
    },
    async ping() {
      // A command would wait in line until Redis is back; who asks wants to know now.
      if (connection.status !== 'ready')
        throw Object.assign(new Error('Redis does not answer'), { code: 'ECONNREFUSED' });
      // It may answer and yet take no writes: it has no memory left, or is a replica since a fail-over.
      await connection.set(`${prefix}:alive`, Date.now(), 'EX', 3600).catch((error: Error) => {
        throw Object.assign(error, { code: error.message.split(' ', 1)[0] });
      });
    },
    async close() {
      connection.disconnect();
    },
  };
}
