import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordCrawl } from '../../../src/store/crawls.ts';
import { markFailed, markTold, nextEvents, openTarget, type StoreEvent } from '../../../src/store/events.ts';
import { storedFetches } from '../../../src/store/fetches.ts';
import { registerLinks, writeOutcome } from '../../../src/store/links.ts';
import { writeMessages } from '../../../src/store/messages.ts';
import { beat } from '../../../src/store/processes.ts';
import { setAside, triedAside } from '../../../src/store/set-aside.ts';
import { dueSources, syncSources } from '../../../src/store/sources.ts';
import { noteStoreSize } from '../../../src/store/store-size.ts';
import { sourceWith } from '../../support/source.ts';
import { label, openTestWire, type TestWire, writeArticle, writeRejection } from '../wire.ts';

let wire: TestWire;
const now = new Date();
const fails = { state: 'fails', cause: 'the connection was refused', since: now, inARow: 3 } as const;
beforeAll(async () => {
  wire = await openTestWire();
  const { db } = wire.store;
  await syncSources(db, [
    sourceWith({ id: 'danube', name: 'The Danube Post' }),
    sourceWith({ id: 'fjord', name: 'Fjord Avis' }),
  ]);
  await db
    .insertInto('sources')
    .values({ id: 'a/b', settings: JSON.stringify({ ...sourceWith({ id: 'ab', name: 'A or B' }), id: 'a/b' }) })
    .execute();
  await recordCrawl(
    db,
    'danube',
    { at: now, nextAt: new Date(now.getTime() + 9e6), health: fails, schedule: {} },
    {
      ...fails,
      startedAt: now,
      tookMs: 1500,
      pages: 2,
      articles: 1,
      requests: 4,
      bytes: 52_000,
      rejected: { form: 1 },
      listings: [{ kind: 'feed', url: 'https://danube.example/rss', problem: fails.cause, items: 0, fresh: 0 }],
    },
  );
  await writeRejection(db, 'https://danube.example/login', 'danube', 'form', 'a password field');
  const key = 'https://danube.example/a';
  await registerLinks(db, 'danube', [{ key, link: { url: key, authors: [], categories: [] } }], now);
  const published = new Date(now.getTime() - 600_000);
  const article = await writeArticle(db, { source: 'danube', url: key, published, countries: [label('RS')] });
  await writeOutcome(db, key, { kind: 'published', article, story: article }, now);
  await beat(db, {
    id: '0b0e0000-0000-4000-8000-000000000001',
    host: 'north',
    pid: 7,
    roles: ['crawl'],
    startedAt: now,
    seenAt: now,
  });
  await noteStoreSize(db, now);
});
afterAll(() => wire[Symbol.asyncDispose]());

