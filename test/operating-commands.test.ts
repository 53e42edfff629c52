import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { openPress, type Press } from '../src/demo/press.ts';
import { openTestDatabase, type TestDatabase } from './support/postgres.ts';

const root = path.resolve(import.meta.dirname, '..');
const read = (name: string): string => readFileSync(path.join(root, 'docs/operating', `${name}.md`), 'utf8');
/** In this order: the later ones work on what the earlier ones made. */
const pages = ['install', 'first-source', 'schedule', 'manners', 'backup', 'upgrade'] as const;

const blocks = (text: string, info: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${info}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code);

describe('the commands of the operating manual', () => {
  let folder: string;
  let database: TestDatabase;
  let press: Press;
  let env: Record<string, string>;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'courant-manual-'));
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

  it('made what the pages say', async () => {
    expect(await readFile(path.join(folder, 'mine.yaml'), 'utf8')).toContain('home:');
    expect(await readFile(path.join(folder, 'others.yaml'), 'utf8')).toContain('feeds:');
    expect(await readFile(path.join(folder, 'hash-for-OPERATOR_PASSWORD'), 'utf8')).toMatch(/^\$scrypt\$/);
  });
});
