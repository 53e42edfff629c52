/**
 * npm run bench:many [-- --processes 1,2 --articles N --filled N --crawlers 1,2,4 --ingests 1,2 --hosts N --each N --json]
 *
 * How far more ingest processes carry: each takes generated articles into one store, 16 at a time, as `courant work ingest` does without
 * classifying. Shows articles a second, CPU of the processes and of PostgreSQL, and how much of the time somebody waited for the ingest
 * lock. On Linux the server has the first core and the processes the others (`taskset`), as if they were other machines.
 *
 * With `--crawlers` the whole wire instead: so many `courant work crawl` and `courant work ingest`, PostgreSQL and Redis, on a press of `--hosts`
 * with `--each` articles that may be asked twenty times a second.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openIngest } from '../../src/ingest/batch.ts';
import { openStore } from '../../src/store/db.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { generateText } from './generated-text.ts';
import { measureCrawlers } from './many-crawlers.ts';
import { pin, serversAndOthers, watchLock } from './many-parts.ts';
import { cpuOf, serverOf } from './process-tree.ts';
import { copyFilled, openFilled } from './wire-store.ts';

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '1,2' },
    articles: { type: 'string', default: '600' },
    filled: { type: 'string', default: '2200' },
    json: { type: 'boolean', default: false },
    url: { type: 'string' },
    seed: { type: 'string', default: '0' },
    crawlers: { type: 'string' },
    ingests: { type: 'string', default: '1,2' },
    hosts: { type: 'string', default: '40' },
    each: { type: 'string', default: '15' },
  },
});
const atOnce = 16;

if (values.url !== undefined) await takeArticles(values.url, Number(values.seed), Number(values.articles));
else {
  await using filled = await openFilled(process.cwd(), Number(values.filled), false);
  const results = [];
  const numbers = (list: string): number[] => list.split(',').map(Number);
  if (values.crawlers === undefined)
    for (const processes of numbers(values.processes)) results.push(await measure(filled.folder, processes));
  else
    for (const crawlers of numbers(values.crawlers))
      for (const ingests of numbers(values.ingests)) {
        const sizes = { hosts: Number(values.hosts), articles: Number(values.each), filled: filled.folder };
        results.push(await measureCrawlers({ crawlers, ingests, ...sizes }));
        if (!values.json) console.table(results.at(-1));
      }
  if (values.json) console.log(JSON.stringify(results));
  else console.table(results);
}

/** One process: takes its share when it is told to begin. */
async function takeArticles(url: string, seed: number, articles: number): Promise<void> {
  const store = await openStore(url, { connections: 4 });
  const ingest = openIngest(ingestStore(store));
  process.send?.('ready');
  await once(process, 'message');
  let next = 0;
  const takeOneByOne = async () => {
    while (next < articles) {
      const index = next++;
      const { title, paragraphs } = generateText(seed + index);
      const urlKey = canonicalUrl(`https://many.example/${seed}/${index}`) as CanonicalUrl;
      const text = paragraphs.join('\n');
      await ingest.add(
        ingestInput({
          urlKey,
          source: `many-${index % 40}`,
          title,
          text,
          seenAt: new Date().toISOString(),
          lang: 'en',
        }),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, takeOneByOne));
  process.send?.('done');
  await once(process, 'message');
  await ingest.close();
  await store.close();
  process.disconnect();
}

async function measure(filled: string, processes: number): Promise<Record<string, number>> {
  const folder = temporaryFolder('many');
  await chmod(folder, 0o755);
  try {
    await using server = await copyFilled(filled, folder);
    const share = Math.ceil(Number(values.articles) / processes);
    const children = Array.from({ length: processes }, (_, place) => {
      const words = [
        '--url',
        server.url,
        '--articles',
        String(share),
        '--seed',
        String(500_000_000 + place * 1_000_000),
      ];
      return spawn(process.execPath, [import.meta.filename, ...words], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      });
    });
    await Promise.all(children.map((child) => once(child, 'message')));
    const { servers, others } = serversAndOthers();
    pin(serverOf(folder), servers);
    pin(
      children.flatMap(({ pid = 0 }) => pid),
      others,
    );
    await using lock = await watchLock(server.url);
    const before = [cpuOf(children.map(({ pid = 0 }) => pid)), cpuOf(serverOf(folder))] as const;
    const started = performance.now();
    await Promise.all(children.map((child) => tell(child)));
    const seconds = (performance.now() - started) / 1000;
    const [wire, database] = [
      cpuOf(children.map(({ pid = 0 }) => pid)) - before[0],
      cpuOf(serverOf(folder)) - before[1],
    ];
    const waited = lock.waited();
    for (const child of children) child.send('end');
    await Promise.all(children.map((child) => once(child, 'exit')));
    const each = (amount: number) => Number(((1000 * amount) / (share * processes)).toFixed(1));
    return {
      'ingest processes': processes,
      'articles/s': Number(((share * processes) / seconds).toFixed(1)),
      'processes, CPU ms an article': each(wire),
      'PostgreSQL, CPU ms an article': each(database),
      'of the time somebody waits for the lock, %': Math.round(100 * waited),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Has a process begin, and waits for its end. */
async function tell(child: ChildProcess): Promise<void> {
  const done = once(child, 'message');
  child.send('begin');
  await done;
}
