import { once } from 'node:events';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examineAll } from '../../src/app/doctor/doctor.ts';
import { checkClock } from '../../src/app/doctor/machine.ts';
import { checkRedis, checkStore } from '../../src/app/doctor/servers.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openStore } from '../../src/store/db.ts';
import { inspectStore } from '../../src/store/inspect.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { runCourant } from '../support/process.ts';
import { openTestRedis, redisMissing } from '../support/redis.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
let database: TestDatabase;
let catalogue: string;
beforeAll(async () => {
  folder = temporaryFolder('doctor');
  await chmod(folder, 0o755);
  database = await openTestDatabase();
  catalogue = path.join(folder, 'sources.yaml');
  await writeFile(catalogue, 'sources:\n  - { id: one, name: One, home: "http://one.example/" }\n');
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function examine(environment: Readonly<Record<string, string>>) {
  const findings = await Array.fromAsync(
    examineAll(readSettings({ DATA_DIR: path.join(folder, 'data'), ...environment })),
  );
  return { findings, of: (part: string) => findings.find((one) => one.part === part) };
}

describe('courant doctor', () => {
  it('finds everything well where it is, changes nothing, and prints a line for each part', async () => {
    const words = ['doctor', '--sources', catalogue, '--database', database.url, '--data', folder, '--port', '0'];
    const { code, stdout, stderr } = await runCourant(words, {
      env: { USER_AGENT: 'Mine/1 (+https://mine.example/)' },
    });
    expect([code, stderr, stdout.match(/✗/)]).toEqual([0, '', null]);
    expect(stdout).toMatch(/^✓ Node +24\./m);
    expect(stdout).toMatch(/^✓ catalogue +1 source in /m);
    expect(stdout).toMatch(/^✓ crawler +.* its article found/m);
    expect(stdout).toMatch(/\nThe wire can run\.\n$/);
    expect(await inspectStore(database.url)).toMatchObject({ articles: undefined, newest: null });
  });

  it('names what is in the way, with the cure', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const wrong = path.join(folder, 'wrong.yaml');
    await writeFile(wrong, 'sources:\n  - id: one\n    name: One\n    home: nowhere\n  - id: one\n');
    const { of, findings } = await examine({
      ...{ REDIS_URL: 'redis://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9', LABELS: 'nowhere.yaml', SOURCES: wrong },
      ...{ DATABASE_URL: 'postgresql://a:secret@127.0.0.1:9/b', PORT: String(port) },
    });
    taken.close();
    for (const part of ['store', 'Redis', 'port', 'catalogue', 'labels', 'proxy'])
      expect([part, of(part)?.state, of(part)?.cure]).toEqual([part, 'ill', expect.stringMatching(/\w{4}/)]);
    expect(of('store')?.says).toMatch(/127\.0\.0\.1:9\/b cannot be used.*ECONNREFUSED/);
    expect(of('catalogue')?.says).toMatch(/wrong\.yaml:4: .*and \d more/);
    expect(of('port')?.cure).toMatch(/^Choose another with --port/);
    expect(of('user agent')?.state).toBe('look');
    expect(JSON.stringify(findings)).not.toContain('secret');
  });

  it('tells a store that is behind or ahead of this version', async () => {
    await (await openStore(database.url, { upTo: '017-accounts' })).close();
    const behind = await inspectStore(database.url);
    expect(checkStore(behind, '')).toMatchObject({ state: 'look', cure: expect.stringContaining('courant backup') });
    expect(checkStore({ ...behind, behind: 0, ahead: ['999-later'] }, '')).toMatchObject({ state: 'ill' });
    expect(checkStore({ ...behind, usable: false }, '').state).toBe('ill');
  });

  it('doubts a clock that the database or the articles contradict', () => {
    const now = new Date('2026-11-29T12:00:00Z');
    const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
    expect(checkClock({ now: at(0), newest: at(-5) }, now).state).toBe('well');
    expect(checkClock({ now: at(5), newest: null }, now).says).toMatch(/300 s ahead/);
    expect(checkClock({ now: at(0), newest: at(60) }, now).says).toMatch(/yet to come/);
  });

  const missing = redisMissing();
  it.skipIf(missing)(missing ?? 'looks whether Redis keeps its jobs', async () => {
    await using forgetful = await openTestRedis({ appendOnly: false });
    expect(await checkRedis({ REDIS_URL: forgetful.url })).toMatchObject({
      state: 'look',
      cure: expect.stringContaining('appendonly yes'),
    });
  });
});
