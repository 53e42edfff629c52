import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '../../src/store/users.ts';
import { openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

/*
 * The requests that clients make, written from what their public sources and the manuals of servers say: the order, the spelling of ids,
 * what is left out. Reeder, ReadKit and FeedMe are closed: theirs are as FreshRSS and Miniflux document them.
 */

let wire: TestWire;
const dayAgo = new Date(Date.now() - 86_400_000);
beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
  // Twenty, so that a number whose hexadecimal digits look decimal (18 is 12) is among them.
  for (let index = 1; index <= 20; index++)
    await writeArticle(db, {
      title: `Article ${index}`,
      text: `Text ${index}.`,
      seenAt: new Date(Date.now() - (30 - index) * 1000),
    });
  for (const name of ['nnw', 'fluent', 'reeder', 'feedme']) await addUser(db, name, 'correct horse', 'reader', dayAgo);
});
afterAll(() => wire[Symbol.asyncDispose]());

interface Item {
  id: string;
  title: string;
  categories: string[];
  canonical: { href: string }[];
  crawlTimeMsec: string;
  origin: { streamId: string };
}
type Answer = {
  items: Item[];
  itemRefs: { id: string }[];
  subscriptions: { id: string; title: string; url: string; categories: { id: string; label: string }[] }[];
  tags: { id: string }[];
  unreadcounts: { id: string; count: number }[];
  continuation?: string;
  numResults: number;
  streamId: string;
};

async function logIn(root: string, name: string): Promise<(path: string, body?: string) => Promise<Response>> {
  const answer = await fetch(`${root}/accounts/ClientLogin`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `Email=${name}&Passwd=correct%20horse`,
  });
  const auth = /Auth=(\S+)/.exec(await answer.text())?.[1] ?? '';
  const headers = { authorization: `GoogleLogin auth=${auth}` };
  return (path, body) =>
    fetch(
      `${root}/reader/api/0/${path}`,
      body === undefined
        ? { headers }
        : { method: 'POST', headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' }, body },
    );
}
const json = async (answer: Promise<Response>): Promise<Answer> => (await (await answer).json()) as Answer;
const hex = (id: string): string => BigInt(id).toString(16).padStart(16, '0');

describe('NetNewsWire', () => {
  it('takes the unread ids since a fraction of a second, asks for texts by padded ids, and sends marks back', async () => {
    const ask = await logIn(`${wire.url}/api/greader.php`, 'nnw');
    const token = await (await ask('token')).text();
    expect((await json(ask('tag/list?output=json'))).tags.length).toBeGreaterThan(0);
    const { subscriptions } = await json(ask('subscription/list?output=json'));
    const since = `${Math.floor(Date.now() / 1000) - 7_776_000}.25`;
    const ids = await json(
      ask(
        `stream/items/ids?ot=${since}&n=10000&output=json&xt=user/-/state/com.google/read&s=user/-/state/com.google/reading-list`,
      ),
    );
    expect(ids.itemRefs).toHaveLength(20);
    const byFeed = await json(ask(`stream/items/ids?s=${subscriptions[0]?.id}&ot=${since}&output=json`));
    expect(byFeed.itemRefs.length).toBeGreaterThan(0);
    const asked = ids.itemRefs.map(({ id }) => `i=tag:google.com,2005:reader/item/${hex(id)}`).join('&');
    const { items } = await json(ask('stream/items/contents', `T=${token}&output=json&${asked}`));
    expect(items.map(({ title }) => title).sort()).toEqual(
      Array.from({ length: 20 }, (_, index) => `Article ${index + 1}`).sort(),
    );

    // Ids as sixteen digits that look decimal: just that article is marked.
    for (const { id } of ids.itemRefs.filter((one) => /^0+1\d$/.test(hex(one.id)))) {
      expect(await (await ask('edit-tag', `T=${token}&i=${hex(id)}&a=user/-/state/com.google/starred`)).text()).toBe(
        'OK',
      );
      const starred = await json(ask('stream/items/ids?s=user/-/state/com.google/starred&n=10000&output=json'));
      expect(starred.itemRefs.map((one) => one.id)).toEqual([id]);
      await ask('edit-tag', `T=${token}&i=${hex(id)}&r=user/-/state/com.google/starred`);
    }
  });

  it('adds a feed by its address, puts it into a folder, renames the folder and takes it away', async () => {
    const ask = await logIn(wire.url, 'nnw');
    const token = await (await ask('token')).text();
    const added = await json(
      ask(`subscription/quickadd?quickadd=${encodeURIComponent(`${wire.url}/lang/en/feed.xml`)}`, `T=${token}`),
    );
    expect(added.numResults).toBe(1);
    const find = async () =>
      (await json(ask('subscription/list?output=json'))).subscriptions.find(({ id }) => id === added.streamId);
    expect(await find()).toMatchObject({ title: 'English' });
    await ask('subscription/edit', `T=${token}&s=${added.streamId}&ac=edit&a=user/-/label/Old Name`);
    await ask('subscription/edit', `T=${token}&s=${added.streamId}&ac=edit&t=My English`);
    expect(await find()).toMatchObject({ title: 'My English', categories: [{ label: 'Old Name' }] });
    expect(
      await (await ask('rename-tag', `T=${token}&s=user/-/label/Old Name&dest=user/-/label/New Name`)).text(),
    ).toBe('OK');
    expect(await find()).toMatchObject({ categories: [{ label: 'New Name' }] });
    expect(await (await ask('disable-tag', `T=${token}&s=user/-/label/New Name`)).text()).toBe('OK');
    expect(await find()).toMatchObject({ categories: [] });
    await ask('subscription/edit', `T=${token}&s=${added.streamId}&ac=unsubscribe`);
    expect(await find()).toBeUndefined();

    for (const [path, body] of [
      ['rename-tag', `T=${token}&s=user/-/label/none&dest=user/-/label/x`],
      ['rename-tag', `T=${token}&s=user/-/label/none`],
      ['disable-tag', `T=${token}`],
      ['stream/items/ids?s=user/-/state/com.google/starred&ot=soon', undefined],
    ] as const) {
      const answer = await ask(path, body);
      expect([400, 404], path).toContain(answer.status);
      expect(await answer.text()).toMatch(/^Error=/);
    }
  });
});

