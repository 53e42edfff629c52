import { randomBytes } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { openStore } from '../../src/store/db.ts';
import { migrations } from '../../src/store/migrations/index.ts';
import { unpackTerms } from '../../src/store/packed-terms.ts';
import { openReviewItems } from '../../src/store/review-items.ts';
import { tendShingleKeys } from '../../src/store/shingle-keys.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { edited, writing } from '../dedupe/writing.ts';
import { ingestArticle } from '../support/ingest.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

/** Any store: it keeps the server up, and its URL is that of the old ones. */
let server: TestStore;
beforeAll(async () => {
  server = await openTestStore();
});
afterAll(() => server[Symbol.asyncDispose]());

/** A store as the code of an older version left it. */
async function openOldStore() {
  const schema = `test_${randomBytes(6).toString('hex')}`;
  const pool = new pg.Pool({ connectionString: server.url, options: `-c search_path=${schema}`, max: 2 });
  await pool.query(`create schema ${schema}`);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const provider = { getMigrations: async () => ({ ...migrations }) };
  const migrator = new Migrator({ db, provider, migrationTableSchema: schema });
  return {
    pool,
    schema,
    async migrateTo(name: string): Promise<void> {
      // The migrator looks at every schema of the server, and other files drop theirs meanwhile.
      for (let look = 1; ; look++) {
        const { error } = await migrator.migrateTo(name);
        if (!error) return;
        if (look === 10 || !/does not exist/.test(String(error))) throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await pool.query(`drop schema ${schema} cascade`);
      await db.destroy();
    },
  };
}

describe('migrations', () => {
  it('move what an older version stored into smaller partitions', async () => {
    await using old = await openOldStore();
    const { pool } = old;
    await old.migrateTo('010-story-vectors');
    await pool.query('create table fingerprints_1 partition of fingerprints for values from (1048576) to (2097152)');
    await pool.query('alter table prints drop constraint prints_article_fkey');
    const numbers = [1, 262_143, 262_144, 1_048_577];
    for (const number of numbers) {
      await pool.query(
        'insert into prints (number, article, keys) overriding system value values ($1, gen_random_uuid(), 1)',
        [number],
      );
      await pool.query('insert into fingerprints values (7, $1)', [number]);
    }
    await old.migrateTo('011-smaller-partitions');
    const { rows } = await pool.query(
      'select tableoid::regclass::text as place, print from fingerprints order by print',
    );
    expect(rows.map((row) => row.print)).toEqual(numbers);
    expect(rows.map((row) => row.place)).toEqual([0, 0, 1, 4].map((place) => `fingerprints_${place}`));
    const { rows: left } = await pool.query(`select 1 from pg_class where relname like 'old\\_%'`);
    expect(left).toEqual([]);
  });

  it('keep what was stored when tables got their names', async () => {
    await using old = await openOldStore();
    await old.migrateTo('011-smaller-partitions');
    const text = writing('flood', 150);
    const id = crypto.randomUUID();
    const key = canonicalUrl('https://post.example/flood') ?? '';
    const { keys, textHash } = fingerprintOf('Flood', text);
    await old.pool.query(
      `insert into articles (id, key, text_hash, url, source, story, title, text, html, labels, first_seen_at, updated_at)
        values ($1, $2, $3, $2, 'post', $1, 'Flood', $4, '', '{}', now(), now())`,
      [id, key, Buffer.from(textHash ?? '', 'hex'), text],
    );
    const { rows } = await old.pool.query('insert into prints (article, keys) values ($1, $2) returning number', [
      id,
      keys.length,
    ]);
    await old.pool.query('insert into fingerprints select unnest($1::int[]), $2', [[...keys], rows[0].number]);
    await old.pool.query(
      `insert into doubts (article, other, titles, urls, score, features, asked_at) values ($1, $1, '{}', '{}', 0.4, '{}', now())`,
      [id],
    );

    const store = await openStore(server.url, { schema: old.schema });
    try {
      const now = new Date();
      const send = (address: string, source: string, told: string) =>
        ingestArticle(
          store,
          ingestInput({
            ...{ urlKey: canonicalUrl(address), source, title: 'Flood', text: told, seenAt: now.toISOString() },
          }),
        );
      expect(await send('https://herald.example/a', 'herald', edited(text, 30))).toEqual({
        ...{ kind: 'duplicate', of: id, match: 'near' },
      });
      expect(await send('https://post.example/flood', 'post', edited(text, 9))).toEqual({
        kind: 'updated',
        article: id,
      });
      await tendShingleKeys(store.db, now);
      expect(await openReviewItems(store.db)).toMatchObject([{ number: 1, article: id, score: 0.4 }]);
      // The article's new version took the place of the old one, whose keys are gone.
      const left = await old.pool.query('select tableoid::regclass::text as place, fingerprint, key from shingle_keys');
      const newKeys = fingerprintOf('Flood', edited(text, 9)).keys;
      expect(left.rows.map((row) => row.key).toSorted()).toEqual([...newKeys].toSorted());
      expect(new Set(left.rows.map((row) => row.place))).toEqual(new Set(['shingle_keys_0']));
    } finally {
      await store.close();
    }
  });

  it('forget stories of other terms, whose articles keep them', async () => {
    await using old = await openOldStore();
    await old.migrateTo('014-store-changes');
    const story = crypto.randomUUID();
    await old.pool.query(
      `insert into stories (id, articles, first_at, latest_at, terms, weights, found_by)
        values ($1, 3, now(), now(), '{7}', '{1}', '{7}')`,
      [story],
    );
    await old.pool.query('insert into story_terms select 7, number, 1 from stories');
    await old.pool.query('insert into term_counts values (0, 9000), (7, 12)');
    await old.migrateTo('015-story-terms');
    const rows = async (query: string) => (await old.pool.query(query)).rows;
    expect(await rows('select id, articles, terms, found_by from stories')).toEqual([
      { id: story, articles: 3, terms: [], found_by: [] },
    ]);
    expect(await rows('select term from story_terms union all select term from term_counts')).toEqual([]);
  });

  it('pack the terms of stories, in their order', async () => {
    await using old = await openOldStore();
    await old.migrateTo('026-own-settings');
    await old.pool.query(`insert into stories (id, articles, first_at, latest_at, terms, weights, found_by) values
      (gen_random_uuid(), 1, now(), now(), '{-7,2147483647}', '{0.5,-1.25}', '{-7}'), (gen_random_uuid(), 1, now(), now(), '{}', '{}', '{}')`);
    await old.migrateTo('027-packed-terms');
    const { rows } = await old.pool.query<{ vector: Buffer }>('select vector from stories order by number');
    expect(rows.map(({ vector }) => [...unpackTerms(vector)])).toEqual([
      [
        [-7, 0.5],
        [2_147_483_647, -1.25],
      ],
      [],
    ]);
  });

  it('let a process of the old code fail rather than write what it should not', async () => {
    const { pool } = server;
    await expect(pool.query('insert into prints (article, keys) values (gen_random_uuid(), 1)')).rejects.toThrow();
    await expect(pool.query('insert into fingerprints (key, print) values (1, 1)')).rejects.toThrow();
    await expect(pool.query('delete from fingerprints where print = 1')).rejects.toThrow();
    await expect(pool.query('drop table fingerprints_0')).rejects.toThrow();
    await expect(pool.query('select terms, weights from stories')).rejects.toThrow();
  });
});
