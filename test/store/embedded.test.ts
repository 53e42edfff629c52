import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/db.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const answers = async (url: string): Promise<boolean> => {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
};

describe('the embedded PostgreSQL', () => {
  let folder: string;
  beforeEach(async () => {
    folder = temporaryFolder('embedded');
    await chmod(folder, 0o755);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is one server for all who open its folder, and stops with the last', async () => {
    const [one, two] = await Promise.all([openEmbeddedPostgres(folder), openEmbeddedPostgres(folder)]);
    expect(two.url).toBe(one.url);
    const store = await openStore(two.url);
    await one.release();
    expect(await answers(two.url)).toBe(true);
    await store.close();
    await two.release();
    expect(await answers(two.url)).toBe(false);
  });

  it('keeps its data and survives a kill -9 of who started it', async () => {
    const script = `
      import { openEmbeddedPostgres } from ${JSON.stringify(path.resolve('src/store/embedded.ts'))};
      const { url } = await openEmbeddedPostgres(${JSON.stringify(folder)});
      console.log(url);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = line.toString().trim();
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;

    const found = await openEmbeddedPostgres(folder);
    expect(found.url).toBe(url);
    const client = new pg.Client({ connectionString: found.url });
    await client.connect();
    await client.query('create table kept as select 42 as answer');
    await client.end();
    await found.release();

    const again = await openEmbeddedPostgres(folder);
    const reader = new pg.Client({ connectionString: again.url });
    await reader.connect();
    expect((await reader.query('select answer from kept')).rows).toEqual([{ answer: 42 }]);
    await reader.end();
    await again.release();
  });

  it.each([
    ['of a process that died', '999999999', new Date()],
    // As after a crash in a container, where the new process has the number of the old one.
    ['whose number another process has by now', String(process.pid), new Date(Date.now() - 60_000)],
  ])('takes over a lock %s', async (_, owner, touched) => {
    const file = path.join(folder, 'starting.lock');
    await writeFile(file, owner);
    await utimes(file, touched, touched);
    const server = await openEmbeddedPostgres(folder);
    expect(await answers(server.url)).toBe(true);
    await server.release();
  });

  it('starts over a postmaster.pid whose number another process has by now', async () => {
    const first = await openEmbeddedPostgres(folder);
    // Of the same user: that of anybody else is no hindrance to PostgreSQL.
    const { uid, gid } = await stat(path.join(folder, 'postgres/postmaster.pid'));
    await first.release();
    const other = spawn('sleep', ['60'], {
      stdio: 'ignore',
      ...(process.getuid?.() === 0 ? { uid, gid, cwd: '/' } : {}),
    });
    const stale = [other.pid, path.join(folder, 'postgres'), 1, new URL(first.url).port, '', '127.0.0.1', ''];
    await writeFile(path.join(folder, 'postgres/postmaster.pid'), stale.join('\n'));
    const again = await openEmbeddedPostgres(folder);
    other.kill();
    expect(again.url).toBe(first.url);
    expect(await answers(again.url)).toBe(true);
    await again.release();
  });

  it.each(['/proc/nope', '/dev/null/nope'])('says in one line that it cannot be in %s', async (place) => {
    const error = await openEmbeddedPostgres(place).catch((reason: Error) => reason);
    expect(String(error)).toMatch(/data folder \S+ cannot be used: .* Name another with --data FOLDER/);
  });

  it('is waited for, not started a second time, while it recovers from the death of a backend', async () => {
    const server = await openEmbeddedPostgres(folder);
    for (let round = 0; round < 3; round++) {
      const client = new pg.Client({ connectionString: server.url });
      client.on('error', () => undefined);
      await client.connect();
      const { rows } = await client.query('select pg_backend_pid() as pid');
      process.kill(rows[0].pid, 'SIGKILL');
      for (let again = 0; again < 3; again++) await server.revive();
      expect(await answers(server.url)).toBe(true);
    }
    await server.release();
  });
});

describe('a store', () => {
  it('names the database that cannot be reached', async () => {
    const error = await openStore('postgresql://nobody:secret@127.0.0.1:9/none').catch((reason: Error) => reason);
    expect(String(error)).toMatch(/127\.0\.0\.1:9\/none cannot be used/);
    expect(String(error)).not.toContain('secret');
  });
});
