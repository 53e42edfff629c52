import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/article.ts';
import { type Ingest, openIngest } from '../../src/ingest/batch.ts';
import type { IngestInput } from '../../src/ingest/ports.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { registerLinks } from '../../src/store/links.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { edited, writing } from '../dedupe/writing.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';

let store: TestStore;
/** One for all, so that articles sent at the same instant share a batch. */
let ingesting: Ingest;
beforeAll(async () => {
  store = await openTestStore();
  ingesting = openIngest(ingestStore(store));
});
afterAll(async () => {
  await ingesting.close();
  await store[Symbol.asyncDispose]();
});
beforeEach(() => empty());

const at = (hours: number) => new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString();
const text = writing('flood', 220);

function page(
  address: string,
  extra: Partial<Parameters<typeof ingestInput>[1]> & { hours?: number } = {},
): IngestInput {
  const { hours = 0, ...extracted } = extra;
  const urlKey = canonicalUrl(address);
  const source = new URL(address).hostname;
  const article = { urlKey, source, title: 'River Talbe floods Oster', text, seenAt: at(hours), lang: 'en' };
  return ingestInput(article, { pageUrl: address, ...extracted });
}

const empty = async (): Promise<void> => {
  await store.pool.query(
    'truncate articles, copies, revisions, fingerprints, shingle_keys, stories, story_terms, term_counts, links, events restart identity cascade',
  );
};

/** As the crawler does: the link is registered before it is fetched. */
async function ingest(input: IngestInput): Promise<Outcome> {
  await registerLinks(store.db, input.source.id, [{ key: input.urlKey, link: input.link }], new Date(input.now));
  return ingesting.add(input);
}

const dump = async (): Promise<unknown> => {
  const tables = [
    'articles',
    'revisions',
    'copies',
    'fingerprints',
    'shingle_keys',
    'stories',
    'story_terms',
    'term_counts',
    'events',
  ];
  const rows = await Promise.all(tables.map((table) => store.pool.query(`select * from ${table} order by 1, 2`)));
  return rows.map((result) => result.rows);
};
const article = async (id: string) =>
  store.db.selectFrom('articles').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const link = async (address: string) =>
  store.db
    .selectFrom('links')
    .selectAll()
    .where('key', '=', canonicalUrl(address) ?? '')
    .executeTakeFirstOrThrow();

async function published(input: IngestInput): Promise<string> {
  const outcome = await ingest(input);
  if (outcome.kind !== 'published') throw new Error(`expected published, not ${JSON.stringify(outcome)}`);
  return outcome.article;
}

