import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CatalogueFile, openCatalogueFile } from '../../../src/app/catalogue-file.ts';
import { openTrial } from '../../../src/app/open-trial.ts';
import { openLog } from '../../../src/domain/log.ts';
import { readSettings } from '../../../src/domain/settings.ts';
import { syncSources } from '../../../src/store/sources.ts';
import { type LocalServer, startServer } from '../../crawl/local-server.ts';
import { openTestStore } from '../../support/postgres.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openTestWire, type TestWire } from '../wire.ts';

let site: LocalServer;
let folder: string;
let file: string;
let catalogue: CatalogueFile;
let trial: ReturnType<typeof openTrial>;
let wire: TestWire;
let shared: Awaited<ReturnType<typeof openTestStore>>;
const sentences = [
  'The harbour council met on Tuesday evening in the old customs house and heard nine speakers.',
  'After a long debate about costs and traffic it approved the new quay by nine votes to four.',
  'Work is to begin in spring, the engineer said, and ferries will keep running throughout.',
  'Fishermen had asked for a smaller basin, but withdrew their objection last week.',
  'The first ships are expected to berth there in two years, weather and money permitting.',
];
const page = `<html lang="en"><head><title>Quay approved</title></head><body><nav><a href="/">Home</a></nav><article><h1>Quay approved</h1>
${sentences.map((sentence) => `<p>${sentence} Nobody in the hall spoke against it, and the mayor thanked all who had come to hear them.</p>`).join('')}
<p class="promo">Win a boat today.</p><script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"></article></body></html>`;
beforeAll(async () => {
  site = await startServer((request, response) => {
    if (request.url === '/rss.xml')
      return response
        .writeHead(200, { 'content-type': 'application/rss+xml' })
        .end(
          `<rss version="2.0"><channel><title>Harbour Post</title><item><title>One</title><link>${site.origin}/1</link></item></channel></rss>`,
        );
    if (request.url === '/')
      return response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(
          '<html><head><title>Harbour Post</title><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body></body></html>',
        );
    if (request.url === '/1') return response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    return response.writeHead(404).end();
  });
  folder = temporaryFolder('edit');
  file = path.join(folder, 'sources.yaml');
  await writeFile(
    file,
    '# Mine.\nsources:\n  - id: valley # south\n    name: Valley\n    home: https://valley.example/\n',
  );
  shared = await openTestStore();
  trial = openTrial(shared.db, readSettings({ ALLOW_PRIVATE: '1', RATE: '100' }));
  let db: TestWire['store']['db'] | undefined;
  catalogue = await openCatalogueFile(
    file,
    async ({ sources }) => {
      if (db) await syncSources(db, sources);
    },
    openLog('silent'),
  );
  wire = await openTestWire({}, { catalogue, trial });
  db = wire.store.db;
}, 60_000);
afterAll(async () => {
  await wire[Symbol.asyncDispose]();
  await catalogue.close();
  await trial.close();
  await shared[Symbol.asyncDispose]();
  await site[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const post = async (at: string, fields: Record<string, string>) => {
  const answer = await fetch(`${wire.url}${at}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text(), to: answer.headers.get('location') };
};
const get = async (at: string) => (await fetch(`${wire.url}${at}`)).text();
const field = (text: string, name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(text)?.[1] ?? '';

describe('a source in the browser', () => {
  it('is found by its address, added, edited, and taken out again', async () => {
    const looked = await post('/admin/add', { do: 'look', url: site.origin });
    expect(looked.text).toContain('name: Harbour Post');
    expect(looked.text).toContain('✓ 1 links');
    const entry = `id: harbour\nname: Harbour Post # theirs\nhome: ${site.origin}/\nfeeds: [${site.origin}/rss.xml]\n`;
    expect((await post('/admin/add', { do: 'save', entry })).to).toBe('/admin/sources/harbour?did=added');
    expect(await get('/admin/sources/harbour?did=added')).toContain('The source is in the catalogue');
    expect(await readFile(file, 'utf8')).toContain('name: Harbour Post # theirs');

    const form = await get('/admin/sources/harbour/edit');
    const version = field(form, 'version');
    const tried = await post('/admin/sources/harbour/edit', {
      do: 'try',
      version,
      entry: entry.replace('rss.xml', 'old.xml'),
    });
    expect(tried.text).toContain('✗ answered 404');
    const saved = await post('/admin/sources/harbour/edit', { do: 'save', version, entry: `${entry}lang: en\n` });
    expect(saved.to).toBe('/admin/sources/harbour?did=saved');
    const late = await post('/admin/sources/harbour/edit', { do: 'save', version, entry: `${entry}lang: fr\n` });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Somebody else has changed this entry meanwhile');
    expect(late.text).toContain('lang: fr');
    expect(await readFile(file, 'utf8')).toContain('lang: en');

    const gone = await post('/admin/sources/harbour/remove', { version: field(late.text, 'version') });
    expect(gone.to).toBe('/admin/sources/harbour?did=removed');
    expect(await readFile(file, 'utf8')).toBe(
      '# Mine.\nsources:\n  - id: valley # south\n    name: Valley\n    home: https://valley.example/\n',
    );
    for (const word of ['add', 'edit', 'remove']) expect(await get('/admin/log')).toContain(`<td>${word}</td>`);
  }, 60_000);

  it('is edited in fields too, which are written into the text; comments stay, and both may be changed at once', async () => {
    const before = await readFile(file, 'utf8');
    const form = await get('/admin/sources/valley/edit');
    expect(form).toMatch(/<input name="name" value="Valley"/);
    const base = 'id: valley # south\nname: Valley\nhome: https://valley.example/\n';
    const shown = { base, version: field(form, 'version'), name: 'Valley', home: 'https://valley.example/', lang: '' };
    const saved = await post('/admin/sources/valley/edit', {
      ...{ ...shown, do: 'save', entry: `${base}exclude: ['/video/']\n` },
      ...{ feeds: 'https://valley.example/a\r\nhttps://valley.example/b', schedule: '*/5 * * * *', take: 'articles' },
    });
    expect(saved.to).toBe('/admin/sources/valley?did=saved');
    expect(await readFile(file, 'utf8')).toContain(
      "  - id: valley # south\n    name: Valley\n    home: https://valley.example/\n    exclude: ['/video/']\n    feeds:\n      - https://valley.example/a\n      - https://valley.example/b\n    schedule: '*/5 * * * *'\n",
    );
    const version = field(await get('/admin/sources/valley/edit'), 'version');
    const mistaken = { ...shown, version, do: 'save', entry: base, country: 'Serbia' };
    const wrong = await post('/admin/sources/valley/edit', mistaken);
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('an ISO 3166-1 code in capitals is expected');
    expect(wrong.text).toMatch(/<input name="country" value="Serbia"/);
    // Another one who had the form open: what he changed is written into what stands there now.
    const late = await post('/admin/sources/valley/edit', { ...shown, do: 'save', entry: base, country: 'RS' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('The fields that you changed are written into it below');
    expect(late.text).toMatch(/<textarea id="entry"[^>]*>[^<]*exclude: \[&#39;\/video\/&#39;\][^<]*country: RS/);
    await writeFile(file, before);
    await expect.poll(async () => get('/admin/sources/valley/edit'), { timeout: 10_000 }).not.toContain('video');
  });

  it('that is written wrong is refused with its line, and nothing is lost', async () => {
    const refused = await post('/admin/add', { do: 'save', entry: 'id: x\nnam: X\nhome: nowhere' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('nam: there is no such field');
    expect(refused.text).toContain('nam: X');
    expect((await post('/admin/add', { do: 'look', url: 'not a site' })).text).toContain(
      'is not the address of a site',
    );
  });

  it('comes in by the dozen from an OPML list', async () => {
    const opml =
      '<opml version="2.0"><body><outline text="Hill" xmlUrl="https://hill.example/a" htmlUrl="https://hill.example/"/></body></opml>';
    expect((await post('/admin/import', { opml })).text).toContain('1 source added, 0 feeds were listed already');
    expect((await post('/admin/import', { opml })).text).toContain('0 sources added, 1 feed was listed already');
    expect((await post('/admin/import', { opml: 'no list' })).status).toBe(422);
  });

  it('says when the file is broken by hand', async () => {
    const before = await readFile(file, 'utf8');
    await writeFile(file, before.replace('name: Valley', 'nome: Valley'));
    const refused = await post('/admin/add', { do: 'save', entry: 'id: y\nname: Y\nhome: https://y.example/' });
    expect(refused.text).toMatch(/sources\.yaml:\d+: nome: there is no such field/);
    await expect
      .poll(() => get('/admin'), { timeout: 10_000 })
      .toContain('the catalogue is broken, the one of before goes on');
    expect(await get('/admin/sources')).toMatch(/sources\.yaml:\d+: nome: there is no such field/);
    await writeFile(file, before);
  });
});

describe('a page that is tried', () => {
  it('shows what is kept and why, and runs nothing of it', async () => {
    const { status, text } = await post('/admin/try', { url: `${site.origin}/1`, remove: '.promo' });
    expect(status).toBe(200);
    expect(text).toContain('✓ An article');
    expect(text).toMatch(/class="kept"><span class="hidden">Kept: <\/span>The harbour council met/);
    expect(text).toMatch(/class="stripped"><span class="hidden">Stripped: <\/span>Home/);
    expect(text).not.toMatch(/Kept: <\/span>Win a boat/);
    expect((await post('/admin/try', { html: page, remove: 'article' })).text).toContain('✗ Rejected');
    expect(text).not.toContain('<script>window');
    expect(text).not.toContain('onerror="window');
    const pasted = await post('/admin/try', { html: page });
    expect(pasted.text).toContain('Quay approved');
  }, 60_000);

  it.each([
    [{}, 'Give an address'],
    [{ url: 'ftp://x' }, 'is not an http(s) address'],
    [{ url: 'http://no-such-paper.invalid/' }, 'the name is not known'],
    [{ html: '<p>x', keep: '>>>' }, 'is no CSS selector'],
  ])('%j is answered in words', async (fields, words) => {
    const { status, text } = await post('/admin/try', fields as Record<string, string>);
    expect(status).toBe(422);
    expect(text).toContain(words);
  });
});
