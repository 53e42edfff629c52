import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addUser } from '../../src/store/users.ts';
import { itemId, readItemId, readStream } from '../../src/web/greader/streams.ts';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

interface Item {
  readonly id: string;
  readonly title: string;
  readonly categories: readonly string[];
  readonly summary: { readonly content: string; readonly direction: string };
  readonly canonical: readonly { readonly href: string }[];
  readonly origin: { readonly streamId: string; readonly title: string };
  readonly timestampUsec: string;
}
interface Contents {
  readonly items: readonly Item[];
  readonly continuation?: string;
}
interface Ids {
  readonly itemRefs: readonly { readonly id: string }[];
  readonly continuation?: string;
}
interface Counts {
  readonly unreadcounts: readonly { readonly id: string; readonly count: number }[];
}

const all = 'user/-/state/com.google/reading-list';
const read = 'user/-/state/com.google/read';
const starred = 'user/-/state/com.google/starred';

/** The requests that clients make, in their spelling: form bodies, Authorization header, output=json. */
class Client {
  readonly #root: string;
  #auth = '';
  #token = '';
  constructor(root: string) {
    this.#root = root;
  }
  async logIn(name: string, password: string): Promise<Response> {
    const answer = await this.send('accounts/ClientLogin', {
      Email: name,
      Passwd: password,
      client: 'test',
      accountType: 'GOOGLE',
    });
    const text = await answer.clone().text();
    this.#auth = /^Auth=(.+)$/m.exec(text)?.[1] ?? '';
    return answer;
  }
  async readToken(): Promise<string> {
    this.#token = await (await this.ask('token')).text();
    return this.#token;
  }
  ask(path: string): Promise<Response> {
    return fetch(`${this.#root}/reader/api/0/${path}`, { headers: this.#headers() });
  }
  async json<T>(path: string): Promise<T> {
    const answer = await this.ask(`${path}${path.includes('?') ? '&' : '?'}output=json`);
    expect(answer.status, path).toBe(200);
    return (await answer.json()) as T;
  }
  change(path: string, fields: Record<string, string | readonly string[]>, token = this.#token): Promise<Response> {
    return this.send(`reader/api/0/${path}`, { ...fields, T: token });
  }
  send(path: string, fields: Record<string, string | readonly string[]>): Promise<Response> {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(fields)) for (const value of [values].flat()) body.append(name, value);
    return fetch(`${this.#root}/${path}`, { method: 'POST', body, headers: this.#headers() });
  }
  #headers(): Record<string, string> {
    return this.#auth === '' ? {} : { authorization: `GoogleLogin auth=${this.#auth}` };
  }
}

let wire: TestWire;
beforeAll(async () => {
  wire = await openTestWire({ OPERATOR_PASSWORD: 'the operator' });
  await writeSources(wire.store.db, [
    { id: 'danube', name: 'The Danube Post' },
    { id: 'vecer', name: 'Večer', content: 'full' },
  ]);
}, 120_000);
afterAll(() => wire[Symbol.asyncDispose]());

/** Each test has an account and articles of its own: 12, of which every third is of a country of its own. */
let client: Client;
let name: string;
beforeEach(async () => {
  const { db } = wire.store;
  await db.deleteFrom('articles').execute();
  name = `anna-${randomUUID().slice(0, 8)}`;
  const long = new Date(Date.now() - 86_400_000);
  await addUser(db, name, 'correct horse', 'reader', long);
  for (let index = 0; index < 12; index++)
    await writeArticle(db, {
      source: index % 2 === 0 ? 'vecer' : 'danube',
      title: `No. ${index}`,
      html: `<p>The text of ${index}.</p>`,
      countries: index % 3 === 0 ? [label('RS')] : [],
      lang: index === 4 ? 'ar' : 'en',
      seenAt: new Date(Date.now() - (12 - index) * 60_000),
    });
  client = new Client(wire.url);
  await client.logIn(name, 'correct horse');
  await client.readToken();
});
const titles = (items: readonly Item[]): string[] => items.map(({ title }) => title);
const unread = async (): Promise<ReadonlyMap<string, number>> =>
  new Map((await client.json<Counts>('unread-count')).unreadcounts.map(({ id, count }) => [id, count]));

describe('names', () => {
  it('of items come back from every form that clients use', () => {
    expect(itemId('31')).toBe('tag:google.com,2005:reader/item/000000000000001f');
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 999_999_999_999_999n }), (number) => {
        const seq = number.toString();
        expect(readItemId(itemId(seq))).toBe(seq);
        expect(readItemId(seq)).toBe(seq);
      }),
    );
    expect(readItemId('00000000000000ab')).toBe('171');
    for (const wrong of ['', 'x', '-1', 'tag:google.com,2005:reader/item/', `${'f'.repeat(16)}`, '9'.repeat(40)])
      expect(readItemId(wrong), wrong).toBeUndefined();
  });

  it('of streams are read with any user, and others are none', () => {
    expect(readStream('user/1001/state/com.google/starred')).toEqual({ kind: 'starred' });
    expect(readStream('user/-/label/News/Serbia')).toEqual({ kind: 'folder', name: 'News/Serbia' });
    expect(readStream('feed/7')).toEqual({ kind: 'feed', id: '7' });
    for (const wrong of ['', 'feed/x', 'user/-/state/com.google/x', "feed/1'"])
      expect(readStream(wrong)).toBeUndefined();
  });
});

