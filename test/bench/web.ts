/**
 * npm run bench:web [-- --articles N --seconds N --only feeds,pages,changing,operator,crawl,nginx --data FOLDER --json]
 *
 * Requests a second, their times, and the server's CPU time a request: feeds (unconditional and 304), pages and search over a generated
 * archive of 1,000 sources with ten links an article and the history of all crawls, with the real `serve` command; and nginx serving the
 * same bytes beside it, where it is installed. 'crawl' asks `serve` and then `start`, which crawls a generated press meanwhile. The clients share the cores,
 * so the rate of one core is computed from CPU time; 'requests/s' is what was seen. `--data` names a folder whose store is kept.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/db.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { fillArchive } from './web-archive.ts';
import { addressIn, measureBesideCrawl } from './web-crawl.ts';
import { type Figures, measureLoad } from './web-load.ts';

const { values } = parseArgs({
  options: {
    articles: { type: 'string', default: '100000' },
    seconds: { type: 'string', default: '8' },
    data: { type: 'string' },
    only: { type: 'string', default: 'feeds,pages,changing,operator,crawl,nginx' },
    json: { type: 'boolean', default: false },
  },
});

const seconds = Number(values.seconds);
await using database = await openBenchPostgres(values.data);
const store = await openStore(database.url);
await fillArchive(store.db, Number(values.articles), { linksPerArticle: 9, history: true });
const { rows } = await store.pool.query<{ id: string; story: string; url: string; day: string }>(
  `select id, story, url, (news_at at time zone 'UTC')::date::text as day from articles
    where story = (select id from stories order by articles desc, latest_at desc limit 1) limit 1`,
);
const [one] = rows;
const change = () => store.pool.query(`select pg_notify('courant_changed', $1)`, [store.schema]);

const serve = spawn(
  process.execPath,
  ['--max-semi-space-size=16', 'src/cli.ts', 'serve', '--database', database.url, '--port', '0', '--log', 'info'],
  { stdio: ['ignore', 'ignore', 'pipe'] },
);
const results: Figures[] = [];
try {
  const { pid = 0 } = serve;
  const base = await addressIn(serve.stderr);
  const feed = await fetch(`${base}/feed.xml`, { headers: { 'accept-encoding': 'identity' } });
  const bytes = Buffer.from(await feed.arrayBuffer());
  const day = one?.day ?? '';
  const conditional = { 'if-none-match': feed.headers.get('etag') ?? '', 'accept-encoding': 'identity' };
  const of = async (what: string, address: string, options = {}) => {
    const load = { url: `${base}${address}`, seconds, connections: 20, ...options };
    results.push(await measureLoad(what, load, { pid, folder: database.folder }));
  };
  const wanted = new Set(values.only.split(','));
  if (wanted.has('feeds')) {
    await of('304 of /feed.xml', '/feed.xml', { headers: conditional, connections: 50 });
    await of('/feed.xml', '/feed.xml', { headers: { 'accept-encoding': 'identity' }, connections: 50 });
    await of('/feed.xml, gzip', '/feed.xml', { headers: { 'accept-encoding': 'gzip' }, connections: 50 });
  }
  const pages = ['/', '/topic/politics', '/region/balkans/lang/en', '/source/outlet-1', '/search?q=council'];
  if (wanted.has('pages')) {
    const more = [
      `/story/${one?.story}`,
      `/article/${one?.id}`,
      `/feed.xml?day=${day}`,
      '/feed.xml?q=council',
      '/feeds',
    ];
    for (const address of [...pages, ...more, '/api/articles?limit=50', '/api/counts'])
      await of(address, address, { connections: 2 });
  }
  if (wanted.has('changing')) {
    // As while a crawl runs: what was kept of an earlier version is of no use.
    const changing = setInterval(() => void change(), 1000);
    for (const address of ['/feed.xml', ...pages])
      await of(`${address}, a new version each second`, address, { connections: 2 });
    clearInterval(changing);
  }
  if (wanted.has('operator')) {
    const trail = encodeURIComponent(one?.url ?? '');
    const lists = ['/admin/sources', '/admin/sources?state=fails', '/admin/sources/outlet-3', '/admin/log'];
    const links = ['/admin/links', '/admin/links?outcome=rejected&reason=gallery', '/admin/links?source=outlet-3'];
    for (const address of [
      '/admin',
      ...lists,
      ...links,
      `/admin/trail?url=${trail}`,
      `/links?url=${trail}`,
      '/status',
      '/metrics',
    ])
      await of(address, address, { connections: 1 });
    await of('/queues/api/queues', '/queues/api/queues?activeQueue=crawl&status=latest&page=1&jobsPerPage=10', {
      connections: 1,
    });
  }
  if (wanted.has('nginx')) results.push(...(await nginx(bytes)));
  if (wanted.has('crawl')) results.push(...(await measureBesideCrawl(database, { base, pid }, seconds)));
} finally {
  serve.kill();
  await once(serve, 'exit');
  await store.close();
}
if (values.json) console.log(JSON.stringify(results));
else console.table(results);

/** The same bytes from a file, by nginx. */
async function nginx(bytes: Buffer): Promise<Figures[]> {
  if (spawnSync('nginx', ['-v']).status !== 0) return [];
  const folder = temporaryFolder('nginx');
  await chmod(folder, 0o755);
  await mkdir(path.join(folder, 'www'));
  await writeFile(path.join(folder, 'www', 'feed.xml'), bytes);
  const port = 20_000 + (process.pid % 20_000);
  await writeFile(
    path.join(folder, 'nginx.conf'),
    `daemon off; worker_processes 1; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 512; }
http { access_log off; sendfile on; keepalive_requests 10000000; client_body_temp_path ${folder}; proxy_temp_path ${folder};
fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
server { listen 127.0.0.1:${port}; root ${folder}/www; } }`,
  );
  const server = spawn('nginx', ['-c', path.join(folder, 'nginx.conf'), '-p', folder], { stdio: 'ignore' });
  try {
    const url = `http://127.0.0.1:${port}/feed.xml`;
    let etag = '';
    for (let tries = 0; tries < 50 && etag === ''; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      etag = await fetch(url).then(
        (answer) => answer.headers.get('etag') ?? '',
        () => '',
      );
    }
    const pid = server.pid ?? 0;
    return [
      await measureLoad('nginx, 304', { url, seconds, connections: 50, headers: { 'if-none-match': etag } }, { pid }),
      await measureLoad('nginx, the same bytes', { url, seconds, connections: 50 }, { pid }),
    ];
  } finally {
    server.kill();
    await once(server, 'exit');
    await rm(folder, { recursive: true, force: true });
  }
}
