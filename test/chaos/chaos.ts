/**
 * npm run test:chaos [-- --kills N --backend postgres,redis,"redis without files" --seed N --short]
 *
 * A wire of seven processes on the example press and a generated one, while what it lives on is killed, cut, filled and emptied again and
 * again, its clock jumps, a second wire starts beside it, and it is deployed anew. In the second half second looks are under way: articles
 * are corrected and withdrawn. Afterwards everything is left alone until it comes to rest, and must be what an undisturbed run gives: one
 * outcome a link, each article once, no GUID changed, every event told in order, no job left, every process ended by SIGTERM within 10 s.
 * The short form, eight blows a backend, is for CI.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPatiently } from '../../src/app/patience.ts';
import { openLog } from '../../src/domain/log.ts';
import { openQueues, type QueueName, type Queues, queueNames } from '../../src/queue/queues.ts';
import { redisMissing } from '../support/redis.ts';
import { nextBlow } from './blows.ts';
import { type Fleet, openFleet } from './fleet.ts';
import { type Guids, outOfOrder, readFeed, violations } from './invariants.ts';
import { type Backend, openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '220' },
    backend: { type: 'string' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});
/** It has come to rest in vain when nothing changes for so long, whatever the machine does beside. */
const stillForMs = 120_000;

const all = values.short ? 'postgres,redis' : 'postgres,redis,redis without files';
const backends = (values.backend ?? all).split(',') as Backend[];
const kills = values.short ? 8 : Number(values.kills);
let failed = false;
for (const backend of backends) {
  const missing = backend === 'postgres' ? undefined : redisMissing();
  if (missing) console.log(`${backend}: ${missing}`);
  else if (!(await run(backend, Math.ceil(kills / (values.short ? 1 : backends.length))))) failed = true;
}
process.exit(failed ? 1 : 0);

/** Tells how a run goes; the report itself goes to standard output. */
function tell(what: string | undefined): void {
  if (what !== undefined) console.error(`${process.uptime().toFixed(1)} s: ${what}`);
}

async function run(backend: Backend, count: number): Promise<boolean> {
  const started = performance.now();
  const random = randomFrom(Number(values.seed));
  await using world = await openWorld(backend, values.short ? 3 : 12);
  await using fleet = openFleet(world.env, world.folder);
  const guids: Guids = new Map();
  const wrong: string[] = [];
  const blows = new Map<string, number>();
  await fleet.web();

  for (let number = 1; number <= count; number++) {
    await sleep(300 + random() * 1500);
    const what = await nextBlow(world, random)(world, fleet, random);
    blows.set(what, (blows.get(what) ?? 0) + 1);
    tell(what);
    const half = Math.ceil(count / 2);
    // What is to be corrected and withdrawn must have been published.
    if (number === half) wrong.push(...(await rest(world)).map((one) => `half-way: ${one}`));
    if (number >= half && (number - half) % Math.ceil(count / 10) === 0) tell(world.press.advance());
    if (number % 5 === 0 || number > half) await makeDue(world);
    if (number % 10 === 0) wrong.push(...(await readNow(fleet, guids)));
  }
  for (let what = world.press.advance(); what; what = world.press.advance()) tell(what);
  await makeDue(world);

  const left = await rest(world);
  wrong.push(...left);
  wrong.push(...(await readAtLast(fleet, guids)));
  const order = new Map(
    (await world.store.pool.query('select id from events order by xact, id')).rows.map(({ id }, place) => [
      Number(id),
      place,
    ]),
  );
  const late = outOfOrder(world.told, order);
  if (late > 0) wrong.push(`${late} events were told out of order`);
  wrong.push(...fleet.ends, ...(await fleet.stop()));
  const twice = world.told.length - new Set(world.told).size;
  const seconds = Math.round((performance.now() - started) / 1000);
  const { rows } = await world.store.pool.query(
    `select string_agg(n || ' ' || kind, ', ' order by kind) as told from (select kind, count(*) as n from events group by kind) kinds`,
  );
  for (const kind of ['updated', 'withdrawn'])
    if (!String(rows[0].told).includes(kind)) wrong.push(`no article was ${kind}: there was no second look`);
  if (wrong.length > 0) wrong.push(...(await fleet.keepLogs(`test-results/chaos-${backend}-${values.seed}`)));
  console.log(
    `${backend}: ${count} blows in ${seconds} s (${[...blows].map(([what, often]) => `${often} × ${what}`).join(', ')}); events: ${rows[0].told}; ${twice} told twice, ${fleet.lines()} lines of log; ${wrong.length === 0 ? 'all as undisturbed' : 'WRONG:'}`,
  );
  for (const one of wrong) console.log(`  ${one}`);
  return wrong.length === 0;
}