describe('Fluent Reader', () => {
  it('edits without a token, by the last part of long ids', async () => {
    const ask = await logIn(wire.url, 'fluent');
    expect((await ask('user-info')).status).toBe(200);
    const [unread, starred] = await Promise.all([
      json(
        ask(
          'stream/items/ids?output=json&s=user/-/state/com.google/reading-list&xt=user/-/state/com.google/read&n=1000',
        ),
      ),
      json(ask('stream/items/ids?output=json&s=user/-/state/com.google/starred&n=1000')),
    ]);
    expect([unread.itemRefs.length, starred.itemRefs.length]).toEqual([20, 0]);
    const { items } = await json(ask('stream/contents?output=json&n=125'));
    const { subscriptions } = await json(ask('subscription/list?output=json'));
    for (const item of items) expect(subscriptions.map(({ id }) => id)).toContain(item.origin.streamId);
    const refs = items.slice(0, 3).map(({ id }) => id.split('/').at(-1));
    await ask('edit-tag', `i=${refs.join('&i=')}&a=user/-/state/com.google/read`);
    const seconds = Math.round(Number(items[0]?.crawlTimeMsec) / 1000);
    const later = await json(ask(`stream/contents?output=json&n=125&ot=${seconds - 60}`));
    expect(
      later.items.filter(({ categories }) => categories.some((one) => one.endsWith('/state/com.google/read'))),
    ).toHaveLength(3);
    await ask('mark-all-as-read', `s=${subscriptions[0]?.id}`);
    expect(
      (
        await json(
          ask(
            'stream/items/ids?output=json&s=user/-/state/com.google/reading-list&xt=user/-/state/com.google/read&n=1000',
          ),
        )
      ).itemRefs,
    ).toEqual([]);
  });
});

describe('Reeder and ReadKit', () => {
  it('page through ids by continuation, the oldest first, and ask for contents of decimal ids', async () => {
    const ask = await logIn(`${wire.url}/api/greader.php`, 'reeder');
    expect((await ask('preference/stream/list?output=json')).status).toBe(200);
    const seen: string[] = [];
    for (let c: string | undefined = ''; c !== undefined; ) {
      const page: Answer = await json(
        ask(`stream/items/ids?output=json&s=user/-/state/com.google/reading-list&n=7&r=o&c=${c}`),
      );
      seen.push(...page.itemRefs.map(({ id }) => id));
      c = page.continuation;
    }
    expect(seen).toHaveLength(20);
    expect(seen.map(BigInt)).toEqual(seen.map(BigInt).toSorted((a, b) => Number(a - b)));
    const { items } = await json(ask('stream/items/contents', seen.map((id) => `i=${id}`).join('&')));
    expect(items).toHaveLength(20);
  });
});

describe('FeedMe', () => {
  it('reads folder by folder with counts, and marks a folder as read up to a time', async () => {
    const ask = await logIn(`${wire.url}/api/greader.php`, 'feedme');
    const token = await (await ask('token')).text();
    const [first] = (await json(ask('subscription/list?output=json'))).subscriptions;
    await ask('subscription/edit', `T=${token}&ac=edit&s=${first?.id}&a=user/-/label/World`);
    const { unreadcounts } = await json(ask('unread-count?output=json'));
    expect(unreadcounts).toContainEqual(expect.objectContaining({ id: 'user/-/label/World', count: 20 }));
    const folder = await json(
      ask(
        `stream/contents/${encodeURIComponent('user/-/label/World')}?n=5&xt=user/-/state/com.google/read&output=json`,
      ),
    );
    expect(folder.items).toHaveLength(5);
    await ask('mark-all-as-read', `T=${token}&s=user/-/label/World&ts=${Date.now() * 1000}`);
    expect((await json(ask('unread-count?output=json'))).unreadcounts).toContainEqual(
      expect.objectContaining({ id: 'user/-/label/World', count: 0 }),
    );
  });
});
