import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

let wire: TestWire;
beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
  await writeArticle(db, {
    title: 'Serbia',
    countries: [label('RS')],
    regions: [label('balkans')],
    lang: 'sr',
    seenAt: new Date(1e12),
  });
  await writeArticle(db, {
    title: 'Norway',
    countries: [label('NO')],
    topics: [label('11000000')],
    seenAt: new Date(1e12 - 1e6),
  });
  await writeArticle(db, { title: 'Japan', countries: [label('JP')], source: 'paper', seenAt: new Date(1e12 - 2e6) });
});
afterAll(() => wire[Symbol.asyncDispose]());

const ask = async (
  path: string,
): Promise<{ status: number; body: Record<string, unknown> & { articles: { title?: string }[] } }> => {
  const answer = await fetch(`${wire.url}/api/${path}`);
  return { status: answer.status, body: (await answer.json()) as never };
};
const titles = async (query: string) => (await ask(`articles?${query}`)).body.articles.map(({ title }) => title);

describe('the API', () => {
  it('takes several values of a kind, of which one must fit, by commas or by name', async () => {
    expect(await titles('region=balkans,NO')).toEqual(['Serbia', 'Norway']);
    expect(await titles('region=JP&region=rs')).toEqual(['Serbia', 'Japan']);
    expect(await titles('region=balkans,NO&lang=sr,de')).toEqual(['Serbia']);
    expect(await titles('region=balkans,NO&topic=politics')).toEqual(['Norway']);
    const wrong = await ask('articles?region=RS,atlantis');
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([404, expect.stringContaining('atlantis')]);
    expect((await ask(`articles?lang=${Array.from({ length: 60 }, (_, index) => `a${index}`).join(',')}`)).status).toBe(
      400,
    );
  });

  it('gives the fields that are asked for, in every format', async () => {
    expect((await ask('articles?fields=title,lang&limit=1')).body.articles).toEqual([{ title: 'Serbia', lang: 'sr' }]);
    const csv = await (await fetch(`${wire.url}/api/articles?fields=lang,title&format=csv`)).text();
    expect(csv.split('\r\n').slice(0, 2)).toEqual(['title,lang', 'Serbia,sr']);
    const lines = await (await fetch(`${wire.url}/api/articles?fields=title&format=jsonl`)).text();
    expect(lines.split('\n')[0]).toBe('{"title":"Serbia"}');
    const wrong = await ask('articles?fields=title,colour');
    expect([wrong.status, JSON.stringify(wrong.body)]).toEqual([400, expect.stringContaining('countries')]);
  });

  it('counts what a filter is about', async () => {
    const { body } = await ask('counts?region=NO,JP');
    expect(body).toMatchObject({
      of: 2,
      countries: [
        { id: 'JP', name: 'Japan', count: 1 },
        { id: 'NO', count: 1 },
      ],
      topics: [{ id: '11000000', count: 1 }],
    });
    expect(JSON.stringify((await ask('openapi.json')).body)).toContain('countFilters');
  });
});
