import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { latestArticles } from '../../src/store/read/articles.ts';
import { facets } from '../../src/store/read/facets.ts';
import { latestStories, relevantStories } from '../../src/store/read/story-cards.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

const articles = 7000;
let store: TestStore;

/** Stories of three articles; 'ferry' stands in all of them, 'tenth' in a tenth, 'rare' in three old ones. */
beforeAll(async () => {
  store = await openTestStore();
  await sql`
    insert into articles (id, key, text_hash, url, source, story, title, text, html, published, first_seen_at, updated_at, lang, labels,
      topics, search, search_version)
    select gen_random_uuid(), 'https://a.example/' || n, sha256(n::text::bytea), 'https://a.example/' || n, 'source-' || n % 7,
      md5((n / 3)::text)::uuid, 'Title ' || n, said, '', at, at, at, 'en', '{}', array['topic-' || n % 3], to_tsvector('simple', said), 1
    from generate_series(1, ${sql.lit(articles)}) n,
      lateral (select timestamptz '2026-11-22' + n * interval '1 minute' as at,
        'ferry' || case when n % 10 = 0 then ' tenth' else '' end || case when n in (5, 50, 500) then ' rare' else '' end as said) made`.execute(
    store.db,
  );
  await sql`analyze articles`.execute(store.db);
});
afterAll(() => store[Symbol.asyncDispose]());

/** What a reader of a search is shown: two pages of stories and of articles, the best stories, counts. */
async function shown(query: string) {
  const { db } = store;
  const stories = await latestStories(db, { query }, 20);
  const feed = await latestArticles(db, { query }, 20);
  const before = stories.at(-1)?.newest.seq;
  return {
    stories: stories.map(({ story }) => story),
    olderStories: (await latestStories(db, { query }, 20, before)).map(({ story }) => story),
    feed: feed.map(({ url }) => url),
    olderFeed: (await latestArticles(db, { query }, 20, feed.at(-1)?.seq)).map(({ url }) => url),
    inTopic: (await latestArticles(db, { query, topic: 'topic-1' }, 20)).map(({ url }) => url),
    best: (await relevantStories(db, { query }, 20)).map(({ story }) => story).toSorted(),
    facets: await facets(db, { query }),
  };
}

it.each(['ferry', 'tenth', 'rare', 'nowhere'])(
  'a search for %s finds in a large store what it finds in a small one',
  async (query) => {
    const small = await shown(query);
    await sql`update pg_class set reltuples = 1000000 where oid = 'articles'::regclass`.execute(store.db);
    try {
      expect(await shown(query)).toEqual(small);
    } finally {
      await sql`analyze articles`.execute(store.db);
    }
  },
);
