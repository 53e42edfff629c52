import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, glob, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openPress, type Press } from '../src/demo/press.ts';
import { openTestDatabase, type TestDatabase } from './support/postgres.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(root, 'docs/operating', `${name}.md`), 'utf8');
/** In this order: the later ones work on what the earlier ones made. */
const pages = ['install', 'first-source', 'schedule', 'manners', 'alerts', 'backup', 'upgrade'] as const;

/** Blocks that are not run here, by their first line, and why. */
const untried: Readonly<Record<string, string>> = {
  'mkdir -p ~/wire && cd ~/wire':
    'installs from a registry; test/package.test.ts packs the package and runs what it installs',
  'git clone https://github.com/courant-wire/courant.git && cd courant': 'needs the network; CI begins with npm ci',
  'sudo useradd --system --home /srv/courant courant': 'makes a user and a service of the machine',
  'sudo systemctl stop courant': 'stops a service of the machine, and installs from a registry',
  'sudo systemctl start courant': 'starts a service of the machine',
  'docker compose up --build --detach --scale crawl=4 --scale ingest=2':
    'needs Docker; test/deployment.test.ts checks the file',
  'courant work schedule': 'runs until it is stopped; test/end-to-end.test.ts starts each of these',
  'METRICS_PORT=9101 courant work crawl': 'runs until it is stopped; test/app/work-metrics.test.ts asks that port',
  'curl -d hub.mode=subscribe -d hub.topic=https://wire.example/region/RS/feed.xml -d hub.callback=https://reader.example/inbox https://wire.example/hub':
    'both ends are public addresses; test/web/hub.test.ts makes this request',
};

const blocks = (text: string, info: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code);

describe('the commands of the operating manual', () => {
  let folder: string;
  let database: TestDatabase;
  let press: Press;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = temporaryFolder('manual');
    await chmod(folder, 0o755);
    database = await openTestDatabase();
    press = await openPress();
    const ticker = press.sources.find(({ take }) => take === 'headlines');
    await writeFile(path.join(folder, 'ticker.yaml'), stringify({ sources: [ticker] }));
    await mkdir(path.join(folder, 'bin'));
    const shim = path.join(folder, 'bin', 'courant');
    await writeFile(shim, `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'src/cli.ts')}' "$@"\n`);
    await chmod(shim, 0o755);
    env = {
      ...{ PATH: `${path.join(folder, 'bin')}:${process.env.PATH}`, HOME: folder, TMPDIR: tmpdir() },
      ...{ DATABASE_URL: database.url, SOURCES: 'ticker.yaml', DATA_DIR: 'data' },
      ...{ HTTP_PROXY: press.proxy, ALLOW_PRIVATE: '1', RATE: '200' },
    };
  });
  afterAll(async () => {
    await press[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  it.each(pages)('%s.md: each block marked as tried runs to its end', { timeout: 400_000 }, async (page) => {
    // The site of the manual is an outlet of the example press, which is reached as through a proxy.
    const site = press.sources.find(({ take }) => take !== 'headlines')?.home.replace(/\/$/, '') ?? '';
    const script = blocks(read(page), 'sh tried').join('').replaceAll('https://site.example', site);
    expect(script).not.toBe('');
    const run = promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
      cwd: folder,
      env,
      timeout: 400_000,
    });
    await expect(
      run.catch((error: { stderr?: string }) => Promise.reject(new Error(error.stderr))),
    ).resolves.toBeDefined();
  });

  it('has no block that is neither run nor named with the reason', async () => {
    const texts = await Array.fromAsync(glob('docs/operating/*.md', { cwd: root }), (file) =>
      path.basename(file, '.md'),
    );
    const first = texts.flatMap((page) => blocks(read(page), 'sh').map((block) => block.split('\n')[0] ?? ''));
    expect(first.toSorted()).toEqual(Object.keys(untried).toSorted());
    const tried = texts.filter((page) => blocks(read(page), 'sh tried').length > 0);
    expect(tried.toSorted()).toEqual([...pages].toSorted());
  });

  it('made what the pages say', async () => {
    expect(await readFile(path.join(folder, 'mine.yaml'), 'utf8')).toContain('home:');
    expect(await readFile(path.join(folder, 'others.yaml'), 'utf8')).toContain('feeds:');
    expect(await readFile(path.join(folder, 'hash-for-OPERATOR_PASSWORD'), 'utf8')).toMatch(/^\$scrypt\$/);
  });
});
