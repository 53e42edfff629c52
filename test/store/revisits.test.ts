import { afterAll, beforeAll, expect, it } from 'vitest';
import { registerLinks } from '../../src/store/links.ts';
import { restoreArticle, withdrawArticle } from '../../src/store/revisits.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const own = 'https://adria.example/quay';
const foreign = 'https://danube.example/quay-too';
const key = (url: string): string => canonicalUrl(url) ?? '';
const at = new Date('2026-11-22T08:00:00Z');

it('an article goes and comes back with its own source alone, and is told once each time', async () => {
  const text =
    'The harbour council approved the new quay by nine votes to four after a debate of three hours on Tuesday.';
  const { article } = (await ingestTestArticle(store, { url: own, title: 'Quay', text, source: 'adria' })) as {
    article: string;
  };
  // As `rededupe` leaves a link whose article was found to be another outlet's.
  await registerLinks(
    store.db,
    'danube',
    [{ key: key(foreign), link: { url: foreign, authors: [], categories: [] } }],
    at,
  );
  await store.db
    .updateTable('links')
    .set({ state: 'done', outcome: 'updated', article })
    .where('key', '=', key(foreign))
    .execute();
  const events = async () =>
    (await store.db.selectFrom('events').select('kind').orderBy('id').execute()).map(({ kind }) => kind);

  expect(await withdrawArticle(store.db, key(foreign), at)).toBe(false);
  expect(await withdrawArticle(store.db, key(own), at)).toBe(true);
  expect(await withdrawArticle(store.db, key(own), at)).toBe(false);
  expect(await events()).toEqual(['published', 'withdrawn']);
  await restoreArticle(store.db, key(foreign), at);
  expect(await events()).toEqual(['published', 'withdrawn']);
  await restoreArticle(store.db, key(own), at);
  await restoreArticle(store.db, key(own), at);
  expect(await events()).toEqual(['published', 'withdrawn', 'updated']);
});
