import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { TopicWeights } from '../../src/classify/topic-model.ts';
import { topicBySlug, topics } from '../../src/classify/topics.ts';
import { openPress, type Press } from '../../src/demo/press.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { type Running, runCourant, startCourant } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Weights in which one word speaks for one topic, in the form that `npm run train:from-archive` writes. */
function weightsOf(lang: string, word: string, slug: string): TopicWeights {
  const row = [127, ...topics.map((topic) => (topic.slug === slug ? 127 : -127))];
  const table = Buffer.from(Int8Array.from(row).buffer).toString('base64');
  const one = { words: word, table, scale: 0.1, bias: topics.map(() => 0), threshold: 0.5 };
  return { prior: 0, temperature: 1, langs: { [lang]: one } };
}

interface Item {
  readonly title: string;
  readonly tags: string[];
  readonly _courant: { readonly labels: { readonly id: string; readonly name: string; readonly origin: string }[] };
}

/** The operator's files go in at one end of the wire and come out of its feeds, pages and archive at the other. */
describe("the operator's own topics, regions and weights", () => {
  let folder: string;
  let press: Press;
  let database: TestDatabase;
  let web: Running;
  let url: string;
  let env: Record<string, string>;

  beforeAll(async () => {
    folder = temporaryFolder('labels');
    press = await openPress();
    database = await openTestDatabase();
    const file = (name: string) => path.join(folder, name);
    await writeFile(file('sources.yaml'), stringify({ sources: press.sources }));
    await writeFile(
      file('labels.yaml'),
      stringify({
        topics: [{ id: 'bridges', name: 'Bridges & ferries', any: ['most', 'mosta', 'bridge*'], not: ['violin'] }],
        regions: [
          { id: 'danube', name: 'Danube basin', countries: ['RS', 'HU'] },
          { id: 'balkans', name: 'Balkans (ours)', countries: ['RS'] },
        ],
      }),
    );
    await writeFile(file('weights.json'), JSON.stringify(weightsOf('sr', 'je', 'weather')));
    env = {
      DATABASE_URL: database.url,
      HTTP_PROXY: press.proxy,
      SOURCES: file('sources.yaml'),
      LABELS: file('labels.yaml'),
      TOPIC_WEIGHTS: file('weights.json'),
      RATE: '20',
      PORT: '0',
    };
    const round = await runCourant(['crawl', '--once'], { env });
    expect([round.code, round.stderr.match(/error/i)]).toEqual([0, null]);
    web = startCourant(['serve'], env);
    url = (await web.until(/http:\/\/127\.0\.0\.1:\d+/))[0];
  }, 120_000);

  afterAll(async () => {
    await web?.[Symbol.asyncDispose]();
    await press?.close();
    await database?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  const get = async (address: string): Promise<string> => (await fetch(`${url}${address}`)).text();
  const items = async (address: string): Promise<Item[]> => JSON.parse(await get(address)).items;

  it('cut the feeds and name their labels there, with their origin', async () => {
    const found = await items('/topic/bridges/feed.json');
    expect(found.length).toBeGreaterThan(0);
    for (const { tags, _courant } of found) {
      expect(tags).toContain('Bridges & ferries');
      expect(_courant.labels).toContainEqual(expect.objectContaining({ id: 'bridges', origin: 'operator' }));
    }
    expect(found.map(({ title }) => title)).toContain('Novi Sad dobija most samo za pešake i bicikliste');
    expect(await get('/topic/bridges/feed.xml')).toContain(
      `<category domain="${url}/topic/">Bridges &#x26; ferries</category>`,
    );
    expect((await items('/region/danube/feed.json')).length).toBeGreaterThan(0);
  });

  it('replace a news region by one of the same id', async () => {
    const ours = await items('/region/balkans/feed.json');
    const serbian = await items('/region/RS/feed.json');
    expect(ours.map(({ title }) => title)).toEqual(serbian.map(({ title }) => title));
    expect(ours[0]?.tags).toContain('Balkans (ours)');
    expect(ours.some(({ tags }) => tags.includes('Balkans'))).toBe(false);
  });

  it('stand in the lists of the reader and of the feeds, and explain themselves on the page of an article', async () => {
    for (const page of ['/', '/feeds', '/opml?group=regions,topics'])
      expect(await get(page), page).toContain('Danube basin');
    const { articles } = JSON.parse(await get('/api/articles?topic=bridges'));
    const page = await get(`/article/${articles[0].id}`);
    expect(page).toContain('a rule of the operator of this wire');
    expect(page).toMatch(/Bridges &amp; ferries|Bridges &#38; ferries/);
    expect(await get('/topic/tunnels')).toContain('bridges, arts, crime');
  });

  it('take topics from the weights that the settings name', async () => {
    const weather = topicBySlug('weather')?.id;
    const found = await items('/topic/weather/lang/sr/feed.json');
    expect(found.length).toBeGreaterThan(0);
    for (const { _courant } of found)
      expect(_courant.labels).toContainEqual(expect.objectContaining({ id: weather, origin: 'text' }));
  });

  it('leave in the archive, with what training reads', async () => {
    const { code, stdout } = await runCourant(['export'], { env });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(lines.length).toBeGreaterThan(20);
    const bridge = lines.find(({ title }) => title.startsWith('Novi Sad dobija most'));
    expect(bridge).toMatchObject({ lang: 'sr', source: 'podunavski-list' });
    expect(bridge.topics).toContain('bridges');
    expect(bridge.text).toContain('Dunav');
    expect(bridge.labels.length).toBeGreaterThan(0);
  });

  it('start nothing when a file is wrong, and name file, line and what was expected', async () => {
    const wrong = path.join(folder, 'wrong.yaml');
    await writeFile(wrong, 'regions:\n  - id: alps\n    name: Alps\n    countries: [AT, Swiss]\n');
    const started = await runCourant(['work', 'ingest'], { env: { ...env, LABELS: wrong } });
    expect(started.code).toBe(2);
    expect(started.stderr).toMatch(/wrong\.yaml:4: countries\.1: expected an ISO 3166-1 alpha-2 code such as RS/);
  });
});
