import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compare } from '../../src/dedupe/features.ts';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { registerLinks } from '../../src/store/links.ts';
import { addReviewItem, answeredReviewItems, answerReviewItem, openReviewItems } from '../../src/store/review-items.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { writing } from '../dedupe/writing.ts';
import { ingestArticle } from '../support/ingest.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());
const now = new Date('2026-11-22T08:00:00Z');

async function published(slug: string): Promise<string> {
  const urlKey = canonicalUrl(`https://post.example/${slug}`);
  const input = ingestInput({
    urlKey,
    source: 'post',
    title: slug,
    text: writing(slug, 150),
    seenAt: now.toISOString(),
  });
  await registerLinks(store.db, 'post', [{ key: input.urlKey, link: input.link }], now);
  const outcome = await ingestArticle(store, input);
  if (outcome.kind !== 'published') throw new Error('expected a new article');
  return outcome.article;
}

async function ask(newer: string, older: string, score: number): Promise<void> {
  const side = { fingerprint: fingerprintOf('', ''), source: 'post', at: now.toISOString() };
  await addReviewItem(store.db, newer, { of: older, score, features: compare(side, side, new Set()) }, now);
}

describe('review items', () => {
  it('are listed, answered once, and what was one becomes one', async () => {
    const [older, newer, third] = [await published('flood'), await published('flooding'), await published('bank')];
    await ask(newer, older, 0.4);
    await ask(newer, older, 0.4);
    await ask(third, older, 0.3);
    const asked = await openReviewItems(store.db);
    expect(asked.map((item) => [item.article, item.other])).toEqual([
      [newer, older],
      [third, older],
    ]);
    expect(asked[0]?.titles).toEqual(['flooding', 'flood']);

    expect(await answerReviewItem(store, asked[0]?.number ?? 0, true, now)).toBe(true);
    expect(await answerReviewItem(store, asked[0]?.number ?? 0, false, now)).toBe(false);
    expect(await answerReviewItem(store, asked[1]?.number ?? 0, false, now)).toBe(true);
    expect(await openReviewItems(store.db)).toEqual([]);
    expect((await answeredReviewItems(store.db)).map((answer) => answer.same)).toEqual([true, false]);

    const ids = await store.db.selectFrom('articles').select('id').execute();
    expect(ids.map((row) => row.id).sort()).toEqual([older, third].sort());
    const copy = await store.db.selectFrom('copies').select(['article', 'key']).execute();
    expect(copy).toEqual([{ article: older, key: 'https://post.example/flooding' }]);
    const link = store.db
      .selectFrom('links')
      .select(['outcome', 'article'])
      .where('key', '=', 'https://post.example/flooding');
    expect(await link.execute()).toEqual([{ outcome: 'duplicate', article: older }]);
    expect((await store.pool.query(`select count(*)::int as n from fingerprints`)).rows).toEqual([{ n: 2 }]);
    expect((await store.pool.query(`select article from events where kind = 'withdrawn'`)).rows).toEqual([
      { article: newer },
    ]);
  });
});
