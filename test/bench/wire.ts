/**
 * npm run bench:wire [-- --hosts N --articles N --backend postgres,redis --json]
 *
 * Articles a second from fetch to feed: a generated press of 120 hosts on loopback, crawled in one round by the real command with an
 * embedded PostgreSQL of its own, politely (one request a second and host), on either queue backend. The press runs as a process of its
 * own and takes its share of the same cores. Each round is run at a third of its length as well: the difference is what an article
 * takes in the long run, when start and warm-up are over.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { openTestRedis, redisMissing } from '../support/redis.ts';
import { openGeneratedPress } from './generated-press.ts';
import { serverOf, treeOf, watchUse } from './process-tree.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '120' },
    articles: { type: 'string', default: '20' },
    backend: { type: 'string', default: 'postgres,redis' },
    json: { type: 'boolean', default: false },
  },
});

if (process.send) {
  // This is the press's own process.
  const press = await openGeneratedPress({
    hosts: Number(values.hosts),
    articlesPerHost: Number(values.articles),
    seed: 1,
  });
  process.send({ proxy: press.proxy, sources: press.sources });
  process.once('disconnect', () => process.exit(0));
} else {
  const results = [];
  for (const backend of values.backend.split(',')) {
    const short = await measure(backend, Math.max(1, Math.floor(Number(values.articles) / 3)));
    const whole = await measure(backend, Number(values.articles));
    results.push({ ...whole.report, ...longRun(short, whole) });
  }
  if (values.json) console.log(JSON.stringify(results));
  else for (const result of results) console.table(result);
}

/** One round, and what it used in all. */
interface Round {
  readonly report: Record<string, unknown>;
  readonly articles: number;
  readonly seconds: number;
  /** Seconds of CPU. */
  readonly wire: number;
  readonly database: number;
}

/** What each article more takes: the difference of two rounds, without start and warm-up, which both have. */
function longRun(short: Round, whole: Round): Record<string, number> {
  const articles = whole.articles - short.articles;
  if (articles <= 0) return {};
  const perArticle = (what: 'seconds' | 'wire' | 'database') => (whole[what] - short[what]) / articles;
  return {
    'in the long run: articles/s': Number((1 / perArticle('seconds')).toFixed(1)),
    'in the long run: wire, CPU ms an article': Number((1000 * perArticle('wire')).toFixed(1)),
    'in the long run: PostgreSQL, CPU ms an article': Number((1000 * perArticle('database')).toFixed(1)),
  };
}

async function measure(backend: string, articlesPerHost: number): Promise<Round> {
  const missing = backend === 'redis' ? redisMissing() : undefined;
  if (missing) return { report: { backend, note: missing }, articles: 0, seconds: 0, wire: 0, database: 0 };
  const folder = await mkdtemp(path.join(tmpdir(), 'courant-bench-'));
  await chmod(folder, 0o755);
  const words = ['--hosts', values.hosts, '--articles', String(articlesPerHost)];
  const press = spawn(process.execPath, [import.meta.filename, ...words], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const redis = backend === 'redis' ? await openTestRedis() : undefined;
  try {
    const [{ proxy, sources }] = (await once(press, 'message')) as [{ proxy: string; sources: unknown[] }];
    const catalogue = path.join(folder, 'sources.yaml');
    await writeFile(catalogue, stringify({ sources }));
    const command = [
      // As the npm scripts start it.
      '--max-semi-space-size=16',
      'src/cli.ts',
      'crawl',
      '--once',
      '--json',
      '--sources',
      catalogue,
      '--data',
      folder,
      '--proxy',
      proxy,
    ];
    const started = performance.now();
    const child = spawn(process.execPath, redis ? [...command, '--redis', redis.url] : command, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CRAWL_CONCURRENCY: values.hosts },
    });
    using wire = watchUse(() => treeOf(child.pid ?? 0));
    using database = watchUse(() => serverOf(folder));
    using both = watchUse(() => [...treeOf(child.pid ?? 0), ...serverOf(folder)]);
    using site = watchUse(() => treeOf(press.pid ?? 0));
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`the round ended with status ${code}`);
    const summary = JSON.parse(output);
    const articles = summary.published + summary.updated + summary.duplicates;
    const perArticle = (seconds: number) => Number(((1000 * seconds) / articles).toFixed(1));
    const report = {
      backend,
      articles,
      published: summary.published,
      duplicates: summary.duplicates,
      rejected: JSON.stringify(summary.rejected),
      seconds: summary.seconds,
      'articles/s': Number((articles / summary.seconds).toFixed(1)),
      ...Object.fromEntries(Object.entries(summary.stageMs).map(([stage, ms]) => [`${stage}, ms an article`, ms])),
      'seconds with start and stop': Number(((performance.now() - started) / 1000).toFixed(1)),
      'wire, CPU ms an article': perArticle(wire.cpu()),
      'PostgreSQL, CPU ms an article': perArticle(database.cpu()),
      'press, CPU ms an article': perArticle(site.cpu()),
      'wire MiB': wire.peak(),
      'PostgreSQL MiB': database.peak(),
      'both MiB': both.peak(),
    };
    return { report, articles, seconds: summary.seconds, wire: wire.cpu(), database: database.cpu() };
  } finally {
    press.disconnect();
    await redis?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}