const get = async (path: string) => {
  const answer = await fetch(`${wire.url}${path}`);
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
};
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${wire.url}${path}`, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });

describe("the operator's pages", () => {
  it('say how the wire stands', async () => {
    const { text, headers } = await get('/admin');
    expect(text).toContain('1 source fails');
    expect(text).toContain('the connection was refused');
    expect(text).toMatch(/published <span class="number">1</);
    expect(text).toContain('<dt>Lag, median</dt><dd class="">10 min</dd>');
    expect(text).toMatch(/<strong>north<\/strong> <span class="soft">7<\/span> crawl/);
    expect(text).toMatch(/reason=form">form</);
    expect(text).toContain('no living process has the roles schedule, ingest, publish');
    expect(headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(headers.get('cache-control')).toBe('private, no-store');
  });

  it('list sources by health, found by name or id', async () => {
    const { text } = await get('/admin/sources');
    expect(text.indexOf('The Danube Post')).toBeLessThan(text.indexOf('Fjord Avis'));
    expect((await get('/admin/sources?state=fails')).text).not.toContain('Fjord Avis');
    expect((await get('/admin/sources?q=FJORD')).text).toContain('1 source<');
    expect((await get('/admin/sources?q=%25')).text).toContain('0 sources');
  });

  it('show a source, whatever its id', async () => {
    const { text } = await get('/admin/sources/danube');
    expect(text).toContain('3 crawls in a row');
    expect(text).toContain('52.0 kB');
    expect(text).toContain('name="reason" value="form"');
    expect((await get(`/admin/sources/${encodeURIComponent('a/b')}`)).text).toContain('A or B');
    expect((await get('/admin/sources/nobody')).status).toBe(404);
  });

  it('show since when the pages of a source are read otherwise', async () => {
    const { db, pool } = wire.store;
    expect((await get('/admin/sources/fjord')).text).toContain('None was seen');
    await pool.query(
      `insert into source_counts (day, source, outcome, reason, count)
       select ($1::timestamptz at time zone 'UTC')::date - n, 'fjord', outcome, reason, case when (n < 3) = (outcome = 'rejected') then 30 else 2 end
       from generate_series(0, 20) n, (values ('published', ''), ('rejected', 'no-text')) as ends (outcome, reason)`,
      [now],
    );
    for (let index = 0; index < 24; index++)
      await writeArticle(db, {
        source: 'fjord',
        text: randomBytes(index < 8 ? 60 : 900).toString('hex'),
        seenAt: new Date(now.getTime() - (index < 8 ? 1 : 8) * 86_400_000),
      });
    const { text } = await get('/admin/sources/fjord');
    expect(text).toMatch(/94 % of the pages were rejected, 6 % in the two weeks before/);
    expect(text).toMatch(/articles became much shorter: \d+ % of what they were/);
  });

  it('list pages by outcome and time', async () => {
    const { text } = await get('/admin/links?outcome=rejected&reason=form&source=danube');
    expect(text).toContain('a password field');
    expect(text).not.toContain('danube.example%2Fa"');
    expect((await get('/admin/links?from=2020-01-01&to=2020-01-02')).text).toContain('None in this time');
  });

  it('follow an address from its list to the feeds', async () => {
    const { db } = wire.store;
    const key = 'https://danube.example/a';
    await storedFetches(db).write([
      {
        key,
        at: now,
        tookMs: 80,
        status: 200,
        url: key,
        redirects: [{ to: key, status: 301 }],
        headers: { 'content-type': 'text/html', 'set-cookie': 'secret' },
        verdict: 'article',
        kept: 1234,
      },
    ]);
    const { text } = await get(`/admin/trail?url=${encodeURIComponent(`${key}?utm_source=x`)}`);
    for (const words of [
      '301 →',
      '1234 characters kept',
      'text/html',
      'Published',
      'in the feeds from then on',
      'Nothing like it was found',
    ])
      expect(text).toContain(words);
    expect(text).not.toContain('secret');
    expect(text).toMatch(/<td>Serbia <span class="soft">RS</);
    expect((await get('/admin/trail?url=nonsense')).text).toContain('No source has named this address');
  });

  it.each([
    ['/admin/links?outcome=lost', 'outcome is one of published'],
    ['/admin/links?from=yesterday', 'from is a day'],
    ['/admin/links?from=2026-99-99', 'from is a day'],
    ['/admin/sources?state=ill', 'state is one of'],
  ])('refuse %s in words', async (path, words) => {
    const { status, text } = await get(path);
    expect(status).toBe(400);
    expect(text).toContain(words);
  });

  it.each([
    '/admin/sources?page=-4',
    '/admin/sources?page=1e9&q=%00',
    '/admin/links?before=%00x',
    '/admin?did=toString',
    `/admin/sources?q=${'x'.repeat(3000)}`,
  ])('bear %s', async (path) => {
    expect((await get(path)).status).toBe(200);
  });

  it('say when each target was told of an article, and what keeps the others', async () => {
    const { db, pool } = wire.store;
    const key = 'https://danube.example/told';
    await registerLinks(db, 'danube', [{ key, link: { url: key, authors: [], categories: [] } }], now);
    for (const target of [
      'webhook https://a.example/secret',
      'webhook https://b.example/',
      'webhook https://c.example/',
    ])
      await openTarget(db, target);
    const article = await writeArticle(db, { source: 'danube', url: key, countries: [label('RS')] });
    await writeOutcome(db, key, { kind: 'published', article, story: article }, now);
    const trail = async () => (await get(`/admin/trail?url=${encodeURIComponent(key)}`)).text;
    const events = async (target: string) => {
      await expect.poll(async () => (await nextEvents(db, target, new Date())).length).toBeGreaterThan(0);
      return nextEvents(db, target, new Date());
    };
    const told = (await events('webhook https://a.example/secret')).at(-1) as StoreEvent;
    await markTold(db, 'webhook https://a.example/secret', told, new Date('2026-11-20T07:08:00Z'));
    await markFailed(db, 'webhook https://b.example/', 'b.example answered 500', now);
    await setAside(db, 'webhook https://c.example/', [{ event: told, error: 'c.example answered 422' }], now);
    await writeMessages(
      db,
      ['x', 'y'].map((name) => ({
        ...{ key: name, channel: 'email' as const, address: `${name}@reader.example`, articles: [article] },
        notice: { title: 'N', lines: [], items: [] },
      })),
      now,
    );
    const text = await trail();
    expect(text).toMatch(/https:\/\/a\.example\/…: told <time datetime="2026-11-20T07:08/);
    expect(text).toMatch(
      /b\.example: <span class="warn">still to be told<\/span> <span class="bad">b\.example answered 500/,
    );
    expect(text).toContain('c.example answered 422');
    expect(text).toContain('2 messages by mail: <span class="warn">still to be sent');
    expect(text).not.toContain('reader.example');
    // What was set aside and is taken later is told then.
    await pool.query(`update set_aside set next_try_at = now() - interval '1 hour'`);
    await triedAside(db, 'webhook https://c.example/', told, undefined, new Date('2026-11-21T09:00:00Z'));
    await markTold(db, 'webhook https://c.example/', told, new Date('2026-11-21T09:00:00Z'));
    expect(await trail()).toMatch(/c\.example: told <time datetime="2026-11-21T09:00/);
  });

  it('are told live', async () => {
    const stop = new AbortController();
    const answer = await fetch(`${wire.url}/admin/live`, { signal: stop.signal });
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    let told = '';
    for await (const chunk of answer.body ?? []) {
      told += Buffer.from(chunk).toString();
      if (told.includes('\n\ndata: ') && told.endsWith('\n\n')) break;
    }
    stop.abort();
    expect(JSON.parse(/data: (.*)\n/.exec(told)?.[1] ?? '')).toContain('id="overview-now"');
  }, 20_000);
});

describe("the operator's buttons", () => {
  it('crawl now, pause and go on, and are written down', async () => {
    const crawled = await post('/admin/sources/danube/crawl', {});
    expect([crawled.status, crawled.headers.get('location')]).toEqual([303, '/admin/sources/danube?did=crawl']);
    expect((await get('/admin')).text).toMatch(/crawl<\/a><\/th>\s*<td class="number">1</);
    await post('/admin/sources/fjord/pause', { do: 'pause' });
    expect(await dueSources(wire.store.db, new Date())).not.toContain('fjord');
    await post('/admin/sources/fjord/pause', { do: 'resume' });
    expect(await dueSources(wire.store.db, new Date())).toContain('fjord');
    await post('/admin/queues/all', { do: 'pause' });
    expect((await get('/admin')).text).toContain('paused: schedule, crawl, article');
    await post('/admin/queues/all', { do: 'resume' });
    expect((await get('/admin')).text).not.toContain('❚❚');
    const { text } = await get('/admin/log');
    for (const words of ['crawl now', 'pause', 'resume', 'all queues', 'at this machine'])
      expect(text).toContain(words);
  });

  it('have rejected pages fetched again', async () => {
    const { headers } = await post('/admin/retry', { reason: 'form', source: 'danube' });
    expect(headers.get('location')).toBe('/admin/sources/danube?did=retry&count=1');
    const row = await wire.store.db
      .selectFrom('links')
      .selectAll()
      .where('key', '=', 'https://danube.example/login')
      .executeTakeFirst();
    expect(row).toMatchObject({ state: 'pending', outcome: null, reason: null, tries: 0 });
    expect(await dueSources(wire.store.db, new Date())).toContain('danube');
  });

  it.each([
    ['/admin/sources/nobody/crawl', {}, 404],
    ['/admin/sources/nobody/pause', { do: 'pause' }, 404],
    ['/admin/sources/danube/pause', { do: 'dance' }, 400],
    ['/admin/queues/none', { do: 'pause' }, 404],
    ['/admin/retry', { reason: 'toString' }, 400],
    ['/admin/retry', { reason: 'pruned' }, 400],
    ['/admin/sources/danube/edit', { entry: 'id: x' }, 409],
  ])('%s with %j answers %i', async (path, fields, status) => {
    expect((await post(path, fields as Record<string, string>)).status).toBe(status);
  });

  it('obey no other site', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    for (const path of ['/admin/sources/danube/crawl', '/admin/queues/all', '/admin/retry', '/admin/add', '/admin/try'])
      expect((await post(path, { do: 'pause', reason: 'form' }, headers)).status, path).toBe(403);
  });
});
