/**
 * npm run bench:store [-- --sizes 10000,100000 --data FOLDER --json]
 *
 * What a store of growing size takes for what is asked of it all day: decisions about new articles, writes of links, feed, page, search,
 * the operator's counts, forgetting. Filled by a generator with ten links an article, 60 keys each in the duplicate index, 5,760 articles
 * a day of 1,000 sources and what is kept of their crawls; nothing of it is a real text. CPU time is that of the server's processes, time is the median by the clock.
 *
 * `--data` names a folder that is kept: a store that was filled there before is only added to. A million articles take some 20 GB and,
 * with 3 ms of CPU each, the better part of an hour.
 */
import { parseArgs } from 'node:util';
import { openIngest } from '../../src/ingest/batch.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { forgetOldCrawls } from '../../src/store/forget.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { markQueued, registerLinks } from '../../src/store/links.ts';
import { endsSince } from '../../src/store/outcome-counts.ts';
import { pruneArticles } from '../../src/store/prune.ts';
import { latestArticles } from '../../src/store/read/articles.ts';
import { facets } from '../../src/store/read/facets.ts';
import { countArticles, countWaiting, sourceStates } from '../../src/store/read/operations.ts';
import { latestStories } from '../../src/store/read/story-cards.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { generateText } from './generated-text.ts';
import { cpuOf, serverOf } from './process-tree.ts';
import { fillArchive } from './web-archive.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,100000' },
    data: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const dayMs = 86_400_000;
const keysPerArticle = 60;
const linksPerArticle = 9;

interface Row {
  readonly what: string;
  /** Median by the clock. */
  readonly ms: number;
  readonly 'PostgreSQL CPU ms': number;
}

await using server = await openBenchPostgres(values.data);
const store = await openStore(server.url);
const tables = [];
for (const size of values.sizes.split(',').map(Number)) {
  const started = performance.now();
  await fillArchive(store.db, size, { keysPerArticle, linksPerArticle, history: true });
  const seconds = Math.round((performance.now() - started) / 1000);
  const rows = await measureAll(store);
  const { held, kBPerArticle, parts } = await disk(store);
  tables.push({ articles: held, 'filled in s': seconds, rows, kBPerArticle, parts });
  if (values.json) continue;
  console.log(`${held} articles (filled in ${seconds} s), ${kBPerArticle} kB an article on disk:`);
  console.table(parts);
  console.table(rows);
}
if (values.json) console.log(JSON.stringify(tables));
await store.close();

async function measureAll({ db, pool }: Store): Promise<Row[]> {
  const now = new Date();
  const rows: Row[] = [];
  /** `each`: how many of what is counted one call does. */
  const time = async (what: string, times: number, each: number, call: (index: number) => Promise<unknown>) => {
    await call(-1);
    const took: number[] = [];
    const before = cpuOf(serverOf(server.folder));
    for (let index = 0; index < times; index++) {
      const started = performance.now();
      await call(index);
      took.push(performance.now() - started);
    }
    const cpu = cpuOf(serverOf(server.folder)) - before;
    const median = took.sort((a, b) => a - b)[Math.floor(took.length / 2)] ?? 0;
    const rounded = (ms: number) => Number((ms / each).toFixed(2));
    rows.push({ what, ms: rounded(median), 'PostgreSQL CPU ms': rounded((1000 * cpu) / times) });
  };

  const ingest = openIngest(ingestStore({ db }));
  const run = `${Date.now()}`;
  await time('an article is decided about and written (16 together)', 12, 16, (index) =>
    Promise.all(newArticles(run, index + 1, 16).map((article) => ingest.add(article))),
  );
  await ingest.close();
  const links = (index: number) =>
    Array.from({ length: 200 }, (_, link) => {
      const url = `https://new.example/${run}/${index}/${link}`;
      return { key: canonicalUrl(url) as CanonicalUrl, link: { url, authors: [], categories: [] } };
    });
  await time('a link is written down (200 together)', 10, 200, (index) =>
    registerLinks(db, 'outlet-1', links(index), now),
  );
  await time('a link is queued (50 together)', 10, 50, (index) =>
    markQueued(
      db,
      links(index)
        .slice(0, 50)
        .map(({ key }) => ({ key, at: now, revisitAt: new Date(now.getTime() + 3_600_000) })),
    ),
  );
  await time('feed, all', 20, 1, () => latestArticles(db, {}, 50));
  await time('feed of a region and a topic', 20, 1, () => latestArticles(db, { region: 'RS', topic: '11000000' }, 50));
  for (const filter of [{}, { topic: '11000000' }, { region: 'balkans', lang: 'en' }]) {
    const name = Object.values(filter).join(' ') || 'all';
    await time(`page, ${name}: stories`, 10, 1, () => latestStories(db, filter, 41));
    await time(`page, ${name}: facets`, 10, 1, () => facets(db, filter));
  }
  await time('search, a word in a fifth of the articles', 10, 1, () => latestStories(db, { query: 'council' }, 41));
  await time('search, the same: facets', 10, 1, () => facets(db, { query: 'council' }));
  await time('/status: counts', 5, 1, () =>
    Promise.all([
      sourceStates(db, now, 100),
      endsSince(db, new Date(now.getTime() - dayMs)),
      countWaiting(db),
      countArticles(db, new Date(now.getTime() - dayMs)),
    ]),
  );
  const { rows: held } = await pool.query<{ articles: number }>('select count(*)::int as articles from articles');
  // What was measured is taken away again, the oldest first: the store is filled up to its next size anyway.
  await time('an article is pruned (200 together)', 3, 200, (index) =>
    pruneArticles(db, { articles: (held[0]?.articles ?? 0) - 200 * (index + 2) }, now),
  );
  // So late that there are 5,000 of them in the smallest store too.
  await time('a link that came to nothing is forgotten (5,000 together)', 2, 5000, () =>
    forgetOldCrawls(db, new Date(now.getTime() + 200 * dayMs)),
  );
  return rows;
}

function newArticles(run: string, batch: number, count: number) {
  return Array.from({ length: count }, (_, index) => {
    const { title, paragraphs } = generateText(1_000_000 + batch * count + index);
    const url = `https://new.example/${run}/${batch}-${index}`;
    return ingestInput({
      ...{
        urlKey: canonicalUrl(url),
        source: `outlet-${index}`,
        title: `${title} ${run}`,
        text: paragraphs.join('\n'),
      },
      ...{ seenAt: new Date().toISOString(), lang: 'en' },
    });
  });
}

async function disk({ pool }: Store) {
  const { rows } = await pool.query<{ name: string; bytes: string; articles: string }>(`
    select regexp_replace(relname, '_[0-9]+$', '') as name, sum(pg_total_relation_size(pg_class.oid)) as bytes,
      (select count(*) from articles) as articles
    from pg_class join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'courant' and relkind = 'r' group by 1 order by 2 desc`);
  const kB = (bytes: number) => Number((bytes / 1000 / Number(rows[0]?.articles)).toFixed(2));
  return {
    held: Number(rows[0]?.articles),
    kBPerArticle: kB(rows.reduce((sum, row) => sum + Number(row.bytes), 0)),
    parts: rows.slice(0, 8).map((row) => ({ table: row.name, 'kB an article': kB(Number(row.bytes)) })),
  };
}
