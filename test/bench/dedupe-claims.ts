import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { CanonicalUrl } from '../../src/dedupe/canonical-url.ts';
import { type Fingerprint, fingerprint } from '../../src/dedupe/fingerprint.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { findTwins, tendFingerprints, writePrint } from '../../src/store/fingerprints.ts';
import { flushCommits, takeTurns } from '../../src/store/turns.ts';
import { writing } from '../dedupe/writing.ts';

/** Words of an article and keys that it gets: the means of the development data are 420 and 28. */
const words = 420;
const keys = 28;
const batch = 20_000;
const connections = 4;
const claims = 4000;

/**
 * Fills an index with made-up articles and measures claims: an article's address, text and keys are looked up and its keys written, in
 * turn with all others, and the commit is on disk before the next one of the same connection.
 */
export async function measureClaims(url: string, prints: number): Promise<Record<string, string>> {
  const store = await openStore(url, { connections: connections + 1 });
  try {
    // Only the index is measured here; whole articles are what the race and bench:wire write.
    await store.pool.query('alter table prints drop constraint prints_article_fkey');
    await fill(store, prints);
    const { rows } = await store.pool.query<{ bytes: string }>(`
      select sum(pg_total_relation_size(relid)) + pg_total_relation_size('prints') as bytes
      from pg_partition_tree('fingerprints')`);
    const prepared = Array.from({ length: claims }, (_, claim) => fingerprint('', writing(`claim ${claim}`, words)));
    const started = performance.now();
    await Promise.all(Array.from({ length: connections }, (_, one) => claimMany(store, one, prepared)));
    const seconds = (performance.now() - started) / 1000;
    return {
      [`claims a second, ${connections} connections, durable, ${prints} articles in the index`]: (
        claims / seconds
      ).toFixed(0),
      'bytes on disk an article of the index': (Number(rows[0]?.bytes) / prints).toFixed(0),
    };
  } finally {
    await store.close();
  }
}

async function fill(store: Store, prints: number): Promise<void> {
  for (let done = 0; done < prints; done += batch) {
    await tendFingerprints(store.db, new Date(0));
    const count = Math.min(batch, prints - done);
    // Random keys, in the order in which they arrive: the index must grow as it grows in life, not as a rebuilt one.
    await sql`
      with added as (
        insert into prints (article, keys) select gen_random_uuid(), ${keys} from generate_series(1, ${sql.lit(count)})
        returning number
      )
      insert into fingerprints (key, print)
      select (random() * 4294967295 - 2147483648)::bigint::int, number from added, generate_series(1, ${sql.lit(keys)})
      on conflict do nothing`.execute(store.db);
    if (done % (batch * 10) === 0) console.error(`filled ${done} of ${prints}`);
  }
  await store.pool.query('analyze fingerprints, prints');
  await store.pool.query('checkpoint');
}

async function claimMany(store: Store, connection: number, prepared: readonly Fingerprint[]): Promise<void> {
  for (let claim = connection; claim < claims; claim += connections) {
    const print = prepared[claim];
    if (!print) return;
    await takeTurns(store.db, async (db) => {
      await findTwins(db, [`https://site.example/${claim}` as CanonicalUrl], print);
      await writePrint(db, randomUUID(), print, undefined);
    });
    await flushCommits(store.db);
  }
}
