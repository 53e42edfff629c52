import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '../../src/catalogue/catalogue.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const cli = join(import.meta.dirname, '../../src/cli.ts');
let folder: string;
let server: Server;
let site: string;
let file: string;

/** One run of the command: what it printed and its exit code. */
function courant(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, ALLOW_PRIVATE: '1', RATE: '1000', SOURCES: file };
  return new Promise((resolve) => {
    execFile(process.execPath, [cli, ...argv], { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err }),
    );
  });
}

beforeAll(async () => {
  folder = temporaryFolder('sources');
  file = join(folder, 'sources.yaml');
  server = createServer(({ url }, response) => {
    const feed = `<rss version="2.0"><channel><title>Harbour</title><link>${site}/</link><item><title>A</title><link>${site}/a</link><pubDate>Sat, 21 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>`;
    const home =
      '<!DOCTYPE html><html lang="en"><head><title>Harbour Post</title><link rel="alternate" type="application/rss+xml" href="/rss"></head><body></body></html>';
    const body = url === '/rss' ? feed : url === '/' ? home : undefined;
    response.writeHead(body === undefined ? 404 : 200, {
      'content-type': url === '/rss' ? 'application/rss+xml' : 'text/html',
    });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

const written = `# mine
sources:
  - id: valley # keep this
    name: Valley Tribune
    home: https://valley.example/
    feeds: [https://valley.example/feed]
`;

describe('courant sources', () => {
  it('adds a site with the feeds it finds, once, and checks and removes it again', async () => {
    await writeFile(file, written);
    const added = await courant('sources', 'add', `${site}/`, '--id', 'harbour');
    expect(added).toMatchObject({ code: 0 });
    expect(added.err).toContain(`${site}/rss`);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('valley # keep this');
    expect(readCatalogue(text, file).at(-1)).toMatchObject({
      id: 'harbour',
      name: 'Harbour',
      home: `${site}/`,
      feeds: [`${site}/rss`],
      lang: 'en',
    });

    expect((await courant('sources', 'add', site)).err).toContain('already, as harbour');

    const checked = await courant('sources', 'check', 'harbour');
    expect(checked.code).toBe(0);
    expect(checked.out).toMatch(/harbour +feed +1 +2026-11-21T08:00 +http/);

    expect((await courant('sources', 'remove', 'harbour')).code).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(written);
  });

  it('lists as a table and as JSON', async () => {
    await writeFile(file, written);
    expect((await courant('sources', 'list')).out).toMatch(
      /^ID +NAME .*\nvalley +Valley Tribune +1 +0 +0 +adaptive +articles +summary\n$/,
    );
    expect(JSON.parse((await courant('sources', 'list', '--json')).out)).toMatchObject([
      { id: 'valley', schedule: 'adaptive' },
    ]);
  });

  it('exports OPML and imports it again', async () => {
    await writeFile(file, written);
    const { out } = await courant('sources', 'export');
    const opml = join(folder, 'list.opml');
    await writeFile(opml, out.replaceAll('valley', 'hill').replaceAll('Valley', 'Hill'));
    expect((await courant('sources', 'import', opml, opml)).err).toContain('Added hill-tribune');
    const sources = readCatalogue(await readFile(file, 'utf8'), file);
    expect(sources.map(({ id }) => id)).toEqual(['valley', 'hill-tribune']);
    expect(sources[1]).toMatchObject({ home: 'https://hill.example/', feeds: ['https://hill.example/feed'] });
  });

  it('tells what gives nothing, with exit code 1', async () => {
    await writeFile(file, written.replaceAll('https://valley.example', site));
    const checked = await courant('sources', 'check', '--json');
    expect(checked.code).toBe(1);
    expect(JSON.parse(checked.out)).toMatchObject([
      { source: 'valley', items: 0, problem: expect.stringContaining('404') },
    ]);
  });

  it.each([
    ['no word', [], 'Say what to do'],
    ['an unknown word', ['dance'], 'Say what to do'],
    ['no id', ['remove'], 'Name the sources'],
    ['an unknown id', ['remove', 'moon'], "no source 'moon'"],
    ['an unknown option', ['list', '--colour'], '--colour'],
    ['no address', ['add', 'http://'], 'not the address'],
    ['a file that is not there', ['import', 'no-such.opml'], 'cannot be read'],
  ])('answers %s with what to do and exit code 2', async (_, words, message) => {
    await writeFile(file, written);
    const { code, err } = await courant('sources', ...words);
    expect(err).toContain(message);
    expect(code).toBe(2);
    expect(await readFile(file, 'utf8')).toBe(written);
  });

  it('names file, line and field of a wrong catalogue', async () => {
    await writeFile(file, written.replace('https://valley.example/\n', 'valley\n'));
    const { code, err } = await courant('sources', 'list');
    expect(err).toContain('sources.yaml:5: home: an http(s) address is expected');
    expect(code).toBe(2);
  });
});

describe('courant read-feed', () => {
  it('prints a line of JSON for each file, also for those that are no feed', async () => {
    const feed = join(folder, 'feed.xml');
    const page = join(folder, 'page.html');
    await writeFile(
      feed,
      '<rss version="2.0"><channel><item><title>A</title><link>/a</link><guid>g</guid><pubDate>Sat, 21 Nov 2026 08:00:00 GMT</pubDate></item></channel></rss>',
    );
    await writeFile(page, '<!DOCTYPE html><html><body>no</body></html>');
    const { code, out } = await courant(
      'read-feed',
      '--url',
      'https://a.example/feed',
      feed,
      page,
      join(folder, 'none'),
    );
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toEqual({
      file: feed,
      items: [
        {
          title: 'A',
          link: 'https://a.example/a',
          id: 'g',
          published: '2026-11-21T08:00:00.000Z',
          date: '2026-11-21T08:00:00Z',
        },
      ],
    });
    expect(lines[1]).toEqual({ file: page, items: [], error: expect.stringContaining('web page') });
    expect(lines[2]).toMatchObject({ items: [], error: expect.stringContaining('ENOENT') });
    expect(code).toBe(1);
  });
});
