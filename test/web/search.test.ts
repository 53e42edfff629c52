import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { latestArticles } from '../../src/store/read/articles.ts';
import { refreshSearch } from '../../src/store/search.ts';
import { stemmerOf } from '../../src/store/search-vector.ts';
import { openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

const texts = [
  { title: 'Constanța port grows', lang: 'en' },
  { title: 'Мост преко Саве отворен', lang: 'sr' },
  { title: 'Novi most na Dunavu', lang: 'sr' },
  { title: 'Two ferries run aground', lang: 'en' },
  { title: 'Šahovski turnir u Novom Sadu', lang: 'sr', text: 'Igrači su igrali šah do kasno.' },
  { title: 'Шойгу прибыл в Москву', lang: 'ru', text: 'Министр осмотрел мосты.' },
  { title: 'Müller wins', lang: 'de', text: 'Die Häuser am Fluss wurden geräumt.' },
  { title: '東京で地震', lang: 'ja' },
  { title: 'زلزال في القاهرة', lang: 'ar', text: 'قال مُحَمَّد إن الوضع هادئ.' },
  { title: 'Old bridge falls', lang: 'en', text: 'The bridge was old. A tram stood near, and a metro.' },
  { title: 'Bridge of old stones', lang: 'en', text: 'No rails here.' },
  { title: 'Σεισμός στην Αθήνα', lang: 'el' },
  { title: 'The council met', lang: 'en' },
  { title: 'Das Wort council', lang: 'de' },
  { title: 'Économies à venir', lang: 'fr' },
  { title: 'Le mot economi', lang: 'fr' },
  { title: 'War stories', lang: 'en' },
] as const;

let wire: TestWire;
beforeAll(async () => {
  wire = await openTestWire();
  await writeSources(wire.store.db, [
    { id: 'open', name: 'The Open', content: 'full' },
    { id: 'shut', name: 'The Shut' },
  ]);
  for (const [index, text] of texts.entries())
    await writeArticle(wire.store.db, { source: 'open', ...text, seenAt: new Date(Date.now() - index * 60_000) });
});
afterAll(() => wire[Symbol.asyncDispose]());

const titles = async (query: string): Promise<string[]> =>
  (await latestArticles(wire.store.db, { query }, 20)).map(({ title }) => title);

describe('a search', () => {
  it.each([
    ['Constanta', 'Constanța port grows'],
    ['мост', 'Novi most na Dunavu'],
    ['most', 'Мост преко Саве отворен'],
    ['ferry', 'Two ferries run aground'],
    ['sah', 'Šahovski turnir u Novom Sadu'],
    ['Shoygu', 'Шойгу прибыл в Москву'],
    ['мост', 'Шойгу прибыл в Москву'],
    ['Mueller', 'Müller wins'],
    ['haus', 'Müller wins'],
    ['東京', '東京で地震'],
    ['محمد', 'زلزال في القاهرة'],
    ['Athina', 'Σεισμός στην Αθήνα'],
    ['"old bridge"', 'Old bridge falls'],
  ])('%s finds %s', async (query, title) => expect(await titles(query)).toContain(title));

  it.each([
    // Also German takes an s away.
    ['councils', ['The council met', 'Das Wort council']],
    ['économie', ['Économies à venir', 'Le mot economi']],
    ['economies', ['Économies à venir', 'Le mot economi']],
    // The German for goods, whose stem is an English word.
    ['Waren', []],
  ])('%s finds by stems of its language only', async (query, expected) =>
    expect(await titles(query)).toEqual(expected),
  );

  it('finds by stems that are left out, because a word says the same, what it finds by all of them', async () => {
    const words = texts.flatMap((text) =>
      `${text.title} ${'text' in text ? text.text : ''} councils ports`.split(/[ .,]+/),
    );
    const { rows } = await wire.store.pool.query<{ word: string; left: number; all: number }>(
      `with asked as materialized (
         select word, search_stem_query($4::text[], word) as query from (select distinct unnest($1::text[]) as word) words where length(word) > 2),
       said as materialized (
         select words || search_other_stems(stemmer, text, words) as fewer, words || search_stems(stemmer, text) as whole
         from unnest($2::text[], $3::text[]) as given (stemmer, text), lateral (select to_tsvector('simple', text) as words) made)
       select word, count(*) filter (where fewer @@ query)::int as left, count(*) filter (where whole @@ query)::int as all
       from asked, said group by word`,
      [
        ...[words, texts.map(({ lang }) => stemmerOf.get(lang) ?? 'english')],
        ...[texts.map((text) => `${text.title} ${'text' in text ? text.text : ''}`), [...new Set(stemmerOf.values())]],
      ],
    );
    expect(rows.filter(({ left, all }) => left !== all)).toEqual([]);
    expect(rows.filter(({ all }) => all > 0).length).toBeGreaterThan(30);
  });

  it('a phrase stands as it is, what is left out does not stand', async () => {
    expect(await titles('"old bridge"')).toEqual(['Old bridge falls']);
    expect(await titles('bridge -tram')).toEqual(['Bridge of old stones']);
    expect(await titles('bridge -"old stones"')).toEqual(['Old bridge falls']);
    expect(await titles('ferry or Athina')).toEqual(['Two ferries run aground', 'Σεισμός στην Αθήνα']);
    expect(await titles('京東')).toEqual([]);
    for (const query of ['!!!', '"', '- -', `'; drop table articles --`, '\\', "it's:*&|!("])
      expect(await titles(query)).toEqual([]);
  });

  const page = async (path: string): Promise<string> => (await fetch(wire.url + path)).text();

  it('marks what it found, by folding and by stem, and shows the text around a hit', async () => {
    expect(await page('/search?q=constanta')).toContain('<mark>Constanța</mark>');
    expect(await page('/search?q=most')).toContain('<mark>Мост</mark>');
    expect(await page('/search?q=ferry')).toContain('Two <mark>ferries</mark> run');
    expect(await page('/search?q=metro')).toMatch(/standfirst[^>]*>[^<]*and a <mark>metro<\/mark>\./);
  });

  it('lists by relevance or by time', async () => {
    await writeArticle(wire.store.db, {
      source: 'open',
      title: 'Harbour news',
      text: `${'other words '.repeat(80)} lighthouse`,
    });
    await writeArticle(wire.store.db, {
      source: 'open',
      title: 'Lighthouse',
      text: 'lighthouse',
      seenAt: new Date(Date.now() - 9e6),
    });
    const order = async (path: string) =>
      [...(await page(path)).matchAll(/<h3[^>]*><a[^>]*>(.*?)<\/a>/g)].map(([, title]) =>
        title?.replace(/<\/?mark>/g, ''),
      );
    expect(await order('/search?q=lighthouse')).toEqual(['Harbour news', 'Lighthouse']);
    expect(await order('/search?q=lighthouse&sort=relevance')).toEqual(['Lighthouse', 'Harbour news']);
    expect(await page('/search?q=lighthouse&sort=best')).toContain('is one of time, relevance');
  });

  it('finds what an older version stored, once that is made anew', async () => {
    const { db, pool } = wire.store;
    const id = await writeArticle(db, { source: 'open', title: 'Brașov station', lang: 'ro' });
    await pool.query(`update articles set search = to_tsvector('simple', title), search_version = 0 where id = $1`, [
      id,
    ]);
    expect(await titles('brasov')).toEqual([]);
    expect(await refreshSearch(db)).toBe(1);
    expect(await refreshSearch(db)).toBe(0);
    expect(await titles('brasov')).toEqual(['Brașov station']);
  });
});
