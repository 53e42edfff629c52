import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUser } from '../../src/store/users.ts';
import { openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

let wire: TestWire;
let article: string;
beforeAll(async () => {
  wire = await openTestWire({ OPERATOR_PASSWORD: 'the operator' });
  const { db } = wire.store;
  await writeSources(db, [{ id: 'paper', name: 'Paper' }]);
  article = await writeArticle(db, { title: 'Council votes', seenAt: new Date() });
  const now = new Date(Date.now() - 86_400_000);
  await addUser(db, 'anna', 'correct horse', 'reader', now);
  await addUser(db, 'omar', 'correct horse', 'operator', now);
});
afterAll(() => wire[Symbol.asyncDispose]());

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${wire.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${wire.url}${path}`, { headers, redirect: 'manual' });
async function signIn(name: string): Promise<{ cookie: string }> {
  const answer = await post('/account/in', { name, password: 'correct horse' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account']);
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';', 1);
  return { cookie };
}

describe('an account', () => {
  it('is not needed to read', async () => {
    const html = await (await get(`/article/${article}`)).text();
    expect(html).toContain('Sign in');
    expect(html).not.toContain('☆');
    const refused = await get('/starred');
    expect(refused.status).toBe(401);
    // No dialog for the operator's password.
    expect(refused.headers.get('www-authenticate')).toBeNull();
    expect(await refused.text()).toMatch(/<h1>Sign in<\/h1>[\s\S]*href="\/account">Sign in</);
    expect((await post('/account/star', { article, starred: '1' })).status).toBe(401);
  });

  it('begins with a name and a password, in a cookie that scripts and other sites do not get', async () => {
    const answer = await post('/account/in', { name: 'anna', password: 'correct horse' });
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^courant=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const secure = await post(
      '/account/in',
      { name: 'anna', password: 'correct horse' },
      { 'x-forwarded-proto': 'https' },
    );
    expect(secure.headers.get('set-cookie')).toContain('; Secure');
    const wrong = await post('/account/in', { name: 'anna', password: 'x' });
    expect([wrong.status, wrong.headers.get('set-cookie')]).toEqual([401, null]);
    expect(await wrong.text()).toContain('Name or password is wrong.');
  });

  it('ends when signing out', async () => {
    const headers = await signIn('anna');
    expect(await (await get('/account', headers)).text()).toContain('<h1>anna</h1>');
    const out = await post('/account/out', {}, headers);
    expect(out.headers.get('set-cookie')).toMatch(/^courant=; .*Max-Age=0/);
    expect(await (await get('/account', headers)).text()).toContain('<h1>Sign in</h1>');
  });

  it('stars, follows and marks as read; what an account sees is kept by no shared cache', async () => {
    const headers = await signIn('anna');
    const page = await get(`/article/${article}`, headers);
    expect(page.headers.get('cache-control')).toBe('private, no-store');
    expect(await page.text()).toContain('☆ Star');
    const star = await post('/account/star', { article, starred: '1' }, headers);
    expect([star.status, star.headers.get('location')]).toEqual([303, `/article/${article}#star`]);
    expect(await (await get(`/article/${article}`, headers)).text()).toContain('★ Starred');
    expect(await (await get('/starred', headers)).text()).toContain('Council votes');
    await post('/account/follow', { address: '/search?q=tram' }, headers);
    const account = await (await get('/account', headers)).text();
    expect(account).toContain('href="/search?q=tram"');
    const mine = (await (await get('/account/export', headers)).json()) as Record<string, unknown>;
    expect(mine).toMatchObject({ name: 'anna', starred: [{ id: article }], read: [article] });
    const [, id = ''] = /search\?q=tram.*?name="id" value="(\d+)"/s.exec(account) ?? [];
    const story = (
      await wire.store.db.selectFrom('articles').select('story').where('id', '=', article).executeTakeFirstOrThrow()
    ).story;
    await post('/account/follow', { address: `/story/${story}` }, headers);
    expect(await (await get('/account', headers)).text()).toContain(`<a href="/story/${story}">Council votes</a>`);
    await post('/account/unfollow', { id }, headers);
    expect(await (await get('/account', headers)).text()).not.toContain('q=tram');
    expect((await post('/account/follow', { address: '//evil.example/x' }, headers)).status).toBe(404);
    expect((await post('/account/follow', { address: '/search?q=a%00b' }, headers)).status).toBe(303);
  });

  it('cannot be used by the page of another site', async () => {
    const headers = await signIn('anna');
    for (const from of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }])
      expect((await post('/account/star', { article, starred: '0' }, { ...headers, ...from })).status).toBe(403);
    expect(await (await get('/starred', headers)).text()).toContain('Council votes');
  });

  it('opens the operator’s pages with that role only', async () => {
    expect((await get('/status', await signIn('anna'))).status).toBe(401);
    expect((await get('/status', await signIn('omar'))).status).toBe(200);
    expect((await get('/status', { ...(await signIn('omar')), origin: 'https://evil.example' })).status).toBe(401);
    expect((await get('/status', { cookie: 'courant=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx' })).status).toBe(401);
  });
});
