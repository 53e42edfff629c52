import { once } from 'node:events';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAlive } from '../../src/store/server/folder-lock.ts';
import { openCable } from '../support/cable.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { startCourant } from '../support/process.ts';
import { openTestRedis, redisMissing, type TestRedis } from '../support/redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const until = async (done: () => Promise<boolean>) => {
  while (!(await done())) await pause(100);
};

let folder: string;
let catalogue: string;
beforeAll(async () => {
  folder = temporaryFolder('outages');
  await chmod(folder, 0o755);
  catalogue = path.join(folder, 'sources.yaml');
  await writeFile(catalogue, 'sources:\n  - { id: one, name: One, home: "http://one.invalid/" }\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const statusOf = (url: string, route: string): Promise<number> =>
  fetch(url + route).then(
    ({ status }) => status,
    () => 0,
  );

describe('the embedded PostgreSQL is killed under a running process', () => {
  // A path that has to be quoted everywhere, below a folder that only its owner may enter.
  it('is started again on its port by whoever runs', { timeout: 180_000 }, async () => {
    const closed = path.join(folder, "Søren's $HOME (пример)");
    await mkdir(closed, { mode: 0o700 });
    const data = path.join(closed, 'data');
    await using wire = startCourant(['start', '--sources', catalogue, '--data', data, '--port', '0']);
    const [url] = await wire.until(/http:\/\/127\.0\.0\.1:\d+/);
    const server = async () => (await readFile(path.join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n');
    const [pid, , , port] = await server();
    expect(await statusOf(url, '/health')).toBe(200);
    process.kill(Number(pid), 'SIGKILL');
    await wire.until(/database lost; waiting/);
    await wire.until(/database back/);
    const again = await server();
    expect([again[0] === pid, again[3]]).toEqual([false, port]);
    await until(async () => (await statusOf(url, '/health')) === 200);
    expect(await statusOf(url, '/feed.xml')).toBe(200);

    // And once more, in the midst of the shutdown of the process.
    process.kill(Number(again[0]), 'SIGKILL');
    const { code, seconds } = await wire.stop('SIGTERM');
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
  });
});

describe('a PostgreSQL of one’s own', () => {
  it('that is away at start is waited for, and the wire begins when it is there', { timeout: 60_000 }, async () => {
    await using database = await openTestDatabase();
    const cable = await openCable(new URL(database.url));
    cable.cut();
    await using wire = startCourant(['serve', '--port', '0', '--database', cable.url, '--log', 'info']);
    await wire.until(/waiting for database/);
    cable.mend();
    const [url] = await wire.until(/http:\/\/127\.0\.0\.1:\d+/);
    await until(async () => (await statusOf(url, '/ready')) === 200);
    expect((await wire.stop('SIGTERM')).code).toBe(0);
    await cable.close();
  });
});

const missing = redisMissing();
describe.skipIf(missing)(missing ?? 'Redis', () => {
  let database: TestDatabase;
  let redis: TestRedis;
  beforeAll(async () => {
    database = await openTestDatabase();
    redis = await openTestRedis();
  });
  afterAll(async () => {
    await redis[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  });
  const settings = () => ['--database', database.url, '--redis', redis.url, '--log', 'info'];

  it('away at start: waits, says so, begins when it is there, and sets its clock in an empty one', {
    timeout: 120_000,
  }, async () => {
    await redis.kill();
    await using wire = startCourant(['start', '--sources', catalogue, '--port', '0', ...settings()]);
    await wire.until(/waiting for queues/);
    await redis.restart();
    const [url] = await wire.until(/http:\/\/127\.0\.0\.1:\d+/);
    expect(await statusOf(url, '/ready')).toBe(200);

    await redis.kill();
    await until(async () => (await statusOf(url, '/ready')) === 503);
    await wire.until(/queues lost; waiting/);
    await redis.restart({ empty: true });
    await wire.until(/queues back/);
    await until(async () => (await statusOf(url, '/ready')) === 200);
    const client = new Redis(redis.url);
    await until(async () => (await client.keys('courant:schedule:repeat*')).length > 0);
    await client.flushall();
    await until(async () => (await client.keys('courant:schedule:repeat*')).length > 0);
    client.disconnect();
    const { code, seconds } = await wire.stop('SIGTERM');
    expect([code, wire.output.stderr.split('\n').length < 60]).toEqual([0, true]);
    expect(seconds).toBeLessThan(10);
  });

  it.each([
    ['has no memory left', ['CONFIG', 'SET', 'maxmemory', '1'], ['CONFIG', 'SET', 'maxmemory', '0']],
    ['is a replica for now', ['REPLICAOF', '127.0.0.1', '1'], ['REPLICAOF', 'NO', 'ONE']],
  ] as const)(
    'that %s: says that it takes no writes, and goes on when it does',
    { timeout: 120_000 },
    async (_, lose, mend) => {
      await using wire = startCourant(['start', '--sources', catalogue, '--port', '0', ...settings()]);
      const [url] = await wire.until(/http:\/\/127\.0\.0\.1:\d+/);
      const client = new Redis(redis.url);
      await until(async () => (await statusOf(url, '/ready')) === 200);
      await client.call(lose[0], ...lose.slice(1));
      await wire.until(/queues lost; waiting/);
      expect(await statusOf(url, '/ready')).toBe(503);
      expect(await statusOf(url, '/feed.xml')).toBe(200);
      await client.call(mend[0], ...mend.slice(1));
      await wire.until(/queues back/);
      expect(await statusOf(url, '/ready')).toBe(200);
      client.disconnect();
      expect((await wire.stop('SIGTERM')).code).toBe(0);
    },
  );

  it('lost for longer than --exit-when-lost: ends with status 1 and one line', { timeout: 120_000 }, async () => {
    await using worker = startCourant(['work', 'publish', '--exit-when-lost', '2', ...settings()]);
    await worker.until(/Ctrl-C stops it/);
    await redis.kill();
    await once(worker.child, 'close');
    expect(worker.child.exitCode).toBe(1);
    expect(worker.output.stderr).toMatch(/^courant: No answer from the queues for \d+ s/m);
    await redis.restart();
  });

  it('away for ever: SIGTERM ends the process all the same', { timeout: 60_000 }, async () => {
    await redis.kill();
    await using waiting = startCourant(['work', 'crawl', ...settings()]);
    await waiting.until(/waiting for queues/);
    const { code, seconds } = await waiting.stop('SIGTERM');
    expect([code, isAlive(waiting.child.pid ?? 0)]).toEqual([0, false]);
    expect(seconds).toBeLessThan(10);
    await redis.restart();
  });
});
