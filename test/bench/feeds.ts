/**
 * How well and how fast feeds are read: `npm run bench:feeds -- --data FOLDER [--set dev] [--results FILE]`.
 *
 * FOLDER holds `score.py` and the set (feeds/, expected.jsonl, hostile/, hostile.json). Prints the scorer's table, what
 * became of each hostile file (in a process of its own, with seconds and peak memory), and MB/s on one core.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readFeed } from '../../feeds/read/feed.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

interface Hostile {
  readonly file: string;
  /** Items that must be read; 0 means that it must be refused; null that any end will do. */
  readonly n: number | null;
  readonly n_min?: number;
  /** The first title. */
  readonly t: string | null;
}

interface Answer {
  readonly titles: readonly (string | undefined)[];
  readonly error?: string;
  readonly seconds: number;
  readonly megabytes: number;
}

/** The first rounds are slower: the engine still compiles. */
const rounds = 10;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    set: { type: 'string', default: 'dev' },
    results: { type: 'string' },
    one: { type: 'string' },
  },
});
if (values.one !== undefined) {
  process.stdout.write(JSON.stringify(await answer(values.one)));
} else if (values.data === undefined) {
  console.error('bench:feeds needs --data FOLDER (the one with score.py and dev/).');
  process.exitCode = 2;
} else {
  await scored(values.data, join(values.data, values.set));
  hostile(join(values.data, values.set));
  await speed(join(values.data, values.set, 'feeds'));
}

async function scored(data: string, set: string): Promise<void> {
  const folder = join(set, 'feeds');
  const lines: string[] = [];
  for (const file of readdirSync(folder)) {
    try {
      const { entries } = await readFeed(readFileSync(join(folder, file)), {});
      const items = entries.map(({ title, url, published, updated }) => ({
        title,
        link: url,
        date: (published ?? updated)?.replace(/\.\d+Z$/, 'Z'),
      }));
      lines.push(JSON.stringify({ file, items }));
    } catch (error) {
      lines.push(JSON.stringify({ file, items: [], error: String(error) }));
    }
  }
  const results = values.results ?? join(temporaryFolder('feeds'), 'results.jsonl');
  writeFileSync(results, `${lines.join('\n')}\n`);
  const { stdout, stderr } = spawnSync('python3', [join(data, 'score.py'), results, set], { encoding: 'utf8' });
  console.log(stdout || stderr);
}

function hostile(set: string): void {
  const cases = JSON.parse(readFileSync(join(set, 'hostile.json'), 'utf8')) as Hostile[];
  let right = 0;
  let slowest = 0;
  let largest = 0;
  for (const one of cases) {
    const child = spawnSync(process.execPath, [import.meta.filename, '--one', join(set, 'hostile', one.file)], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    const got = child.stdout ? (JSON.parse(child.stdout) as Answer) : undefined;
    const fault = got ? faultOf(one, got) : `no answer: ${child.stderr.slice(-200) || child.signal}`;
    if (fault === undefined) right += 1;
    else console.log(`  ${one.file}: ${fault}`);
    slowest = Math.max(slowest, got?.seconds ?? 30);
    largest = Math.max(largest, got?.megabytes ?? 0);
  }
  console.log(
    `hostile: ${right} of ${cases.length} answered rightly, slowest ${slowest.toFixed(2)} s, peak ${largest.toFixed(0)} MB`,
  );
}

function faultOf(one: Hostile, got: Answer): string | undefined {
  if (got.seconds > 10 || got.megabytes > 300) return `took ${got.seconds} s and ${got.megabytes} MB`;
  const count = got.titles.length;
  // An entity bomb may be refused, or read without expanding it.
  if (got.error !== undefined && /bomb/.test(one.file)) return undefined;
  if (one.n === 0) return got.error === undefined ? `read as a feed of ${count} items` : undefined;
  if (one.n !== null && count !== one.n) return `${count} items, not ${one.n} (${got.error ?? 'no error'})`;
  if (one.n_min !== undefined && count < one.n_min) return `${count} items, at least ${one.n_min} are there`;
  if (one.t !== null && got.titles[0] !== one.t) return `title '${got.titles[0]}', not '${one.t}'`;
  return undefined;
}

async function answer(file: string): Promise<Answer> {
  const start = performance.now();
  const outcome = await readFeed(readFileSync(file), {}).then(
    ({ entries }) => ({ titles: entries.map(({ title }) => title) }),
    (error: unknown) => ({ titles: [], error: String(error) }),
  );
  const seconds = (performance.now() - start) / 1000;
  return { ...outcome, seconds, megabytes: process.resourceUsage().maxRSS / 1024 };
}

async function speed(folder: string): Promise<void> {
  const bodies = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
  const megabytes = bodies.reduce((sum, { length }) => sum + length, 0) / 1e6;
  let best = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = process.cpuUsage();
    for (const body of bodies) await readFeed(body, {}).catch(() => undefined);
    const { user, system } = process.cpuUsage(start);
    best = Math.max(best, megabytes / ((user + system) / 1e6));
  }
  console.log(
    `speed: ${best.toFixed(1)} MB per second of processor time (${megabytes.toFixed(1)} MB, best of ${rounds})`,
  );
}
