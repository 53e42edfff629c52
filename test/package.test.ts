import { execFile } from 'node:child_process';
import { chmod, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from './support/temporary-folder.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '..');
const minutes = 60_000;

/** What `npm pack` ships, installed as anybody would install it. Packages come from npm's cache where it has them. */
describe('the package', () => {
  let folder: string;
  let files: string[];
  const npx = (...words: string[]) =>
    run('npx', ['--no-install', 'courant', ...words], {
      cwd: folder,
      timeout: 3 * minutes,
      maxBuffer: 16 * 1024 * 1024,
      env: { ...process.env, NODE_ENV: undefined, LOG_LEVEL: 'warn' },
    });

  beforeAll(async () => {
    folder = temporaryFolder('package');
    // Of a root process PostgreSQL runs as another user, who must reach its programs.
    await chmod(folder, 0o755);
    const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], {
      cwd: root,
      timeout: 3 * minutes,
    });
    const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
    files = [...packed.stdout.matchAll(/"path": "([^"]+)"/g)].map(([, file = '']) => file);
    await run('npm', ['init', '--yes'], { cwd: folder });
    await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${tarball}`], {
      cwd: folder,
      timeout: 5 * minutes,
    });
  }, 10 * minutes);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds what runs, and neither trainers nor tests nor sources', () => {
    expect(files).toContain('dist/src/cli.js');
    expect(files).toContain('dist/src/web/assets/style.css');
    expect(files).toContain('feeds/sources.yaml');
    expect(files.filter((file) => /^(?:tools|test|src|workers)\/|\.ts$|lexicon/.test(file))).toEqual([]);
  });

  it('says its version', async () => {
    const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string };
    const { stdout } = await npx('--version');
    expect(stdout.trim()).toBe(version);
  });

  it('runs the demo to the end of its first round', { timeout: 4 * minutes }, async () => {
    const { stdout } = await npx('demo', '--once', '--json');
    const summary = JSON.parse(stdout) as { published: number; open: number };
    expect(summary.published).toBeGreaterThan(20);
    expect(summary.open).toBe(0);
  });
});
