import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';
import { runCourant } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
let database: TestDatabase;
let catalogue: string;
beforeAll(async () => {
  folder = temporaryFolder('cannot');
  database = await openTestDatabase();
  catalogue = path.join(folder, 'sources.yaml');
  await writeFile(catalogue, 'sources:\n  - { id: one, name: One, home: "http://one.example/" }\n');
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

/** Status 1, nothing on stdout, and one line that matches. */
async function expectOneLine(words: string[], line: RegExp, env: Record<string, string> = {}): Promise<void> {
  const { code, stdout, stderr } = await runCourant(words, { env });
  expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
  expect(stderr).toMatch(line);
}

describe('what is not as it must be ends a command with one line and the cure', () => {
  it('a port that is taken, before the crawl begins', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const words = [
      'start',
      '--sources',
      catalogue,
      '--database',
      database.url,
      '--port',
      String(port),
      '--log',
      'info',
    ];
    await expectOneLine(words, new RegExp(`Port ${port} .*taken.*--port`));
    server.close();
  });

  it('a host that is no address of this machine', async () => {
    await expectOneLine(
      ['serve', '--host', 'nowhere.invalid', '--port', '0'],
      /nowhere\.invalid is no address.*--host/,
    );
  });

  it('a data folder whose place a file has', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    await expectOneLine(
      ['serve', '--port', '0', '--data', file],
      /file cannot be used: a file is in its place.*--data/,
    );
  });

  it('a database that does not exist, a wrong password, and nobody there', async () => {
    const wrong = new URL(database.url);
    wrong.pathname = '/nowhere';
    await expectOneLine(['serve', '--port', '0', '--database', wrong.href], /nowhere cannot be used.*createdb/);
    const stranger = new URL(database.url);
    stranger.password = 'secret';
    await expectOneLine(['serve', '--port', '0', '--database', stranger.href], /password.*Correct user and password/);
    const words = ['crawl', '--once', '--sources', catalogue, '--database', 'postgresql://a:secret@127.0.0.1:9/b'];
    await expectOneLine(words, /127\.0\.0\.1:9\/b cannot be used.*ECONNREFUSED.*Start it/);
  });

  it('a PgBouncer that takes no startup options', async () => {
    const fields = Buffer.from('SFATAL\0C08P01\0Munsupported startup parameter: options\0\0');
    const head = Buffer.alloc(5, 'E');
    head.writeInt32BE(fields.length + 4, 1);
    const pooler = createServer((socket) => {
      socket.once('data', () => socket.end(Buffer.concat([head, fields]))).on('error', () => undefined);
    });
    await once(pooler.listen(0, '127.0.0.1'), 'listening');
    const { port } = pooler.address() as AddressInfo;
    const words = ['serve', '--port', '0', '--database', `postgresql://a:b@127.0.0.1:${port}/wire`];
    await expectOneLine(words, /unsupported startup parameter: options.*PgBouncer must be in session mode/);
    pooler.close();
  });

  it('Redis that is not there', async () => {
    const words = ['crawl', '--once', '--sources', catalogue, '--database', database.url];
    await expectOneLine(words, /Redis at 127\.0\.0\.1:9.*ECONNREFUSED.*Start it/, { REDIS_URL: 'redis://127.0.0.1:9' });
  });
});
