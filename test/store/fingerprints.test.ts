import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../src/dedupe/canonical-url.ts';
import { tendFingerprints } from '../../src/store/fingerprints.ts';
import { ingestArticle } from '../../src/store/ingest.ts';
import { ingestInput } from '../dedupe/input.ts';
import { edited, writing } from '../dedupe/writing.ts';
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
    `select relid::regclass::text as name from pg_partition_tree('fingerprints') where level = 1 order by 1`,
  );
  return rows.map((row) => row.name);
}

describe('tendFingerprints', () => {
  it('makes room before it is needed, once, and drops what is old a partition at a time', async () => {
    await ingest('old', day(1));
    await tendFingerprints(store.db, day(1));
    await tendFingerprints(store.db, day(1));
    expect(await partitions()).toEqual(['fingerprints_0', 'fingerprints_1']);

    // A million articles later.
    await store.pool.query('alter sequence prints_number_seq restart with 1048600');
    expect(await ingest('young', day(20))).toMatchObject({ kind: 'published' });
    await tendFingerprints(store.db, day(1));
    expect(await partitions()).toEqual(['fingerprints_0', 'fingerprints_1', 'fingerprints_2']);
    const copy = edited(writing('old', 150), 30);
    expect(await ingest('copy', day(20), copy)).toMatchObject({ kind: 'duplicate', match: 'near' });

    await tendFingerprints(store.db, day(10));
    expect(await partitions()).toEqual(['fingerprints_1', 'fingerprints_2']);
    // The keys are forgotten; address and exact words are not.
    expect(await ingest('late', day(21), edited(writing('old', 150), 25))).toMatchObject({ kind: 'published' });
    expect(await ingest('exact', day(21), writing('old', 150))).toMatchObject({ kind: 'duplicate', match: 'exact' });
    expect(await ingest('old', day(21), edited(writing('old', 150), 9))).toMatchObject({ kind: 'updated' });
  });
});
