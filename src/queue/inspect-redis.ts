import { Redis } from 'ioredis';
import { within } from '../domain/within.ts';

/** What of a Redis matters for the queues. */
export interface RedisInspection {
  readonly version: string;
  /** Whether jobs outlive a restart. */
  readonly keepsJobs: boolean;
  /** Its `maxmemory-policy`; undefined where it does not tell. */
  readonly policy: string | undefined;
}

const answerMs = 5000;

/** Asks a Redis and changes nothing in it. Throws what it answers. */
export async function inspectRedis(url: string): Promise<RedisInspection> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  let heard: unknown;
  redis.on('error', (error) => {
    heard = error;
  });
  try {
    await within(answerMs, redis.connect()).catch((error) => {
      throw heard ?? error;
    });
    const info = await within(answerMs, redis.info());
    const field = (name: string): string | undefined => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
    // Managed servers refuse CONFIG; INFO tells the policy as well.
    return {
      version: field('redis_version') ?? 'of unknown version',
      keepsJobs: field('aof_enabled') === '1',
      policy: field('maxmemory_policy'),
    };
  } finally {
    redis.disconnect();
  }
}
