import { spawnSync } from 'node:child_process';
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCourant, startCourant } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = temporaryFolder('cli');
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const commands = [
  'start',
  'demo',
  'crawl',
  'work',
  'serve',
  'sources',
  'extract',
  'classify',
  'dedupe',
  'read-feed',
  'export',
  'backup',
  'restore',
  'prune',
];

describe('courant', () => {
  it('lists its commands, each with a help of its own', async () => {
    const overview = await runCourant(['--help']);
    expect(overview.code).toBe(0);
    const helps = await Promise.all(commands.map((name) => runCourant([name, '--help'])));
    for (const [index, name] of commands.entries()) {
      expect(overview.stdout).toMatch(new RegExp(`^ {2}${name} +\\S`, 'm'));
      expect([name, helps[index]?.code, helps[index]?.stderr]).toEqual([name, 0, '']);
      expect(helps[index]?.stdout).toContain(`courant ${name}`);
    }
  });

  it('says its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await runCourant(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it('is a program', async () => {
    const bin = path.resolve(import.meta.dirname, '../../src/cli.ts');
    const { status, stdout } = spawnSync(bin, ['--help'], { encoding: 'utf8' });
    expect([status, stdout.split('\n')[0]]).toEqual([0, "courant: a news wire of one's own"]);
    // Not every system's `env` passes options on (BusyBox).
    expect((await readFile(bin, 'utf8')).split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  it.each([
    [[], /Usage/, 'stdout'],
    [['frobnicate'], /no command 'frobnicate'.*start, demo/s, 'stderr'],
    [['strat'], /Did you mean 'start'\?/, 'stderr'],
    [['toString'], /no command 'toString'/, 'stderr'],
    [['crawl', '--what'], /no option --what.*--help/s, 'stderr'],
    [['start', '--prot', '80'], /no option --prot. Did you mean --port\?/, 'stderr'],
    [['crawl', 'once'], /not the word 'once'. Did you mean --once\?/, 'stderr'],
    [['demo', 'extra'], /not the word 'extra'/, 'stderr'],
    [['sources', 'lits'], /Did you mean 'courant sources list'\?/, 'stderr'],
    [['export', '--data', 'no-such-folder'], /no store in .*no-such-folder.*--data/, 'stderr'],
    [['crawl', '--json'], /add --once/, 'stderr'],
    [['work', 'hard'], /schedule\|crawl\|ingest\|publish/, 'stderr'],
    [['start', '--port', 'many'], /PORT/, 'stderr'],
    [['start', '--sources', 'nowhere.yaml'], /nowhere\.yaml.*--sources/s, 'stderr'],
    [['classify', '--jsonl', '--labels', 'nowhere.yaml'], /nowhere\.yaml.*ENOENT.*LABELS/s, 'stderr'],
    [['classify', '--jsonl', '--weights', 'package.json'], /package\.json: prior: .*train:from-archive/s, 'stderr'],
  ] as const)('ends %j with status 2 and says what to do', async (words, message, stream) => {
    const { code, ...output } = await runCourant(words);
    expect(output[stream]).toMatch(message);
    expect(output[stream]).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  it('starts nothing on a wrong catalogue, and names file, line and what was expected', async () => {
    const file = path.join(folder, 'wrong.yaml');
    await writeFile(file, 'sources:\n  - id: one\n    name: One\n    home: not an address\n');
    const { code, stderr } = await runCourant(['start', '--sources', file, '--data', path.join(folder, 'unused')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/wrong\.yaml:4/);
    expect(stderr).toMatch(/home/);
  });
});

describe('courant demo', () => {
  const data = () => path.join(folder, 'demo');

  it('crawls the example press once and prints one JSON object', { timeout: 120_000 }, async () => {
    // The operator's own store and targets, none of which may be touched; none of these addresses answers.
    const env = {
      DATA_DIR: path.join(folder, 'real'),
      DATABASE_URL: 'postgresql://real:real@127.0.0.1:9/real',
      REDIS_URL: 'redis://127.0.0.1:9',
      WEBHOOKS: 'http://127.0.0.1:9/',
    };
    const { code, stdout, stderr } = await runCourant(['demo', '--once', '--json', '--data', data()], { env });
    expect([code, stderr.match(/error/i)]).toEqual([0, null]);
    const summary = JSON.parse(stdout);
    expect(summary.sources).toBe(6);
    expect(summary.published).toBeGreaterThan(20);
    expect(summary.duplicates).toBeGreaterThan(0);
    expect(Object.keys(summary.rejected).length).toBeGreaterThan(1);
    expect([summary.open, summary.failed]).toEqual([0, {}]);
  });

  it('finds its data again, serves it, and stops on Ctrl-C', { timeout: 60_000 }, async () => {
    await using demo = startCourant(['demo', '--port', '0', '--data', data()]);
    const [url] = await demo.until(/http:\/\/127\.0\.0\.1:\d+/);
    const feed = await fetch(`${url}/feed.json`).then((response) => response.json() as Promise<{ items: unknown[] }>);
    expect(feed.items.length).toBeGreaterThan(20);
    await demo.until(/pages fetched/);
    expect(demo.output.stdout).toMatch(/^published +0$/m);
    const { code, seconds } = await demo.stop('SIGINT');
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(10);
  });
});
