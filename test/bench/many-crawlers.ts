import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { stringify } from 'yaml';
import { type Running, startCourant } from '../support/process.ts';
import { openTestRedis, redisMissing } from '../support/redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { pin, serversAndOthers, watchLock } from './many-parts.ts';
import { cpuOf, serverOf, treeOf } from './process-tree.ts';
import { copyFilled } from './wire-store.ts';

export interface ManyCrawlers {
  readonly crawlers: number;
  readonly ingests: number;
  readonly hosts: number;
  /** Articles of each host. */
  readonly articles: number;
  /** A stopped store that is copied. */
  readonly filled: string;
}

/** Sites are asked so often a second that their pace holds nobody up. */
const rate = 20;
const lookEveryMs = 500;
/** When nothing has ended for so long, the round is over. */
const stillMs = 60_000;

/**
 * A wire on machines of its own: one scheduler, crawlers and ingest processes as `courant work` starts them, PostgreSQL for the store and Redis
 * for the queues, and a press. Measured from the first tenth of the articles to the last nine tenths: what starts and ends is left out.
 */
export async function measureCrawlers(options: ManyCrawlers): Promise<Record<string, number | string>> {
  const { crawlers, ingests, hosts } = options;
  const missing = redisMissing();
  if (missing) return { crawlers, ingests, note: missing };
  const folder = temporaryFolder('many');
  await chmod(folder, 0o755);
  await using press = await openPress(hosts, options.articles);
  await using redis = await openTestRedis();
  try {
    await using server = await copyFilled(options.filled, folder);
    const catalogue = path.join(folder, 'sources.yaml');
    await writeFile(catalogue, stringify({ sources: press.sources }));
    const env = {
      ...{ DATABASE_URL: server.url, REDIS_URL: redis.url, SOURCES: catalogue, DATA_DIR: folder },
      ...{ HTTP_PROXY: press.proxy, RATE: String(rate), LOG_LEVEL: 'warn' },
      CRAWL_CONCURRENCY: String(Math.ceil(hosts / crawlers)),
    };
    const start = (role: string, count: number): Running[] =>
      Array.from({ length: count }, () => startCourant(['work', role], env));
    const running = {
      crawl: start('crawl', crawlers),
      ingest: start('ingest', ingests),
      schedule: start('schedule', 1),
    };
    try {
      await using lock = await watchLock(server.url);
      const pids = {
        crawl: running.crawl.flatMap(({ child }) => child.pid ?? []),
        ingest: running.ingest.flatMap(({ child }) => child.pid ?? []),
        database: serverOf(folder),
        queues: await pidsOf('redis-server'),
        press: [press.pid],
      };
      const { servers, others } = serversAndOthers();
      pin([...pids.database, ...pids.queues], servers);
      pin([...pids.crawl, ...pids.ingest, ...pids.press], others);
      const used = () => ({
        ...{ crawl: cpuOf(pids.crawl), ingest: cpuOf(pids.ingest), database: cpuOf(serverOf(folder)) },
        ...{ queues: cpuOf(pids.queues), press: cpuOf(pids.press) },
      });
      const { from, to } = await watchRound(server.url, hosts * options.articles, used);
      const done = to.ended - from.ended;
      const seconds = (to.at - from.at) / 1000;
      const each = (part: keyof typeof pids) => Number(((1000 * (to.used[part] - from.used[part])) / done).toFixed(1));
      return {
        ...{ crawlers, ingests, articles: done, 'articles/s': Number((done / seconds).toFixed(1)) },
        ...{ 'crawl, CPU ms an article': each('crawl'), 'ingest, CPU ms': each('ingest') },
        ...{ 'PostgreSQL, CPU ms': each('database'), 'Redis, CPU ms': each('queues'), 'press, CPU ms': each('press') },
        'of the time somebody waits for the lock, %': Math.round(100 * lock.waited()),
        'waiting for ingest at the end': to.queued,
      };
    } finally {
      await Promise.all(Object.values(running).flatMap((some) => some.map((one) => one.stop('SIGTERM'))));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Look<Used> {
  readonly at: number;
  readonly ended: number;
  readonly queued: number;
  readonly used: Used;
}

/** Looks on until all articles have an outcome. Gives the looks at about a tenth and nine tenths of them. */
async function watchRound<Used>(
  url: string,
  articles: number,
  used: () => Used,
): Promise<{ from: Look<Used>; to: Look<Used> }> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=courant' });
  await client.connect();
  const looks: Look<Used>[] = [];
  try {
    let movedAt = performance.now();
    for (;;) {
      const { rows } = await client.query<{ ended: number; queued: number }>(
        `select (count(*) filter (where state = 'done'))::int as ended, (count(*) filter (where state = 'queued'))::int as queued
         from links where source like 'paper-%'`,
      );
      const { ended = 0, queued = 0 } = rows[0] ?? {};
      if (ended !== looks.at(-1)?.ended) movedAt = performance.now();
      looks.push({ at: performance.now(), ended, queued, used: used() });
      if (ended >= articles) break;
      if (performance.now() - movedAt > stillMs) throw new Error(`${ended} of ${articles} articles came to an end`);
      await sleep(lookEveryMs);
    }
  } finally {
    await client.end();
  }
  const reached = (share: number) => looks.find(({ ended }) => ended >= share * articles) as Look<Used>;
  return { from: reached(0.1), to: reached(0.9) };
}

async function openPress(hosts: number, articles: number) {
  const words = ['test/bench/generated-press.ts', '--hosts', `${hosts}`, '--articles', `${articles}`, '--seed', '1'];
  const press = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  while (!told.includes('\n')) told += String((await once(press.stdout, 'data'))[0]);
  const { proxy, sources } = JSON.parse(told) as { proxy: string; sources: unknown[] };
  return {
    ...{ proxy, sources, pid: press.pid ?? 0 },
    async [Symbol.asyncDispose]() {
      const ended = once(press, 'exit');
      press.kill();
      await ended;
    },
  };
}

/** Our descendants of that name. */
async function pidsOf(name: string): Promise<number[]> {
  const all = treeOf(process.pid);
  const names = await Promise.all(all.map((pid) => readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')));
  return all.filter((_, index) => names[index]?.trim() === name);
}