describe('logging in', () => {
  it('works at both addresses, as text and as JSON', async () => {
    for (const root of [wire.url, `${wire.url}/api/greader.php`]) {
      const other = new Client(root);
      const text = await (await other.logIn(name.toUpperCase(), 'correct horse')).text();
      expect(text).toMatch(/^SID=\S+\nLSID=\S+\nAuth=\S+\n$/);
      expect(await (await other.ask('user-info?output=json')).json()).toMatchObject({ userName: name });
    }
    const json = await client.send('accounts/ClientLogin', { Email: name, Passwd: 'correct horse', output: 'json' });
    expect(await json.json()).toMatchObject({ Auth: expect.any(String) });
  });

  it('says plainly what is wrong, and holds back who guesses', async () => {
    const stranger = new Client(wire.url);
    expect((await stranger.ask('tag/list')).status).toBe(401);
    const from = { 'x-forwarded-for': '203.0.113.77' };
    const guess = (Email: string) =>
      fetch(`${wire.url}/accounts/ClientLogin`, {
        method: 'POST',
        headers: from,
        body: new URLSearchParams({ Email, Passwd: 'guess' }),
      });
    for (let tries = 0; tries < 10; tries++) {
      const answer = await guess(tries % 2 ? name : 'nobody');
      expect([answer.status, await answer.text()]).toEqual([401, 'Error=BadAuthentication\n']);
    }
    const late = await guess(name);
    expect([late.status, Number(late.headers.get('retry-after')) > 0]).toEqual([429, true]);
    const wrong = await client.change('edit-tag', { i: '1', a: read }, 'stale');
    expect([wrong.status, wrong.headers.get('x-reader-google-bad-token')]).toEqual([401, 'true']);
  });

  it('is no longer good when the password is another, or the account is gone', async () => {
    const { removeUser, setPassword } = await import('../../src/store/users.ts');
    await setPassword(wire.store.db, name, 'another one');
    expect((await client.ask('tag/list')).status).toBe(401);
    expect((await client.logIn(name, 'another one')).status).toBe(200);
    await removeUser(wire.store.db, name);
    expect((await client.ask('tag/list')).status).toBe(401);
  });
});

