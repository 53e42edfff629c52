import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CanonicalUrl } from '../../src/dedupe/canonical-url.ts';
import { type Fingerprint, fingerprint } from '../../src/dedupe/fingerprint.ts';
import { mix, shingleHashes } from '../../src/dedupe/hash.ts';
import { keysOf } from '../../src/dedupe/keys.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { findTwins, tendFingerprints, writePrint } from '../../src/store/fingerprints.ts';
import { flushCommits, takeTurns } from '../../src/store/turns.ts';
import { writing } from '../dedupe/writing.ts';

/** Words of an article: the mean of the development data, which makes 28 keys, is 420 with lengths spread about it. */
const words = 420;
const keySize = 5;
const batch = 25_000;
const connections = 4;
/** Jobs under way at once: a job that waits for the disk lends its connection to the next. */
const jobs = 16;
const claims = 6000;

/**
 * Fills an index with the keys of made-up articles and measures claims: an article's address, text and keys are looked up and its keys
 * written, in turn with all others, and it is told when the commit is on disk.
 */
export async function measureClaims(url: string, prints: number): Promise<Record<string, string>> {
  const store = await openStore(url, { connections });
  try {
    // Only the index is measured here; whole articles are what the race and bench:wire write.
    await store.pool.query('alter table prints drop constraint prints_article_fkey');
    await fill(store, prints);
    const bytes = await bytesOfIndex(store);
    const prepared = Array.from({ length: claims }, (_, claim) => fingerprint('', writing(`claim ${claim}`, words)));
    const before = await logPosition(store);
    const used = process.cpuUsage();
    const started = performance.now();
    let next = 0;
    const job = async (): Promise<void> => {
      for (let claim = next++; claim < claims; claim = next++) await claimOne(store, claim, prepared[claim]);
    };
    await Promise.all(Array.from({ length: jobs }, job));
    const seconds = (performance.now() - started) / 1000;
    const { user, system } = process.cpuUsage(used);
    const logged = (await logPosition(store)) - before;
    return {
      [`claims a second, ${connections} connections, durable, ${prints} articles in the index`]: (
        claims / seconds
      ).toFixed(0),
      'of a claim: ms of CPU in the worker / kB of log': `${((user + system) / 1000 / claims).toFixed(2)} / ${(logged / 1024 / claims).toFixed(0)}`,
      'bytes on disk an article of the index': (bytes / prints).toFixed(0),
    };
  } finally {
    await store.close();
  }
}

async function fill(store: Store, prints: number): Promise<void> {
  const started = performance.now();
  // Only the fill: no whole pages in the log.
  await setPageWrites(store, 'off');
  let seed = 1;
  let written: Promise<unknown> = Promise.resolve();
  for (let done = 0; done < prints; done += batch) {
    await tendFingerprints(store.db, new Date(0));
    const count = Math.min(batch, prints - done);
    const lists = Array.from({ length: count }, () => {
      const text = Int32Array.from({ length: lengthOf(seed) }, () => mix(seed++));
      return keysOf(shingleHashes(text, keySize));
    });
    const { rows } = await sql<{ number: number }>`
      insert into prints (article, keys)
      select gen_random_uuid(), keys from unnest(${list(lists.map((keys) => keys.length))}::int[]) as keys
      returning number`.execute(store.db);
    const keys = lists.flatMap((own) => [...own]);
    const numbers = lists.flatMap((own, place) => Array.from(own, () => rows[place]?.number));
    // The next batch is made while the server writes this one.
    await written;
    // In the order in which they come: sorted it would be faster, and the index fuller than in life.
    written = sql`
      insert into fingerprints (key, print) select * from unnest(${list(keys)}::int[], ${list(numbers)}::int[])`.execute(
      store.db,
    );
    if ((done / batch) % 5 === 0)
      console.error(`filled ${done} of ${prints} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  await written;
  await store.pool.query('analyze fingerprints, prints');
  await setPageWrites(store, 'on');
  await store.pool.query('checkpoint');
}

async function setPageWrites(store: Store, value: 'on' | 'off'): Promise<void> {
  await store.pool.query(`alter system set full_page_writes = ${value}`);
  await store.pool.query('select pg_reload_conf()');
}

/** From a third of the mean to eleven thirds, most of them short: with it the mean number of keys is that of the development data. */
const lengthOf = (seed: number): number => {
  const share = (mix(seed) >>> 0) / 2 ** 32;
  return Math.round((words / 3) * (1 + 10 * share ** 4));
};

const list = (values: readonly unknown[]): string => `{${values.join(',')}}`;

async function bytesOfIndex(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ bytes: string }>(`
    select sum(pg_total_relation_size(relid)) + pg_total_relation_size('prints') as bytes
    from pg_partition_tree('fingerprints')`);
  return Number(rows[0]?.bytes);
}

async function logPosition(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ bytes: string }>(`select pg_current_wal_insert_lsn() - '0/0' as bytes`);
  return Number(rows[0]?.bytes);
}

async function claimOne(store: Store, claim: number, print: Fingerprint | undefined): Promise<void> {
  if (!print) return;
  await takeTurns(store.db, async (db) => {
    await findTwins(db, [`https://site.example/${claim}` as CanonicalUrl], print);
    await writePrint(db, randomUUID(), print, undefined);
  });
  await flushCommits(store.db);
}
