import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Fleet } from './fleet.ts';
import type { World } from './world.ts';

/** One thing that goes wrong; resolves when it is over, to what it was. */
type Blow = (world: World, fleet: Fleet, random: () => number) => Promise<string>;

const killProcess: Blow = async (_world, fleet, random) => `kill ${fleet.kill(Math.floor(random() * 100))}`;

const endConnections: Blow = async ({ store }) => {
  await store.pool
    .query(
      `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend'`,
    )
    .catch(() => undefined);
  return 'end all connections';
};

/** PostgreSQL ends all its processes when one dies, and recovers. */
const killBackend: Blow = async ({ store }) => {
  const { rows } = await store.pool
    .query(
      `select pid from pg_stat_activity where pid <> pg_backend_pid() and backend_type = 'client backend' order by random() limit 1`,
    )
    .catch(() => ({ rows: [] }));
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
  return 'kill a backend of PostgreSQL';
};

const killPostgres: Blow = async ({ server, folder }, _fleet, random) => {
  const pid = await readFile(path.join(folder, 'data/postgres/postmaster.pid'), 'utf8').catch(() => '');
  if (Number.parseInt(pid, 10) > 0) process.kill(Number.parseInt(pid, 10), 'SIGKILL');
  await sleep(random() * 3000);
  await server.revive();
  return 'kill PostgreSQL';
};

const cutCables: Blow = async ({ cables }, _fleet, random) => {
  for (const cable of cables) cable.cut();
  await sleep(500 + random() * 2500);
  for (const cable of cables) cable.mend();
  return 'cut the network';
};

const killRedis: Blow = async ({ redis }, _fleet, random) => {
  await redis?.kill();
  await sleep(random() * 3000);
  await redis?.restart();
  return 'kill Redis';
};

const emptyRedis: Blow = async ({ redis }) => {
  if (redis) {
    const client = new Redis(redis.url, { maxRetriesPerRequest: 1 });
    client.on('error', () => undefined);
    await client.flushall().catch(() => undefined);
    client.disconnect();
  }
  return 'empty Redis';
};

/** How often each comes, in all 20. */
const onBoth: readonly [Blow, number][] = [
  [killProcess, 12],
  [endConnections, 2],
  [killBackend, 2],
  [killPostgres, 2],
  [cutCables, 2],
];
const onRedis: readonly [Blow, number][] = [
  [killRedis, 3],
  [emptyRedis, 1],
];

export function nextBlow(world: World, random: () => number): Blow {
  const all = [...onBoth, ...(world.redis ? onRedis : [])].flatMap(([blow, often]) => Array<Blow>(often).fill(blow));
  return all[Math.floor(random() * all.length)] ?? killProcess;
}
