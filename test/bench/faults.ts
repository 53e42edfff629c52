/**
 * The faults of the recorded web's `faults.example`, one by one, through the whole crawler: each must end as it should,
 * with the process alive, its memory bounded and its event loop free.
 *
 *     npm run bench:faults -- --server REPLAY_FOLDER --data DATA_FOLDER
 */
import { parseArgs } from 'node:util';
import { openCrawler } from '../../src/app/open-crawler.ts';
import type { Reason } from '../../src/domain/article.ts';
import { openStore } from '../../src/store/db.ts';
import { registerLinks } from '../../src/store/links.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { sourceWith } from '../support/source.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { startReplay } from './replay-server.ts';

type Expected = 'article' | Reason;

/** Pages: where each may end. Two reasons where both tell the operator the truth. */
const pages: readonly (readonly [path: string, ...expected: Expected[]])[] = [
  ['latency?ms=1500', 'article'],
  ['slow-headers?ms=60000', 'unreachable'],
  ['429?retryAfter=2', 'article'],
  ['429?retryAfter=date&in=5', 'article'],
  ['status?code=503&retryAfter=1', 'unreachable'],
  ['status?code=500', 'unreachable'],
  ['status?code=403', 'forbidden'],
  ['flap', 'article'],
  ['reset?afterBytes=300', 'unreachable'],
  ['reset?afterBytes=0', 'unreachable'],
  ['short-body', 'unreachable'],
  ['drip?bytes=200&every=300', 'article'],
  ['drip?bytes=2&every=500', 'unreachable'],
  ['stall?maxMs=60000', 'unreachable'],
  ['redirect-loop', 'too-many-redirects'],
  ['redirect-chain?len=4', 'article'],
  ['redirect-endless', 'too-many-redirects'],
  ...['metadata', 'loopback', 'v6', 'decimal', 'private', 'localhost', 'mapped'].map(
    (to) => [`ssrf?to=${to}`, 'private-address'] as const,
  ),
  ['ssrf?to=file', 'bad-address'],
  ['redirect?to=/n/1', 'article'],
  ['meta-refresh?to=/n/2', 'article'],
  ['gzip-bomb?mb=300', 'too-large'],
  ['big', 'too-large'],
  ['big?cl=0', 'too-large'],
  ['wrong-charset?label=iso-8859-1&bytes=utf-8', 'article'],
  ['wrong-charset?label=utf-8&bytes=windows-1251', 'article'],
  ['no-charset', 'article'],
  ['wrong-type', 'article'],
  ['no-type', 'article'],
  ['pdf', 'not-html'],
  ['truncate?fraction=0.8', 'article'],
  ['empty', 'no-text', 'too-short'],
  ['bad-gzip', 'unreachable'],
  ['false-gzip', 'article'],
  ['soft-404', 'soft-404', 'front-page'],
  ['soft-404-redirect', 'soft-404', 'front-page'],
  ['consent', 'consent-wall'],
  ['cookie-redirect', 'article'],
  ['challenge', 'consent-wall', 'forbidden'],
  ['gone', 'gone'],
  ['feed-gone', 'gone'],
  ['deep-html', 'unparseable', 'no-text', 'too-short'],
  ['many-links', 'front-page', 'no-text', 'too-short'],
  ['trap?d=5', 'front-page', 'no-text', 'too-short'],
  ['big-headers?kb=20', 'article'],
  ['big-headers?kb=200', 'too-large'],
  ['robots-deny', 'not-html'],
  ['robots-html', 'no-text', 'too-short', 'soft-404'],
];

/** Feeds: at least how many links each gives; 0 for those that are none and must be told to the operator. */
const feeds: readonly (readonly [path: string, links: number])[] = [
  ['feed-html', 0],
  ['feed-huge?items=50000', 300],
  ['feed-laughs', 1],
  ['feed-xxe', 1],
  ['feed-broken', 1],
  ['feed-cut', 10],
  ['feed-hostile-links', 2],
  ['feed-dup-guid', 10],
  ['feed-no-guid', 10],
];

