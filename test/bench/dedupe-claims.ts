import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CandidateSearch, KeyHits } from '../../src/dedupe/dedupe-index.ts';
import { type Fingerprint, fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { mix, shingleHashes } from '../../src/dedupe/hash.ts';
import { keysOf } from '../../src/dedupe/keys.ts';
import { createBatcher } from '../../src/domain/batcher.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { type FingerprintedArticle, writeFingerprints } from '../../src/store/fingerprints.ts';
import { flushCommits, withIndexes, withIngestLock } from '../../src/store/ingest-lock.ts';
import { findCandidates, searchKeys } from '../../src/store/read/candidates.ts';
import { tendShingleKeys } from '../../src/store/shingle-keys.ts';
import type { CanonicalUrl } from '../../src/text/canonical-url.ts';
import { writing } from '../dedupe/writing.ts';

/** Words of an article: the mean of the development data, which makes 28 keys, is 420 with lengths spread about it. */
const words = 420;
const keySize = 5;
const batch = 25_000;
/** Workers as in as many processes, each with one connection to decide about articles and to wait for the disk. */
const workers = 4;
/** Articles under way at once in each of them. */
const jobs = 16;
const claimCount = 6000;

/** What is looked up and written of an article. */
interface Claim extends Omit<CandidateSearch, 'hits'>, FingerprintedArticle {}

/**
 * Fills an index with the keys of made-up articles and measures claims: an article's address, text and keys are looked up and its keys
 * written, alone with the lock, and it is told when the commit is on disk.
 */
export async function measureClaims(url: string, fingerprints: number): Promise<Record<string, string>> {
  const store = await openStore(url, { connections: 1 });
  try {
    // Only the index is measured here; whole articles are what the race and bench:wire write.
    await store.pool.query('alter table fingerprints drop constraint fingerprints_article_fkey');
    await fill(store, fingerprints);
    return await claimAll(store, fingerprints);
  } finally {
    await store.close();
  }
}

async function claimAll(store: Store, fingerprints: number): Promise<Record<string, string>> {
  const bytes = await bytesOfIndex(store);
  const claims = Array.from(
    { length: claimCount },
    (_, number): Claim => ({
      ...{ addresses: [`https://site.example/${number}` as CanonicalUrl], article: randomUUID() },
      fingerprint: fingerprintOf('', writing(`claim ${number}`, words)),
    }),
  );
  const stores = await Promise.all(Array.from({ length: workers }, () => openStore(store.url, { connections: 1 })));
  const before = await logPosition(store);
  const used = process.cpuUsage();
  const started = performance.now();
  await Promise.all(stores.map(openWorker).flatMap((work) => Array.from({ length: jobs }, () => work(claims))));
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(used);
  const logged = (await logPosition(store)) - before;
  await Promise.all(stores.map((one) => one.close()));
  return {
    [`claims a second, ${workers} connections, durable, ${fingerprints} articles in the index`]: (
      claimCount / seconds
    ).toFixed(0),
    'of a claim: ms of CPU in the workers / kB of log': `${((user + system) / 1000 / claimCount).toFixed(2)} / ${(logged / 1024 / claimCount).toFixed(0)}`,
    'bytes on disk an article of the index': (bytes / fingerprints).toFixed(0),
  };
}

async function fill(store: Store, fingerprints: number): Promise<void> {
  const started = performance.now();
  // Only the fill: no whole pages in the log.
  await setPageWrites(store, 'off');
  let seed = 1;
  let written: Promise<unknown> = Promise.resolve();
  for (let done = 0; done < fingerprints; done += batch) {
    await tendShingleKeys(store.db, new Date(0));
    const count = Math.min(batch, fingerprints - done);
    const lists = Array.from({ length: count }, () => {
      const text = Int32Array.from({ length: lengthOf(seed) }, () => mix(seed++));
      return keysOf(shingleHashes(text, keySize));
    });
    const { rows } = await sql<{ number: number }>`
      insert into fingerprints (article, keys)
      select gen_random_uuid(), keys from unnest(${list(lists.map((keys) => keys.length))}::int[]) as keys
      returning number`.execute(store.db);
    const keys = lists.flatMap((own) => [...own]);
    const numbers = lists.flatMap((own, index) => Array.from(own, () => rows[index]?.number));
    // The next batch is made while the server writes this one.
    await written;
    // In the order in which they come: sorted it would be faster, and the index fuller than in life.
    written = sql`
      insert into shingle_keys (key, fingerprint) select * from unnest(${list(keys)}::int[], ${list(numbers)}::int[])`.execute(
      store.db,
    );
    if ((done / batch) % 5 === 0)
      console.error(`filled ${done} of ${fingerprints} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
  await written;
  await store.pool.query('analyze shingle_keys, fingerprints');
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
    select sum(pg_total_relation_size(relid)) + pg_total_relation_size('fingerprints') as bytes
    from pg_partition_tree('shingle_keys')`);
  return Number(rows[0]?.bytes);
}

async function logPosition(store: Store): Promise<number> {
  const { rows } = await store.pool.query<{ bytes: string }>(`select pg_current_wal_insert_lsn() - '0/0' as bytes`);
  return Number(rows[0]?.bytes);
}

/** Takes claims from the list until it is empty. Those that wait while others are served share the next search and batch, as in ingest. */
function openWorker(store: Store): (claims: Claim[]) => Promise<void> {
  const search = createBatcher((fingerprints: readonly Fingerprint[]) =>
    withIndexes(store.db, (db) => searchKeys(db, fingerprints)),
  );
  const claimed = createBatcher(async (group: readonly (Claim & { readonly hits: KeyHits })[]) => {
    await withIngestLock(store.db, async (db) => {
      await findCandidates(db, group);
      await writeFingerprints(db, group);
    });
    return group.map(() => undefined);
  });
  const flushed = createBatcher<void, void>(async (askers) => {
    await flushCommits(store.db);
    return askers;
  });
  return async (claims) => {
    for (let claim = claims.pop(); claim; claim = claims.pop()) {
      await claimed({ ...claim, hits: await search(claim.fingerprint) });
      await flushed();
    }
  };
}
