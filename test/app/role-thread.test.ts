import { readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openRoleThread } from '../../src/app/open-role-thread.ts';
import { openPress, type Press } from '../../src/demo/press.ts';
import { readSettings } from '../../src/domain/settings.ts';
import type { WorkObserver } from '../../src/domain/work-observer.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { runCourant, startCourant } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const silent: WorkObserver = {
  request: () => undefined,
  crawl: () => undefined,
  stage: () => undefined,
  outcome: () => undefined,
  delivery: () => undefined,
};

let folder: string;
let press: Press;
let database: TestDatabase;
let env: Record<string, string>;
beforeAll(async () => {
  folder = temporaryFolder('thread');
  press = await openPress();
  database = await openTestDatabase();
  const catalogue = path.join(folder, 'sources.yaml');
  await writeFile(catalogue, stringify({ sources: press.sources.slice(0, 1) }));
  env = {
    ...{ DATABASE_URL: database.url, SOURCES: catalogue, DATA_DIR: path.join(folder, 'data'), PORT: '0' },
    ...{ HTTP_PROXY: press.proxy, ALLOW_PRIVATE: '1', RATE: '200', LOG_LEVEL: 'info' },
  };
});
afterAll(async () => {
  await press[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

it('start crawls and ingests in a thread, tells its figures, and ends in order', { timeout: 120_000 }, async () => {
  await using wire = startCourant(['start'], env);
  const [url] = await wire.until(/http:\/\/127\.0\.0\.1:\d+/);
  const read = async (address: string) => (await fetch(`${url}${address}`)).text();
  while (!/^courant_outcomes_total\{[^}]*"published"[^}]*\} [1-9]/m.test(await read('/metrics'))) await sleep(200);
  expect(await read('/metrics')).toMatch(/^courant_request_duration_seconds_count\{[^}]*answer="2xx"[^}]*\} [1-9]/m);
  expect(JSON.parse(await read('/feed.json')).items.length).toBeGreaterThan(0);
  if (process.platform === 'linux') {
    const { pid = 0 } = wire.child;
    const threads = (await readdir(`/proc/${pid}/task`)).map((thread) => os.getPriority(Number(thread)));
    // The main thread answers readers; the crawl and its parser wait for it.
    expect(os.getPriority(pid)).toBe(os.getPriority());
    expect(threads.filter((one) => one === os.getPriority() + 5).length).toBeGreaterThanOrEqual(2);
  }
  const overview = await read('/admin');
  for (const role of ['crawl', 'ingest', 'schedule', 'web']) expect(overview).toContain(role);
  expect((await wire.stop('SIGTERM')).code).toBe(0);
  expect(wire.output.stderr).not.toMatch(/"level":(?:50|60)/);
});

it('start says what its thread cannot work with, and ends', { timeout: 60_000 }, async () => {
  const key = { BOT_KEY: path.join(folder, 'no-key.pem'), PUBLIC_URL: 'https://wire.example' };
  const { code, stderr } = await runCourant(['start'], { env: { ...env, ...key } });
  expect([code, stderr]).toEqual([2, expect.stringMatching(/The key .*no-key\.pem/)]);
  expect(stderr).not.toContain('    at ');
});

const settingsOf = (given: Record<string, string>) => readSettings({ ...env, ...given });

it('a thread that waits for its database is stopped all the same', async () => {
  const stop = new AbortController();
  const settings = settingsOf({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:9/none' });
  const parts = { roles: ['ingest'], observer: silent, signal: stop.signal, onEnd: () => undefined } as const;
  const begun = openRoleThread({ settings, ...parts }).catch((error: Error) => error.name);
  await sleep(2000);
  stop.abort();
  expect(await begun).toBe('StoppedError');
});

it('a thread that has ended is closed at once', async () => {
  const ends: Error[] = [];
  const { signal } = new AbortController();
  const parts = { roles: ['ingest'], observer: silent, signal, onEnd: (reason: Error) => ends.push(reason) } as const;
  const thread = await openRoleThread({ settings: settingsOf({}), ...parts });
  await thread.close();
  await thread.close();
  expect(ends).toEqual([]);
});
