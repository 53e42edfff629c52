import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '../../src/store/users.ts';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

let wire: TestWire;
let anna: string;
let star: string;
beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  await writeSources(db, [
    { id: 'paper', name: 'Paper' },
    { id: 'noise', name: 'Noise' },
  ]);
  const politics = [label('11000000')];
  star = await writeArticle(db, { source: 'paper', title: 'Council votes', topics: politics });
  await writeArticle(db, { source: 'noise', title: 'Loud thing', topics: [label('15000000')] });
  await writeArticle(db, { source: 'paper', title: 'Utakmica odigrana', lang: 'sr', text: 'Fudbaleri su pobedili.' });
  const now = new Date(Date.now() - 86_400_000);
  for (const name of ['anna', 'omar']) await addUser(db, name, 'correct horse', 'reader', now);
  anna = await signIn('anna');
});
afterAll(() => wire[Symbol.asyncDispose]());

const post = (path: string, fields: Record<string, string>, cookie = anna): Promise<Response> =>
  fetch(wire.url + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { cookie },
    redirect: 'manual',
  });
const page = async (path: string, cookie = anna): Promise<string> =>
  (await fetch(wire.url + path, { headers: { cookie } })).text();
async function signIn(name: string): Promise<string> {
  const answer = await post('/account/in', { name, password: 'correct horse' }, '');
  return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
}
const titles = (html: string): string[] =>
  [...html.matchAll(/<h3[^>]*><a[^>]*>(.*?)<\/a>/g)].map(([, title = '']) => title).sort();

describe('what an account mutes', () => {
  it('is left out of its lists and apps, and of nobody else’s', async () => {
    for (const [kind, value] of [
      ['source', 'noise'],
      ['word', 'fudbaleri'],
    ] as const)
      expect((await post('/account/mute', { kind, value })).status).toBe(303);
    expect(titles(await page('/'))).toEqual(['Council votes']);
    expect(titles(await page('/', ''))).toEqual(['Council votes', 'Loud thing', 'Utakmica odigrana']);
    // Who asks for the source itself gets it.
    expect(titles(await page('/source/noise'))).toEqual(['Loud thing']);

    const login = await fetch(`${wire.url}/accounts/ClientLogin`, {
      method: 'POST',
      body: new URLSearchParams({ Email: 'anna', Passwd: 'correct horse', output: 'json' }),
    });
    const { Auth } = (await login.json()) as { Auth: string };
    const stream = await fetch(`${wire.url}/reader/api/0/stream/contents/user/-/state/com.google/reading-list`, {
      headers: { authorization: `GoogleLogin auth=${Auth}` },
    });
    const { items } = (await stream.json()) as { items: { title: string }[] };
    expect(items.map(({ title }) => title)).toEqual(['Council votes']);
  });

  it('a topic by its name; what is none is refused with what there is', async () => {
    await post('/account/mute', { kind: 'topic', value: 'politics' });
    expect(titles(await page('/'))).toEqual([]);
    expect(await page('/account')).toContain('Politics');
    await post('/account/mute', { kind: 'topic', value: '11000000', muted: '0' });
    for (const [kind, value] of [
      ['topic', 'gossip'],
      ['source', 'nobody'],
      ['planet', 'mars'],
      ['word', ' '],
    ] as const) {
      const answer = await post('/account/mute', { kind, value });
      expect([400, 404], `${kind} ${value}`).toContain(answer.status);
    }
    for (const word of ['"', '-x', "o'b or \\"]) await post('/account/mute', { kind: 'word', value: word });
    expect(titles(await page('/'))).toEqual(['Council votes']);
  });
});

describe('a secret address', () => {
  it('gives a followed search without the password and without what is muted, until it is revoked', async () => {
    await post('/account/follow', { address: '/search?q=thing+or+council' });
    const [, search = ''] = /“thing or council”[\s\S]*?name="id" value="(\d+)"/.exec(await page('/account')) ?? [];
    await post('/account/secret', { id: search, wanted: '1' });
    const [, path = ''] = /value="http:\/\/[^/]+(\/private\/[\w-]{32}\/feed\.xml)"/.exec(await page('/account')) ?? [];
    const feed = await fetch(wire.url + path);
    expect(feed.headers.get('cache-control')).toContain('private');
    const text = await feed.text();
    expect(text).toContain('Council votes');
    expect(text).not.toContain('Loud thing');
    expect(text).toContain(`href="${wire.url}${path}"`);
    expect((await fetch(wire.url + path.replace('.xml', '.json?items=story'))).status).toBe(200);
    await post('/account/mute', { kind: 'word', value: 'council' });
    expect(await (await fetch(wire.url + path)).text()).not.toContain('Council votes');
    await post('/account/mute', { kind: 'word', value: 'council', muted: '0' });
    // Nobody else can make one or take it away.
    await post('/account/secret', { id: search, wanted: '0' }, await signIn('omar'));
    expect((await fetch(wire.url + path)).status).toBe(200);
    await post('/account/secret', { id: search, wanted: '0' });
    expect((await fetch(wire.url + path)).status).toBe(404);
    expect((await fetch(`${wire.url}/private/x/feed.xml`)).status).toBe(404);
  });
});

describe('preferences', () => {
  it('are kept in a cookie without an account, and change only what is named', async () => {
    const first = await post('/preferences', { view: 'cards', back: '/feeds?x=1' }, '');
    expect(first.headers.get('location')).toBe('/feeds?x=1');
    const [cookie = ''] = (first.headers.get('set-cookie') ?? '').split(';', 1);
    const second = await post('/preferences', { size: 'large', langs: 'sr, xx9', back: '//evil.example/' }, cookie);
    expect(second.headers.get('location')).toBe('/');
    const [both = ''] = (second.headers.get('set-cookie') ?? '').split(';', 1);
    const html = await page('/', both);
    expect(html).toContain('class="text-large view-cards"');
    expect(titles(html)).toEqual(['Utakmica odigrana']);
    expect(await page('/', 'courant-view=e30x!')).toContain('class="text-normal view-list"');
    expect(await page('/', 'courant-view=bm8')).toContain('class="text-normal view-list"');
  });

  it('are kept in the account', async () => {
    await post('/preferences', { view: 'compact', pictures: '0' });
    expect(await page('/', await signIn('anna'))).toContain('class="text-normal view-compact"');
  });
});

describe('marks in lists', () => {
  it('show what was read and starred, and come back to the list', async () => {
    const starred = await post('/account/star', { article: star, starred: '1', back: '/' });
    expect(starred.headers.get('location')).toBe('/');
    expect(await page('/')).toContain('★ Starred');
    await post('/account/read', { article: star, read: '1' });
    expect(await page('/')).toMatch(/class="story read" id="a-/);
    await post('/account/read', { article: star, read: '0' });
    await post('/account/read-all', { address: '/', until: new Date().toISOString() });
    expect(await page('/')).toMatch(/class="story read" id="a-/);
    expect((await post('/account/read-all', { address: '/', until: 'soon' })).status).toBe(400);
  });

  it('all that is one’s own is given as JSON and OPML', async () => {
    const all = JSON.parse(await page('/account/export')) as Record<string, unknown>;
    expect(all).toMatchObject({
      name: 'anna',
      preferences: { view: 'compact' },
      starred: [{ id: star, title: 'Council votes' }],
    });
    expect(JSON.stringify(all.muted)).toContain('noise');
    expect(JSON.stringify(all.followed)).not.toContain('without');
    expect(await page('/account/opml')).toContain('thing+or+council');
  });
});