function isJobs(one: string): boolean {
  return /^\d+ jobs in/.test(one);
}

/** Lets the wire come to rest; gives what is still wrong when nothing moves any more. */
async function rest(world: World): Promise<string[]> {
  await world.server.revive();
  const open = () => openQueues({ databaseUrl: world.server.url, redisUrl: world.redis?.url });
  const patience = { signal: new AbortController().signal, seconds: 60 };
  const queues = await openPatiently('queues', open, openLog('silent'), patience);
  let changedAt = performance.now();
  let before = '';
  try {
    for (let round = 0; ; round++) {
      const jobs: Record<string, number> = {};
      for (const name of queueNames) {
        if (name === 'schedule') continue;
        const counted = queues.queue(name).getJobCounts('waiting', 'active', 'prioritized', 'failed');
        // What cannot be counted now, on a machine that is too busy to connect, is counted in the next round.
        const counts = await counted.catch(() => ({ uncounted: 1 }));
        jobs[name] = Object.values(counts).reduce((sum, one) => sum + one, 0);
      }
      const left = await violations(world, jobs).catch((error: Error) => [`cannot ask: ${error.message}`]);
      // The crawls that look for what is missing come and go as jobs, and are no change.
      const missing = left.filter((one) => !isJobs(one));
      const now = JSON.stringify(missing.length > 0 ? missing : [left, jobs]);
      if (now !== before) {
        [before, changedAt] = [now, performance.now()];
        tell(`${left.length} things are not yet as they must be; first: ${left[0] ?? 'none'}`);
      }
      if (left.length === 0) return left;
      if (performance.now() - changedAt > stillForMs) return [...left, ...(await stuckJobs(queues))];
      // New crawls only while something is missing: jobs alone must go by themselves.
      if (round % 5 === 0 && missing.length > 0) await makeDue(world);
      await sleep(1000);
    }
  } finally {
    await queues.close();
  }
}

/** What a reader of the report needs to find why a job stays. */
async function stuckJobs(queues: Queues): Promise<string[]> {
  const of = async (name: QueueName) => {
    const jobs = await queues.queue(name).getJobs(['active', 'waiting', 'prioritized', 'failed'], 0, 5);
    const told = jobs.map(async (job) => {
      const { id, data, attemptsStarted, processedOn, processedBy } = job;
      const state = await job.getState().catch(() => 'in an unknown state');
      const what = JSON.stringify({ id, data, attemptsStarted, processedOn, processedBy });
      return `${name}: ${state} ${what.slice(0, 300)}`;
    });
    return Promise.all(told);
  };
  return (await Promise.all(queueNames.filter((name) => name !== 'schedule').map(of))).flat();
}

/** Second looks now, crawls now, and an end to the hour that a failed target waits. */
async function makeDue({ store }: World): Promise<void> {
  await store.pool
    .query(
      `update links set revisit_at = now() where outcome in ('published', 'updated');
       update sources set next_crawl_at = now(); update deliveries set next_try_at = now()`,
    )
    .catch(() => undefined);
}

/** The feed as a subscriber reads it; nothing while the web server is away. */
async function readNow(fleet: Fleet, guids: Guids): Promise<string[]> {
  return fleet
    .web()
    .then((url) => readFeed(url, guids))
    .catch(() => []);
}

/** The same, from a web server that is being started again perhaps. */
async function readAtLast(fleet: Fleet, guids: Guids): Promise<string[]> {
  for (let tries = 60; ; tries--) {
    try {
      return await readFeed(await fleet.web(), guids);
    } catch (error) {
      if (tries === 0) return [`the feed cannot be read: ${(error as Error).message}`];
      await sleep(1000);
    }
  }
}

/** Mulberry32: the same seed gives the same blows. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