describe('reading', () => {
  it('gives the articles in the order of their arrival, page by page, without gap or repeat', async () => {
    const seen: string[] = [];
    for (let continuation: string | undefined = ''; continuation !== undefined; ) {
      const page: Contents = await client.json(
        `stream/contents/${encodeURIComponent(all)}?n=5${continuation && `&c=${continuation}`}`,
      );
      seen.push(...titles(page.items));
      continuation = page.continuation;
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, index) => `No. ${11 - index}`));
    const { itemRefs } = await client.json<Ids>(`stream/items/ids?s=${all}&n=1000&r=o`);
    const whole = await client.change('stream/items/contents', { i: itemRefs.map(({ id }) => id) });
    expect(titles(((await whole.json()) as Contents).items)).toEqual(seen);
  });

  it('gives the text where the source allows it, else the summary, and the way it is written', async () => {
    const { items } = await client.json<Contents>(`stream/contents/${all}?n=20`);
    const of = (title: string) => items.find((item) => item.title === title);
    expect(of('No. 4')?.summary).toEqual({ direction: 'rtl', content: '<p>The text of 4.</p>' });
    expect(of('No. 5')?.summary.content).not.toContain('The text of 5.');
    expect(of('No. 5')?.canonical[0]?.href).toMatch(/^https:\/\/paper\.example\//);
    expect(of('No. 5')?.origin.title).toBe('The Danube Post');
  });

  it('keeps what is read, and counts what is not', async () => {
    expect((await unread()).get(all)).toBe(12);
    const { itemRefs } = await client.json<Ids>(`stream/items/ids?s=${all}&n=3`);
    const ids = itemRefs.map(({ id }) => id);
    expect(await (await client.change('edit-tag', { i: ids, a: read })).text()).toBe('OK');
    expect((await unread()).get(all)).toBe(9);
    const without = await client.json<Ids>(`stream/items/ids?s=${all}&xt=${read}&n=100`);
    expect(without.itemRefs.map(({ id }) => id)).not.toEqual(expect.arrayContaining([ids[0]]));
    expect(without.itemRefs).toHaveLength(9);
    expect((await client.json<Ids>(`stream/items/ids?s=${read}&n=100`)).itemRefs.map(({ id }) => id)).toEqual(ids);
    await client.change('edit-tag', { i: itemId(ids[0] ?? ''), r: read });
    expect((await unread()).get(all)).toBe(10);
  });

  it('keeps stars, also of what is no longer followed', async () => {
    const { itemRefs } = await client.json<Ids>(`stream/items/ids?s=${all}&n=1`);
    await client.change('edit-tag', { i: itemRefs[0]?.id ?? '', a: [starred, read] });
    const before = await client.json<Contents>(`stream/contents/${starred}`);
    expect(before.items[0]?.categories).toEqual(expect.arrayContaining([starred, read]));
    const { subscriptions } = await client.json<{ subscriptions: { id: string }[] }>('subscription/list');
    await client.change('subscription/edit', { ac: 'unsubscribe', s: subscriptions.map(({ id }) => id) });
    expect(titles((await client.json<Contents>(`stream/contents/${all}`)).items)).toEqual([]);
    expect(titles((await client.json<Contents>(`stream/contents/${starred}`)).items)).toEqual(['No. 11']);
    await client.change('edit-tag', { i: itemRefs[0]?.id ?? '', r: starred });
    expect((await client.json<Contents>(`stream/contents/${starred}`)).items).toEqual([]);
  });

  it('marks all as read up to a moment, and only what stands in the stream', async () => {
    const added = (await (
      await client.change('subscription/quickadd', { quickadd: `${wire.url}/region/RS/feed.xml` })
    ).json()) as {
      streamId: string;
    };
    expect((await unread()).get(added.streamId)).toBe(4);
    await client.change('mark-all-as-read', { s: added.streamId, ts: String(Date.now() * 1000) });
    expect((await unread()).get(added.streamId)).toBe(0);
    expect((await unread()).get(all)).toBe(8);
    const sixMinutesAgo = Date.now() - 6.5 * 60_000;
    await client.change('mark-all-as-read', { s: all, ts: String(Math.round(sixMinutesAgo * 1000)) });
    expect((await unread()).get(all)).toBe(4);
  });

  it('takes bounds of time', async () => {
    const sixMinutesAgo = Math.round(Date.now() / 1000 - 6.5 * 60);
    expect((await client.json<Ids>(`stream/items/ids?s=${all}&n=100&ot=${sixMinutesAgo}`)).itemRefs).toHaveLength(6);
    expect((await client.json<Ids>(`stream/items/ids?s=${all}&n=100&nt=${sixMinutesAgo}`)).itemRefs).toHaveLength(6);
  });

  it('holds nothing from before the account as unread', async () => {
    await addUser(wire.store.db, `late-${name}`, 'correct horse', 'reader', new Date());
    await client.logIn(`late-${name}`, 'correct horse');
    expect((await unread()).get(all)).toBe(0);
    expect((await client.json<Contents>(`stream/contents/${all}?n=20`)).items).toHaveLength(12);
  });
});