describe('ingest', () => {
  it('publishes what is new, with its outcome and its event', async () => {
    const id = await published(page('https://post.example/flood', { byline: ['Mira Velic'], tags: ['rivers'] }));
    expect(await article(id)).toMatchObject({
      title: 'River Talbe floods Oster',
      text,
      byline: ['Mira Velic'],
      story: id,
    });
    expect(await link('https://post.example/flood')).toMatchObject({
      state: 'done',
      outcome: 'published',
      article: id,
    });
    expect(await store.db.selectFrom('events').select(['kind', 'article']).execute()).toEqual([
      { kind: 'published', article: id },
    ]);
  });

  it.each<[string, IngestInput[]]>([
    ['a new article', [page('https://post.example/flood')]],
    [
      'an update',
      [page('https://post.example/flood'), page('https://post.example/flood', { hours: 1, text: edited(text, 9) })],
    ],
    ['an exact copy', [page('https://post.example/flood'), page('https://herald.example/talbe', { hours: 1 })]],
    [
      'an edited copy',
      [page('https://post.example/flood'), page('https://herald.example/talbe', { hours: 1, text: edited(text, 30) })],
    ],
    [
      'a later version at another address of the outlet',
      [page('https://post.example/flood'), page('https://post.example/flood-2', { hours: 1, text: edited(text, 30) })],
    ],
  ])('changes nothing when the same job is delivered again: %s', async (_, jobs) => {
    let outcome: Outcome | undefined;
    for (const job of jobs) outcome = await ingest(job);
    const before = await dump();
    const last = jobs.at(-1) as IngestInput;
    expect(await ingest(last)).toEqual(outcome);
    expect(await ingest({ ...last, now: at(5) })).toEqual(outcome);
    expect(await dump()).toEqual(before);
  });

  it('updates in place and keeps the old text', async () => {
    const id = await published(page('https://post.example/flood'));
    const newer = edited(text, 9);
    expect(await ingest(page('https://post.example/flood', { hours: 2, text: newer }))).toEqual({
      kind: 'updated',
      article: id,
    });
    const row = await article(id);
    expect(row).toMatchObject({ text: newer, updated_at: new Date(at(2)), first_seen_at: new Date(at(0)) });
    expect(await store.db.selectFrom('revisions').select(['article', 'text']).execute()).toEqual([
      { article: id, text },
    ]);
    // What was found by the old words is found by the new ones.
    const copy = await ingest(page('https://herald.example/talbe', { hours: 3, text: edited(newer, 35) }));
    expect(copy).toEqual({ kind: 'duplicate', of: id, match: 'near' });
  });

  it('does not tell readers of a comma', async () => {
    const id = await published(page('https://post.example/flood'));
    const slightly = text.replace(/(\w+)\.$/, 'Nova.');
    expect(await ingest(page('https://post.example/flood', { hours: 2, text: slightly }))).toEqual({
      kind: 'updated',
      article: id,
    });
    expect(await article(id)).toMatchObject({ text: slightly, updated_at: new Date(at(0)) });
    expect(await store.db.selectFrom('events').select('kind').execute()).toEqual([{ kind: 'published' }]);
  });

  it('lists a copy with what it shares', async () => {
    const id = await published(page('https://post.example/flood'));
    const half = text.slice(0, text.length / 2);
    const outcome = await ingest(page('https://herald.example/talbe', { hours: 1, text: half }));
    expect(outcome).toEqual({ kind: 'duplicate', of: id, match: 'near' });
    const copies = await store.db.selectFrom('copies').selectAll().execute();
    expect(copies).toMatchObject([{ article: id, source: 'herald.example', match: 'near', seen_at: new Date(at(1)) }]);
    expect(copies[0]?.share).toBeCloseTo(0.5, 1);
    expect(await link('https://herald.example/talbe')).toMatchObject({
      outcome: 'duplicate',
      article: id,
      match: 'near',
    });
  });

  it('keeps what a copy tells otherwise', async () => {
    const id = await published(page('https://post.example/flood', { text: `The Talbe rose by 3 metres. ${text}` }));
    const copy = `The Talbe rose by 4 metres. ${text}\nOur own reporter saw it.`;
    await ingest(page('https://herald.example/talbe', { hours: 1, text: copy }));
    expect(await store.db.selectFrom('copies').select(['article', 'difference']).execute()).toEqual([
      {
        article: id,
        difference: {
          added: ['Our own reporter saw it.'],
          cut: [],
          figures: [{ before: 'The Talbe rose by 3 metres.', after: 'The Talbe rose by 4 metres.' }],
        },
      },
    ]);
  });

  it('puts the outlet’s later version in the place of the earlier one, under the same id', async () => {
    const id = await published(page('https://post.example/flood'));
    const corrected = edited(text, 30);
    await ingest(page('https://post.example/flood-update', { hours: 1, text: corrected }));
    expect(await article(id)).toMatchObject({ text: corrected, url: 'https://post.example/flood-update' });
    expect(await store.db.selectFrom('copies').select(['key', 'article']).execute()).toEqual([
      { key: canonicalUrl('https://post.example/flood'), article: id },
    ]);
    const { difference } = await store.db.selectFrom('copies').select('difference').executeTakeFirstOrThrow();
    expect(difference).toMatchObject({ added: expect.any(Array), cut: expect.any(Array), figures: expect.any(Array) });
    // The earlier address still leads to the article, and its old text does not come back.
    expect(await ingest(page('https://post.example/flood', { hours: 2 }))).toMatchObject({
      kind: 'published',
      article: id,
    });
    expect(await article(id)).toMatchObject({ text: corrected });
  });

  it('knows an article by the address that its page names', async () => {
    const named = 'https://post.example/flood';
    const id = await published(page('https://feeds.example/r/1', { canonicalUrl: named, pageUrl: named }));
    expect(await ingest(page(named, { hours: 1 }))).toMatchObject({ kind: 'duplicate', of: id, match: 'url' });
    const amp = page('https://post.example/lite/flood', { hours: 1, canonicalUrl: named, text: edited(text, 20) });
    expect(await ingest(amp)).toEqual({ kind: 'duplicate', of: id, match: 'url' });
    expect(await article(id)).toMatchObject({ text });
  });

  it('does not believe a site that names one address on all its pages', async () => {
    const named = 'https://post.example/news';
    await published(page('https://post.example/flood', { canonicalUrl: named }));
    const other = page('https://post.example/bank', {
      canonicalUrl: named,
      title: 'Bank raises rate',
      text: writing('bank', 200),
    });
    await published(other);
    const front = page('https://post.example/vote', {
      canonicalUrl: 'https://post.example/',
      title: 'Vote',
      text: writing('vote', 200),
    });
    expect((await article(await published(front))).key).toBe('https://post.example/vote');
  });

  it('stores what PostgreSQL’s text cannot hold without it', async () => {
    const id = await published(
      page('https://post.example/flood', { title: 'A\0B\ud800', tags: ['x\0y'], image: { url: 'https://i\0' } }),
    );
    expect(await article(id)).toMatchObject({ title: 'AB\ufffd', tags: ['xy'], image: { url: 'https://i' } });
  });

  it('keeps two articles that one site gave the same words later', async () => {
    const id = await published(page('https://post.example/flood'));
    const bank = await published(
      page('https://post.example/bank', { title: 'Bank raises rate', text: writing('bank', 200) }),
    );
    expect(await ingest(page('https://post.example/bank', { hours: 1 }))).toEqual({ kind: 'updated', article: bank });
    expect(await ingest(page('https://herald.example/talbe', { hours: 2 }))).toEqual({
      kind: 'duplicate',
      of: id,
      match: 'exact',
    });
  });

  it('sees duplicates that arrive at the same instant', async () => {
    const jobs = Array.from({ length: 24 }, (_, number) => {
      const story = writing(`story ${number >> 1}`, 150);
      const told = number % 2 === 0 ? story : edited(story, 25);
      return page(`https://site${number % 2}.example/story-${number}`, { title: `Story ${number >> 1}`, text: told });
    });
    const outcomes = await Promise.all(jobs.map(ingest));
    expect(outcomes.filter((outcome) => outcome.kind === 'published')).toHaveLength(12);
    expect(outcomes.filter((outcome) => outcome.kind === 'duplicate')).toHaveLength(12);
  });

  it('tells an outcome when it is on disk and not before, and takes nothing once it is closed', async () => {
    const disk = Promise.withResolvers<void>();
    const waits = openIngest({ ...ingestStore(store), flush: () => disk.promise });
    const one = page('https://post.example/disk', { title: 'Report disk', text: writing('disk', 200) });
    await registerLinks(store.db, one.source.id, [{ key: one.urlKey, link: one.link }], new Date(one.now));
    let told = false;
    const outcome = waits.add(one).finally(() => {
      told = true;
    });
    while ((await store.pool.query('select 1 from articles')).rowCount === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toBe(false);
    disk.resolve();
    expect((await outcome).kind).toBe('published');
    await waits.close();
    await expect(waits.add(one)).rejects.toThrow('closed');
  });

  it('decides in one batch as it does in one for each', async () => {
    const pages = ['flood', 'bank', 'vote', 'storm'].flatMap((name, number) => {
      const told = writing(name, 200);
      const own = `https://post.example/${name}`;
      const title = `Report ${name}`;
      const others = writing(`another ${name}`, 150);
      return [
        page(own, { title, text: told }),
        page(`https://herald.example/${name}`, { title, text: edited(told, 30) }),
        page(own, { hours: 1, title, text: edited(told, 9 + number) }),
        page(`https://post.example/lite/${name}`, { hours: 1, canonicalUrl: own, title, text: edited(told, 20) }),
        page(`https://wire.example/${name}`, { hours: 2, title, text: told }),
        page(`https://post.example/${name}-2`, { hours: 3, title, text: edited(edited(told, 9 + number), 31) }),
        page(`https://post.example/${name}-3`, { hours: 3, title: `Another ${title}`, text: `${told}\n${others}` }),
        page(`https://herald.example/${name}-3`, { hours: 4, title: `Another ${title}`, text: others }),
      ];
    });
    const state = async (outcomes: Outcome[]): Promise<unknown> => {
      const rows = async (query: string) => (await store.pool.query(query)).rows;
      return {
        outcomes,
        articles: await rows('select id, key, text_hash, story, text, updated_at from articles order by 1'),
        // But what they tell otherwise: that is compared after the batch.
        copies: await rows('select key, article, source, match, share from copies order by 1'),
        revisions: await rows('select article, title, text from revisions order by 1, 2, 3'),
        keys: await rows(
          'select article, key from fingerprints join shingle_keys on fingerprint = number order by 1, 2',
        ),
        stories: await rows('select id, articles, vector, found_by from stories order by 1'),
        counts: await rows('select * from term_counts order by 1'),
        events: await rows('select article, kind, at from events order by 1, 2, 3'),
        links: await rows('select key, outcome, article, match from links order by 1'),
      };
    };
    const oneByOne: Outcome[] = [];
    for (const one of pages) oneByOne.push(await ingest(one));
    const expected = await state(oneByOne);
    expect(new Set(oneByOne.map((outcome) => outcome.kind))).toEqual(new Set(['published', 'updated', 'duplicate']));
    await empty();
    for (const { urlKey, source, link } of pages)
      await registerLinks(store.db, source.id, [{ key: urlKey, link }], new Date(at(0)));
    expect(await state(await Promise.all(pages.map((one) => ingesting.add(one))))).toEqual(expected);
  });

  it('stores the others of a batch in which one cannot be stored', async () => {
    const names = ['flood', 'bank', 'vote', 'storm', 'quake'];
    const inputs = names.map((name) => {
      const broken = name === 'vote' ? { published: 'not a date' } : {};
      return page(`https://post.example/${name}`, { title: name, text: writing(name, 200), ...broken });
    });
    for (const { source, urlKey, link, now } of inputs)
      await registerLinks(store.db, source.id, [{ key: urlKey, link }], new Date(now));
    // At the same moment, so that they share a batch.
    const ended = await Promise.allSettled(inputs.map((input) => ingesting.add(input)));
    expect(ended.map((one) => one.status)).toEqual(names.map((name) => (name === 'vote' ? 'rejected' : 'fulfilled')));
    const { rows } = await store.pool.query('select title from articles order by 1');
    expect(rows.map((row) => row.title)).toEqual(['bank', 'flood', 'quake', 'storm']);
    expect(await link('https://post.example/vote')).toMatchObject({ state: 'pending' });
  });

  it('leaves nothing behind when it fails half-way', async () => {
    const before = await dump();
    const broken = page('https://post.example/flood', { published: 'not a date' });
    await expect(ingest(broken)).rejects.toThrow();
    expect(await dump()).toEqual(before);
    expect(await link('https://post.example/flood')).toMatchObject({ state: 'pending' });
  });
});
