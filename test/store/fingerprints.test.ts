import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/dedupe/features.ts';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { judge } from '../../src/dedupe/judge.ts';
import { sourceBoilerplate } from '../../src/dedupe/source-boilerplate.ts';
import { openStore } from '../../src/store/db.ts';
import { writeFingerprints } from '../../src/store/fingerprints.ts';
import { findCandidates } from '../../src/store/read/candidates.ts';
import { tendShingleKeys } from '../../src/store/shingle-keys.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { edited, writing } from '../dedupe/writing.ts';
import { ingestArticle } from '../support/ingest.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const day = (number: number) => new Date(Date.UTC(2026, 10, number));
const ingest = (slug: string, at: Date, text = writing(slug, 150)) =>
  ingestArticle(
    store,
    ingestInput({
      urlKey: canonicalUrl(`https://post.example/${slug}`),
      ...{ source: slug, title: slug, text, seenAt: at.toISOString() },
    }),
  );
async function partitions(): Promise<string[]> {
  const { rows } = await store.pool.query<{ name: string }>(
    `select relid::regclass::text as name from pg_partition_tree('shingle_keys') where level = 1 order by 1`,
  );
  return rows.map((row) => row.name);
}

describe('tendShingleKeys', () => {
  it('makes room before it is needed, once, and drops what is old a partition at a time', async () => {
    await ingest('old', day(1));
    await tendShingleKeys(store.db, day(1));
    await tendShingleKeys(store.db, day(1));
    expect(await partitions()).toEqual(['shingle_keys_0', 'shingle_keys_1']);

    // A quarter of a million articles later.
    await store.pool.query('alter sequence fingerprints_number_seq restart with 262200');
    expect(await ingest('young', day(20))).toMatchObject({ kind: 'published' });
    await tendShingleKeys(store.db, day(1));
    expect(await partitions()).toEqual(['shingle_keys_0', 'shingle_keys_1', 'shingle_keys_2']);
    const copy = edited(writing('old', 150), 30);
    expect(await ingest('copy', day(20), copy)).toMatchObject({ kind: 'duplicate', match: 'near' });

    await tendShingleKeys(store.db, day(10));
    expect(await partitions()).toEqual(['shingle_keys_1', 'shingle_keys_2']);
    // The keys are forgotten; address and exact words are not.
    expect(await ingest('late', day(21), edited(writing('old', 150), 25))).toMatchObject({ kind: 'published' });
    expect(await ingest('exact', day(21), writing('old', 150))).toMatchObject({ kind: 'duplicate', match: 'exact' });
    expect(await ingest('old', day(21), edited(writing('old', 150), 9))).toMatchObject({ kind: 'updated' });
  });
});

describe('a source’s boilerplate', () => {
  it('are known to a worker that has just started, and go with the index', async () => {
    const template = writing('all that stands in every report of the exchange', 110);
    const report = (seed: string) => `${template}\n${writing(seed, 70)}`;
    // Published one by one, as the articles of an archive are: together they are the memory.
    for (const seed of ['mon', 'tue', 'wed', 'thu']) {
      const id = crypto.randomUUID();
      await store.pool.query(
        `insert into articles (id, key, text_hash, url, source, story, title, text, html, labels, first_seen_at, updated_at)
          values ($1, $2, $3, $2, 'exchange', $1, $2, $4, '', '{}', now(), now())`,
        [id, `https://exchange.example/${seed}`, Buffer.from(seed), report(seed)],
      );
      await writeFingerprints(store.db, [{ article: id, fingerprint: fingerprintOf('', report(seed)) }]);
    }
    const restarted = await openStore(store.url, { schema: store.schema });
    try {
      const newcomer = { fingerprint: fingerprintOf('', report('fri')), source: 'exchange', at: undefined };
      const [candidates] = await findCandidates(restarted.db, [{ addresses: [], fingerprint: newcomer.fingerprint }]);
      const near = candidates?.near ?? [];
      const [known] = near;
      if (!known) throw new Error('the template was not found');
      const features = compare(newcomer, known, sourceBoilerplate(newcomer, known, near));
      expect(features.containment).toBeGreaterThan(0.5);
      expect(features.ownContainment).toBeLessThan(0.1);
      expect(judge(features).verdict).toBe('different');
    } finally {
      await restarted.close();
    }
  });
});
