/**
 * npm run test:chaos [-- --kills N --backend postgres,redis,"redis without files" --seed N --short]
 *
 * A wire of seven processes on the example press and a generated one, while what it lives on is killed, cut and emptied again and again and
 * second looks are under way. Afterwards everything is left alone until it comes to rest, and must be what an undisturbed run gives: one
 * outcome a link, each article once, no GUID changed, every event told in order, no job left, every process ended by SIGTERM within 10 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openPatiently } from '../../src/app/patience.ts';
import { openLog } from '../../src/domain/log.ts';
import { openQueues, queueNames } from '../../src/queue/queues.ts';
import { redisMissing } from '../support/redis.ts';
import { nextBlow } from './blows.ts';
import { openFleet } from './fleet.ts';
import { type Guids, outOfOrder, readFeed, violations } from './invariants.ts';
import { type Backend, openWorld, type World } from './world.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '220' },
    backend: { type: 'string', default: 'postgres,redis,redis without files' },
    seed: { type: 'string', default: '1' },
    short: { type: 'boolean', default: false },
  },
});
const restWithinMs = 240_000;

const backends = (values.short ? 'postgres,redis' : values.backend).split(',') as Backend[];
const kills = values.short ? 12 : Number(values.kills);
let failed = false;
for (const backend of backends) {
  const missing = backend === 'postgres' ? undefined : redisMissing();
  if (missing) console.log(`${backend}: ${missing}`);
  else if (!(await run(backend, Math.ceil(kills / (values.short ? 1 : backends.length))))) failed = true;
}
process.exit(failed ? 1 : 0);

async function run(backend: Backend, count: number): Promise<boolean> {
  const started = performance.now();
  const random = randomFrom(Number(values.seed));
  await using world = await openWorld(backend, values.short ? 3 : 12);
  await using fleet = openFleet(world.env);
  const guids: Guids = new Map();
  const wrong: string[] = [];
  const blows = new Map<string, number>();
  await fleet.web();

  for (let number = 1; number <= count; number++) {
    await sleep(300 + random() * 1500);
    const what = await nextBlow(world, random)(world, fleet, random);
    blows.set(what, (blows.get(what) ?? 0) + 1);
    if (number % Math.ceil(count / 6) === 0) world.press.advance();
    if (number % 5 === 0) await makeDue(world);
    if (number % 10 === 0) wrong.push(...(await readNow(fleet, guids)));
  }
  while (world.press.advance()) await sleep(100);

  const left = await rest(world);
  wrong.push(...left);
  const feed = await readNow(fleet, guids);
  wrong.push(...feed);
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
  const { rows } = await world.store.pool.query('select count(*)::int as articles from articles');
  console.log(
    `${backend}: ${count} blows in ${seconds} s (${[...blows].map(([what, often]) => `${often} × ${what}`).join(', ')}); ${rows[0].articles} articles, ${order.size} events, ${twice} told twice, ${fleet.lines()} lines of log; ${wrong.length === 0 ? 'all as undisturbed' : 'WRONG:'}`,
  );
  for (const one of wrong) console.log(`  ${one}`);
  return wrong.length === 0;
}

/** Lets the wire come to rest; gives what is still wrong after some minutes. */
async function rest(world: World): Promise<string[]> {
  await world.server.revive();
  const open = () => openQueues({ databaseUrl: world.server.url, redisUrl: world.redis?.url });
  const patience = { signal: new AbortController().signal, seconds: 60 };
  const queues = await openPatiently('queues', open, openLog('silent'), patience);
  const until = performance.now() + restWithinMs;
  try {
    for (let round = 0; ; round++) {
      const jobs: Record<string, number> = {};
      for (const name of queueNames) {
        const counts = await queues.queue(name).getJobCounts('waiting', 'active', 'prioritized', 'failed');
        jobs[name] = name === 'schedule' ? 0 : Object.values(counts).reduce((sum, one) => sum + one, 0);
      }
      const left = await violations(world, jobs).catch((error: Error) => [`cannot ask: ${error.message}`]);
      if (left.length === 0 || performance.now() > until) return left;
      // New crawls only while something is missing: jobs alone must go by themselves.
      if (round % 5 === 0 && left.some((one) => !/^\d+ jobs in/.test(one))) await makeDue(world);
      await sleep(1000);
    }
  } finally {
    await queues.close();
  }
}

/** Second looks now, crawls now, and an end to the half hours that a lost job and a failed target wait. */
async function makeDue({ store }: World): Promise<void> {
  await store.pool
    .query(
      `update links set revisit_at = now() where outcome in ('published', 'updated');
       update links set changed_at = now() - interval '31 minutes' where state = 'queued' and changed_at < now() - interval '20 seconds';
       update sources set next_crawl_at = now(); update deliveries set next_try_at = now()`,
    )
    .catch(() => undefined);
}

/** The feed as a subscriber reads it; nothing while the web server is away. */
async function readNow(fleet: ReturnType<typeof openFleet>, guids: Guids): Promise<string[]> {
  return readFeed(await fleet.web(), guids).catch(() => []);
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
