/**
 * npm run bench:wire [-- --hosts N --articles N --filled N --backend postgres,redis --checkouts A,B --turns N --statements --json]
 *
 * What an article takes from fetch to feed: a generated press on loopback, three of five of its articles in stories of 5 to 40, crawled in
 * one round by the real command, politely (one request a second and host), into a store with articles in it. The press runs as a process
 * of its own and takes its share of the same cores.
 *
 * 'steady' is the time between a third of the articles and the last: start and warm-up are over. CPU time, not time by the clock, compares
 * two versions: `--checkouts` names their folders, which take turns.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openTestRedis, redisMissing } from '../support/redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openPressProcess } from './press-process.ts';
import { serverOf, treeOf, watchUse } from './process-tree.ts';
import { watchSteady } from './wire-steady.ts';
import { copyFilled, openFilled } from './wire-store.ts';

const { values } = parseArgs({
  options: {
    hosts: { type: 'string', default: '40' },
    articles: { type: 'string', default: '30' },
    filled: { type: 'string', default: '2200' },
    backend: { type: 'string', default: 'postgres,redis' },
    checkouts: { type: 'string', default: process.cwd() },
    turns: { type: 'string', default: '1' },
    statements: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const checkouts = values.checkouts.split(',');
const stores = new Map<string, Awaited<ReturnType<typeof openFilled>>>();
const results = [];
try {
  for (const checkout of checkouts)
    stores.set(checkout, await openFilled(checkout, Number(values.filled), values.statements));
  for (const backend of values.backend.split(',')) {
    for (let turn = 1; turn <= Number(values.turns); turn++)
      for (const checkout of checkouts) {
        const result = await measure(backend, checkout, stores.get(checkout)?.folder ?? '');
        results.push(checkouts.length > 1 ? { checkout: path.basename(checkout), turn, ...result } : result);
        if (!values.json) console.table(result);
      }
  }
} finally {
  for (const store of stores.values()) await store[Symbol.asyncDispose]();
}
if (values.json) console.log(JSON.stringify(results));

async function measure(backend: string, checkout: string, filled: string): Promise<Record<string, unknown>> {
  const missing = backend === 'redis' ? redisMissing() : undefined;
  if (missing) return { backend, note: missing };
  const folder = temporaryFolder('bench');
  await chmod(folder, 0o755);
  const size = { hosts: Number(values.hosts), articlesPerHost: Number(values.articles) };
  using press = await openPressProcess(size, folder);
  const redis = backend === 'redis' ? await openTestRedis() : undefined;
  try {
    const { proxy, catalogue } = press;
    await using server = await copyFilled(filled, folder);
    const queue = redis ? ['--redis', redis.url] : [];
    const options = ['--once', '--json', '--sources', catalogue, '--data', folder, '--proxy', proxy, ...queue];
    const started = performance.now();
    // As the npm scripts start it.
    const child = spawn(process.execPath, ['--max-semi-space-size=16', 'src/cli.ts', 'crawl', ...options], {
      cwd: checkout,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, CRAWL_CONCURRENCY: values.hosts },
    });
    const pid = child.pid ?? 0;
    using wire = watchUse(() => treeOf(pid));
    using database = watchUse(() => serverOf(folder));
    using both = watchUse(() => [...treeOf(pid), ...serverOf(folder)]);
    using site = watchUse(() => treeOf(press.pid));
    await using steady = await watchSteady(server.url, { wire: pid, database: () => serverOf(folder) });
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
      ...(await steady.stories()),
      rejected: JSON.stringify(summary.rejected),
      open: summary.open,
      seconds: summary.seconds,
      'articles/s': Number((articles / summary.seconds).toFixed(1)),
      ...Object.fromEntries(Object.entries(summary.stageMs).map(([stage, ms]) => [`${stage}, ms an article`, ms])),
      'seconds with start and stop': Number(((performance.now() - started) / 1000).toFixed(1)),
      'whole: wire, CPU ms an article': perArticle(wire.cpu()),
      'whole: PostgreSQL, CPU ms an article': perArticle(database.cpu()),
      'press, CPU ms an article': perArticle(site.cpu()),
      ...(await steady.report(articles)),
      'wire MiB': wire.peak(),
      'PostgreSQL MiB': database.peak(),
      'both MiB': both.peak(),
    };
    if (values.statements && !values.json) console.table(await steady.statements(articles));
    return report;
  } finally {
    await redis?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  }
}
