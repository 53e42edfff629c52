import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { BenchPostgres } from './bench-postgres.ts';
import { openPressProcess } from './press-process.ts';
import { type Figures, type Load, measureLoad } from './web-load.ts';

/** What readers ask for while a crawl runs. */
const readers: readonly (Omit<Load, 'url' | 'seconds'> & { readonly what: string; readonly address: string })[] = [
  { what: '/feed.xml by the last tag', address: '/feed.xml', connections: 10, followsTag: true },
  { what: '/feed.xml', address: '/feed.xml', connections: 10, headers: { 'accept-encoding': 'identity' } },
  ...['/', '/topic/politics', '/region/balkans/lang/en', '/search?q=council'].map((address) => ({
    ...{ what: address, address, connections: 2 },
  })),
];
/** A polite crawl takes 40 pages a second at most, for longer than all readers ask. */
const press = { hosts: 40, articlesPerHost: 400 };
const begunArticles = 60;

/** The address at which a server of ours says that it answers. */
export async function addressIn(log: Readable): Promise<string> {
  const said: string[] = [];
  for await (const line of createInterface({ input: log })) {
    said.push(line);
    const address = /http:\/\/[\d.]+:\d+/.exec(line)?.[0];
    if (address) {
      log.resume();
      return address;
    }
  }
  throw new Error(`the server ended before it named its address:\n${said.join('\n')}`);
}

/** The same readers of `serve`, while nothing else runs, and of `start`, while it crawls a press. */
export async function measureBesideCrawl(
  database: BenchPostgres,
  alone: { readonly base: string; readonly pid: number },
  seconds: number,
): Promise<Figures[]> {
  const figures: Figures[] = [];
  for (const { what, address, ...load } of readers)
    figures.push(await measureLoad(`${what}, alone`, { ...load, url: alone.base + address, seconds }, alone));

  const folder = temporaryFolder('bench');
  using outlets = await openPressProcess(press, folder);
  const options = ['--sources', outlets.catalogue, '--proxy', outlets.proxy, '--database', database.url, '--port', '0'];
  const wire = spawn(
    process.execPath,
    ['--max-semi-space-size=16', 'src/cli.ts', 'start', ...options, '--log', 'info'],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, CRAWL_CONCURRENCY: String(press.hosts) },
    },
  );
  const client = new pg.Client(database.url);
  try {
    await client.connect();
    const taken = async () => Number((await client.query('select max(seq) as seq from articles')).rows[0]?.seq ?? 0);
    const base = await addressIn(wire.stderr);
    const from = await taken();
    while ((await taken()) < from + begunArticles) {
      if (wire.exitCode !== null) throw new Error(`the wire ended with status ${wire.exitCode} before it crawled`);
      await pause(500);
    }
    for (const { what, address, ...load } of readers) {
      const [before, began] = [await taken(), performance.now()];
      const measured = await measureLoad(what, { ...load, url: base + address, seconds }, { pid: wire.pid ?? 0 });
      const rate = (1000 * ((await taken()) - before)) / (performance.now() - began);
      figures.push({ ...measured, what: `${what}, beside ${rate.toFixed(1)} articles/s` });
    }
  } finally {
    wire.kill();
    if (wire.exitCode === null) await once(wire, 'exit');
    await client.end();
    await rm(folder, { recursive: true, force: true });
  }
  return figures;
}
