import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { follow } from '../../src/store/subscriptions.ts';
import { addUser } from '../../src/store/users.ts';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

/**
 * The requests that clients make, written from their sources and from what servers log of them: Fluent Reader goes down from the greatest
 * number, ReadKit goes up by since_id, Unread asks for the ids and then for those items.
 */
interface Answer {
  readonly auth: number;
  readonly error?: string;
  readonly items?: {
    readonly id: number;
    readonly title: string;
    readonly is_read: number;
    readonly is_saved: number;
    readonly feed_id: number;
    readonly html: string;
  }[];
  readonly total_items?: number;
  readonly unread_item_ids?: string;
  readonly saved_item_ids?: string;
  readonly groups?: { readonly id: number; readonly title: string }[];
  readonly feeds?: { readonly id: number; readonly title: string; readonly url: string }[];
  readonly feeds_groups?: { readonly group_id: number; readonly feed_ids: string }[];
}

let wire: TestWire;
let cookie = '';
let key = '';
const html = (path: string, fields?: Record<string, string>) =>
  fetch(`${wire.url}${path}`, {
    headers: { cookie },
    redirect: 'manual',
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  });
/** As clients ask: what is asked in the address, the key in the body. */
async function ask(query: string, body = '', apiKey = key): Promise<Answer & { status: number }> {
  const answer = await fetch(`${wire.url}/fever/?api${query}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `api_key=${apiKey}${body}`,
  });
  return { status: answer.status, ...((await answer.json()) as Answer) };
}
const ids = (text = ''): number[] => (text === '' ? [] : text.split(',').map(Number));

beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
  await addUser(db, 'anna', 'correct horse', 'reader', new Date(Date.now() - 86_400_000));
  const { id } = await db.selectFrom('users').select('id').executeTakeFirstOrThrow();
  await db.deleteFrom('subscriptions').execute();
  await follow(db, id, { region: 'RS' }, 'Serbia', 'Balkans');
  await follow(db, id, { region: 'HR' }, 'Croatia', 'Balkans');
  await follow(db, id, { query: 'tram' }, 'Trams', null);
  for (let index = 1; index <= 60; index++)
    await writeArticle(db, {
      title: `Serbia ${index}`,
      source: 'paper',
      countries: [label('RS')],
      summary: `<b>${index}</b> & more`,
      seenAt: new Date(Date.now() - 60_000 + index),
    });
  await writeArticle(db, { title: 'Not followed', countries: [label('PE')] });
  await writeArticle(db, { title: 'Croatia 1', countries: [label('HR')] });
  const entered = await html('/account/in', { name: 'anna', password: 'correct horse' });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
});
afterAll(() => wire[Symbol.asyncDispose]());

describe('the Fever API', () => {
  it('opens with a password that the account makes for it, shown once', async () => {
    expect((await html('/account/apps')).status).toBe(200);
    const made = await (await html('/account/apps', { kind: 'fever', do: 'make' })).text();
    const [, password = ''] = /Your new password: <code>([\w-]{24})<\/code>/.exec(made) ?? [];
    expect(made).toContain(`<code>${wire.url}/fever/</code>, name: <code>anna</code>`);
    key = createHash('md5').update(`anna:${password}`).digest('hex');
    expect(await ask('')).toMatchObject({ status: 200, auth: 1 });
    expect(await ask('', '', key.toUpperCase())).toMatchObject({ auth: 1 });
    expect(await (await html('/account/apps')).text()).not.toContain(password);
    // Neither the account's own password nor nonsense opens it, nor does this one open anything else.
    const own = createHash('md5').update('anna:correct horse').digest('hex');
    for (const wrong of [own, '', 'x', password, `${key}'`])
      expect(await ask('&items', '', wrong)).toEqual({ status: 200, api_version: 3, auth: 0 });
    expect(
      (await fetch(`${wire.url}/mcp`, { method: 'POST', headers: { authorization: `Bearer ${password}` } })).status,
    ).not.toBe(200);
  });

  it('serves Fluent Reader: feeds, groups, then down from the greatest number', async () => {
    const { feeds = [], feeds_groups: members = [] } = await ask('&feeds');
    expect(feeds.map(({ title }) => title)).toEqual(['Serbia', 'Croatia', 'Trams']);
    const { groups = [] } = await ask('&groups');
    expect(groups).toEqual([{ id: feeds[0]?.id, title: 'Balkans' }]);
    expect(members).toEqual([{ group_id: groups[0]?.id, feed_ids: `${feeds[0]?.id},${feeds[1]?.id}` }]);
    const got: NonNullable<Answer['items']> = [];
    let min = Number.MAX_SAFE_INTEGER;
    for (;;) {
      const { items = [], total_items: total } = await ask(`&items&max_id=${min}`);
      expect(total).toBe(61);
      got.push(...items);
      min = Math.min(min, ...items.map(({ id }) => id));
      if (items.length < 50) break;
    }
    expect([got.length, new Set(got.map(({ id }) => id)).size]).toEqual([61, 61]);
    expect(got[0]).toMatchObject({ title: 'Croatia 1', feed_id: feeds[1]?.id, is_read: 0, is_saved: 0 });
    expect(got.at(-1)).toMatchObject({ title: 'Serbia 1', html: '<p>&lt;b&gt;1&lt;/b&gt; &amp; more</p>' });
    expect(got.map(({ title }) => title)).not.toContain('Not followed');
  });

  it('serves ReadKit: up by since_id, and what it marks stays marked', async () => {
    const titles: string[] = [];
    let since = 0;
    for (;;) {
      const { items = [] } = await ask(`&items&since_id=${since}`);
      if (items.length === 0) break;
      titles.push(...items.map(({ title }) => title));
      since = Math.max(...items.map(({ id }) => id));
    }
    expect([titles.length, titles[0], titles.at(-1)]).toEqual([61, 'Serbia 1', 'Croatia 1']);
    const { saved_item_ids: saved } = await ask('', `&mark=item&as=saved&id=${since}`);
    expect(ids(saved)).toEqual([since]);
    const { unread_item_ids: unread } = await ask('', `&mark=item&as=read&id=${since}`);
    expect(ids(unread)).toHaveLength(60);
    expect(await (await html('/starred')).text()).toContain('Croatia 1');
    expect(ids((await ask('', `&mark=item&as=unread&id=${since}`)).unread_item_ids)).toHaveLength(61);
    expect(ids((await ask('&saved_item_ids', `&mark=item&as=unsaved&id=${since}`)).saved_item_ids)).toEqual([]);
  });

  it('serves Unread: the ids, then the items by fifties, then a feed marked as read', async () => {
    const unread = ids((await ask('&unread_item_ids')).unread_item_ids);
    const { items = [] } = await ask(`&items&with_ids=${unread.slice(0, 50).join(',')}`);
    expect(new Set(items.map(({ id }) => id))).toEqual(new Set(unread.slice(0, 50)));
    const {
      feeds = [],
      favicons,
      links,
    } = (await ask('&groups&feeds&favicons&links')) as Answer & { favicons?: unknown; links?: unknown };
    expect([favicons, links]).toEqual([[], []]);
    const [serbia, croatia] = feeds;
    // An article that came in after the client had looked stays unread.
    await ask('', `&mark=feed&as=read&id=${serbia?.id}&before=${Math.floor(Date.now() / 1000) - 3600}`);
    expect(ids((await ask('&unread_item_ids')).unread_item_ids)).toHaveLength(61);
    await ask('', `&mark=feed&as=read&id=${serbia?.id}&before=${Math.floor(Date.now() / 1000) + 1}`);
    expect(ids((await ask('&unread_item_ids')).unread_item_ids)).toHaveLength(1);
    await ask('', `&mark=group&as=read&id=${serbia?.id}`);
    expect(ids((await ask('&unread_item_ids')).unread_item_ids)).toEqual([]);
    expect(croatia?.url).toBe(`${wire.url}/region/HR`);
  });

  it.each([
    ['&items&since_id=x', '', "'since_id' is a whole number."],
    ['&items&max_id=99999999999999999999', '', "'max_id' is a whole number."],
    ['', '&mark=item&as=burnt&id=1', 'as read, unread, saved or unsaved'],
    ['', '&mark=item&as=read', 'as read, unread, saved or unsaved'],
    ['', '&mark=world&as=read&id=1', "'mark' is item, feed or group"],
  ])('says in its own format what is wrong with %s%s', async (query, body, words) => {
    const answer = await ask(query, body);
    expect([answer.status, answer.error?.includes(words)]).toEqual([400, true]);
  });

  it('answers absurd numbers with nothing, and closes when the password is dropped', async () => {
    expect((await ask('&items&since_id=999999999999999999')).items).toEqual([]);
    expect((await ask('&items&with_ids=1e9,-1,,0x10')).items).toEqual([]);
    const before = await ask('', '&mark=group&as=read&id=-1');
    expect(before.status).toBe(200);
    await html('/account/apps', { kind: 'fever', do: 'drop' });
    expect(await ask('&items')).toMatchObject({ auth: 0 });
  });
});
