import { spawnSync } from 'node:child_process';
import { readFile, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { canJump } from './clock.ts';
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

/** Nothing can be written for some seconds. PostgreSQL may end over it. */
const fillDisk: Blow = async ({ folder, server }, _fleet, random) => {
  const file = path.join(folder, 'full');
  const { bavail, bsize } = await statfs(folder);
  spawnSync('fallocate', ['-l', String(bavail * bsize), file]);
  await sleep(1000 + random() * 3000);
  await rm(file, { force: true });
  await server.revive();
  return 'fill the disk';
};

const jumpClock: Blow = async (_world, fleet, random) => {
  fleet.setClock(random() < 0.5 ? '+3h' : '-3h');
  await sleep(1000 + random() * 3000);
  fleet.setClock('+0');
  return 'set the clock three hours wrong and right again';
};

const deploy: Blow = async (_world, fleet) => {
  await fleet.deploy();
  return 'deploy';
};

const secondStart: Blow = async (_world, fleet, random) => {
  await fleet.second(3000 + random() * 4000);
  return 'a second start';
};

/** How often each comes, in some 25. */
const onBoth: readonly [Blow, number][] = [
  [killProcess, 12],
  [endConnections, 2],
  [killBackend, 2],
  [killPostgres, 2],
  [cutCables, 2],
  [secondStart, 1],
  [deploy, 1],
];
const onSmallDisk: readonly [Blow, number][] = [[fillDisk, 1]];
const withClock: readonly [Blow, number][] = [[jumpClock, 1]];
const onRedis: readonly [Blow, number][] = [
  [killRedis, 3],
  [emptyRedis, 1],
];

export function nextBlow(world: World, random: () => number): Blow {
  const parts = [onBoth, world.redis ? onRedis : [], world.isSmall ? onSmallDisk : [], canJump ? withClock : []];
  const all = parts.flat().flatMap(([blow, often]) => Array<Blow>(often).fill(blow));
  return all[Math.floor(random() * all.length)] ?? killProcess;
}