const { values } = parseArgs({
  options: { server: { type: 'string' }, data: { type: 'string' }, only: { type: 'string', default: '' } },
});
if (!values.server || !values.data)
  throw new Error('Name the replay server and its data: --server REPLAY_FOLDER --data DATA_FOLDER');

await using replay = await startReplay({ server: values.server, data: values.data });
await using postgres = await openBenchPostgres();
const store = await openStore(postgres.url);
const reached = new Map<string, string>();
const crawler = openCrawler({
  db: store.db,
  settings: {
    USER_AGENT: 'Courant/0.1 (+https://example.org/bot)',
    HTTP_PROXY: replay.proxy,
    HTTPS_PROXY: undefined,
    ALLOW_PRIVATE: false,
    RATE: 20,
    CRAWL_CONCURRENCY: 2,
    CHROMIUM: undefined,
    CHROMIUM_WITHOUT_SANDBOX: false,
  },
  emit: async (job) => void reached.set(job.link.url, job.extracted.title),
});

/** How long the event loop was held up, and how much of that this thread worked: a busy machine changes only the first. */
let longestBlockMs = 0;
let mostWorkMs = 0;
let peakMb = 0;
const workedMs = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};
let last = performance.now();
let worked = workedMs();
const watch = setInterval(() => {
  const now = performance.now();
  longestBlockMs = Math.max(longestBlockMs, now - last - 20);
  last = now;
  const work = workedMs();
  mostWorkMs = Math.max(mostWorkMs, work - worked);
  worked = work;
  peakMb = Math.max(peakMb, process.memoryUsage().rss / 2 ** 20);
}, 20);

const rows: { fault: string; expected: string; got: string; ok: boolean }[] = [];
const { signal } = new AbortController();
for (const [fault, ...expected] of pages.filter(([fault]) => fault.includes(values.only))) {
  const url = `http://faults.example/${fault}`;
  const source = sourceWith({ id: fault, home: 'http://faults.example/' });
  const key = canonicalUrl(url);
  if (!key) throw new Error(`${url} has no key`);
  await registerLinks(store.db, source.id, [{ key, link: { url, authors: [], categories: [] } }], new Date());
  // The last of the crawls in which a link may fail.
  await store.db.updateTable('links').set({ tries: 4 }).where('key', '=', key).execute();
  await crawler.crawl(source, signal);
  const { reason, state, detail } = await store.db
    .selectFrom('links')
    .select(['reason', 'state', 'detail'])
    .where('key', '=', key)
    .executeTakeFirstOrThrow();
  const end = reached.has(url) ? 'article' : (reason ?? state);
  rows.push({
    fault,
    expected: expected.join(' | '),
    got: `${end}${detail ? ` (${detail.slice(0, 60)})` : ''}`,
    ok: expected.some((each) => each === end),
  });
  // Each fault for itself: no back-off from the last one, and the same text on each page is not the site's boilerplate.
  await store.pool.query('delete from hosts; delete from site_memory');
}
for (const [fault, links] of feeds.filter(([fault]) => fault.includes(values.only))) {
  // Its items are not followed here: what counts is what is found and what is told.
  const source = sourceWith({
    id: fault,
    home: 'http://faults.example/',
    feeds: [`http://faults.example/${fault}`],
    include: ['nothing'],
  });
  const { listed, warnings, error } = await crawler.crawl(source, signal);
  const told = error ?? warnings.join('; ');
  rows.push({
    fault,
    expected: links > 0 ? `≥ ${links} links` : 'no link, and why',
    got: `${listed} links ${told.slice(0, 80)}`,
    ok: links > 0 ? listed >= links : listed === 0 && told !== '',
  });
  // Each fault for itself: no back-off from the last one, and the same text on each page is not the site's boilerplate.
  await store.pool.query('delete from hosts; delete from site_memory');
}
clearInterval(watch);
await crawler.close();
await store.close();
console.table(rows);
const failed = rows.filter(({ ok }) => !ok).length;
console.log(
  `${rows.length - failed} of ${rows.length} ended as they should; peak memory ${Math.round(peakMb)} MB; event loop held up for ${Math.round(longestBlockMs)} ms at most (${Math.round(mostWorkMs)} ms of work)`,
);
process.exitCode = failed === 0 ? 0 : 1;