describe('following', () => {
  it('takes filters by the address of their page or feed, with names and folders', async () => {
    await client.change('subscription/edit', {
      ac: 'subscribe',
      s: `feed/${wire.url}/region/RS/feed.atom`,
      t: 'Home',
      a: 'user/-/label/Balkans',
    });
    interface Listed {
      subscriptions: { id: string; title: string; url: string; categories: { id: string; label: string }[] }[];
    }
    const { subscriptions } = await client.json<Listed>('subscription/list');
    const home = subscriptions.find(({ title }) => title === 'Home');
    expect(home).toMatchObject({
      categories: [{ id: 'user/-/label/Balkans', label: 'Balkans' }],
      url: `${wire.url}/region/RS`,
    });
    expect(await client.json('tag/list')).toEqual({
      tags: [{ id: starred }, { id: 'user/-/label/Balkans', type: 'folder' }],
    });
    for (const stream of [home?.id ?? '', 'user/-/label/Balkans'])
      expect((await client.json<Contents>(`stream/contents/${encodeURIComponent(stream)}?n=20`)).items).toHaveLength(4);
    await client.change('subscription/edit', { ac: 'edit', s: home?.id ?? '', t: 'Serbia', r: 'user/-/label/Balkans' });
    expect((await client.json<Listed>('subscription/list')).subscriptions).toContainEqual(
      expect.objectContaining({ id: home?.id, title: 'Serbia', categories: [] }),
    );
  });

  it('refuses what is not there or cannot be, in the format of the client', async () => {
    for (const [path, fields, status] of [
      ['subscription/quickadd', { quickadd: '/region/atlantis' }, 404],
      ['subscription/quickadd', { quickadd: 'http://[' }, 400],
      ['subscription/edit', { ac: 'edit', s: 'feed/999999', t: 'x' }, 404],
      ['subscription/edit', { ac: 'burn', s: 'feed/1' }, 400],
      ['edit-tag', { i: 'nonsense', a: read }, 400],
      ['mark-all-as-read', { s: 'user/-/state/com.google/nonsense' }, 404],
      ['stream/items/ids', { s: all, c: 'absurd' }, 400],
      ['stream/items/ids', { s: all, n: '-5' }, 400],
      ['stream/items/ids', { s: 'feed/x' }, 404],
    ] as const) {
      const answer = await client.change(path, fields);
      expect(answer.status, path).toBe(status);
      expect(answer.headers.get('content-type'), path).toContain('text/plain');
      expect(await answer.text(), path).toMatch(/^Error=\w+: .+\n$/);
    }
    for (const query of ['ot=99999999999999', 'c=999999999999999999', 'n=999999999'])
      expect((await client.ask(`stream/items/ids?s=${all}&${query}`)).status, query).toBe(200);
  });

  it('shows nobody what another account did', async () => {
    await addUser(wire.store.db, `bert-${name}`, 'correct horse', 'reader', new Date(Date.now() - 86_400_000));
    const { itemRefs } = await client.json<Ids>(`stream/items/ids?s=${all}&n=1`);
    await client.change('edit-tag', { i: itemRefs[0]?.id ?? '', a: [starred, read] });
    const { subscriptions } = await client.json<{ subscriptions: { id: string }[] }>('subscription/list');
    const bert = new Client(wire.url);
    await bert.logIn(`bert-${name}`, 'correct horse');
    await bert.readToken();
    expect((await bert.json<Contents>(`stream/contents/${starred}`)).items).toEqual([]);
    await bert.change('subscription/edit', { ac: 'unsubscribe', s: subscriptions[0]?.id ?? '' });
    expect((await client.json<{ subscriptions: unknown[] }>('subscription/list')).subscriptions).toHaveLength(1);
  });
});
