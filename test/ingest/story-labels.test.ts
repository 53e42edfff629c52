import { afterAll, beforeAll, expect, it } from 'vitest';
import { poolLabels } from '../../src/classify/pool.ts';
import type { Classification, Label } from '../../src/domain/article.ts';
import { openIngest } from '../../src/ingest/batch.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { registerLinks } from '../../src/store/links.ts';
import { oneArticle } from '../../src/store/read/articles.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const label = (id: string, origin: Label['origin']): Label => ({ id, confidence: 0.9, origin, evidence: ['ferry'] });
const silent: Classification = {
  lang: 'en',
  countries: [label('RS', 'source')],
  topics: [],
  mentioned: [],
  regions: [],
};
const telling: Classification = {
  ...silent,
  countries: [label('HR', 'text')],
  topics: [label('03000000', 'text')],
};

/** Reports of one event in words of their own. */
const reports = {
  herald: [
    'Ferry Morska runs aground off the island of Vis',
    'The ferry Morska ran aground off Vis with ninety passengers at dawn. Divers looked for a leak in the hull of the Morska.',
  ],
  courier: [
    'Passengers leave ferry Morska aground off Vis',
    'Ninety passengers left the ferry Morska, aground off Vis, in boats of fishermen. Tugs wait for the tide to free the Morska.',
  ],
  gazette: [
    'Tugs free ferry Morska from rocks off Vis',
    'Two tugs freed the ferry Morska from the rocks off Vis at high tide. The passengers of the Morska slept in the school.',
  ],
} as const;

async function send(source: keyof typeof reports, hour: number, classification: Classification): Promise<string> {
  const [title, text] = reports[source];
  const urlKey = canonicalUrl(`https://${source}.example/morska`);
  const seenAt = new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
  const article = { urlKey, source, title, text, seenAt, published: seenAt, lang: 'en' };
  const input = { ...ingestInput(article), classification };
  await registerLinks(store.db, source, [{ key: input.urlKey, link: input.link }], new Date(input.now));
  const ingest = openIngest(ingestStore(store), poolLabels);
  const outcome = await ingest.add(input);
  await ingest.close();
  if (outcome.kind !== 'published') throw new Error(`expected published, not ${JSON.stringify(outcome)}`);
  return outcome.article;
}

it('gives an article that says nothing the labels of its story, also when the story comes later', async () => {
  const first = await send('herald', 6, silent);
  expect((await oneArticle(store.db, first))?.labels).toEqual(silent);
  const second = await send('courier', 8, telling);
  const third = await send('gazette', 9, telling);
  const found = await oneArticle(store.db, first);
  expect(found?.story).toBe((await oneArticle(store.db, third))?.story);
  expect(found?.labels.topics).toMatchObject([{ id: '03000000', origin: 'story', evidence: [second, third].sort() }]);
  expect(found?.labels.countries).toMatchObject([{ id: 'HR', origin: 'story' }]);
  const { rows } = await store.pool.query('select topics, countries, regions from articles where id = $1', [first]);
  expect(rows[0]).toMatchObject({ topics: ['03000000'], countries: ['HR'] });
  expect(rows[0].regions).toContain('balkans');
  // What says something itself keeps it.
  expect((await oneArticle(store.db, second))?.labels).toEqual(telling);
});
