import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { openStore, type Store } from '../../src/store/db.ts';
import { type EmbeddedPostgres, openEmbeddedPostgres } from '../../src/store/embedded.ts';

/**
 * The real PostgreSQL of the tests: one embedded server in the temporary folder, found again by every test file and every run. Set
 * TEST_DATABASE_URL to use another server.
 */
async function testServer(): Promise<Pick<EmbeddedPostgres, 'url' | 'release'>> {
  const url = process.env.TEST_DATABASE_URL;
  if (url) return { url, release: async () => undefined };
  // The server runs from the programs of the checkout that started it: another checkout has another one, and may be deleted.
  const checkout = createHash('sha256')
    .update(import.meta.dirname)
    .digest('hex')
    .slice(0, 8);
  const folder = path.join(tmpdir(), `courant-test-${userInfo().username}-${checkout}`);
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o755);
  return openEmbeddedPostgres(folder);
}

export interface TestStore extends Store, AsyncDisposable {}

/** A store in a schema of its own, dropped at the end. */
export async function openTestStore(): Promise<TestStore> {
  const server = await testServer();
  const store = await openStore(server.url, { schema: `test_${randomBytes(6).toString('hex')}` });
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store.pool.query(`drop schema ${store.schema} cascade`);
      await store.close();
      await server.release();
    },
  };
}

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
}

/** A database of its own, for what runs as separate processes; dropped at the end. */
export async function openTestDatabase(): Promise<TestDatabase> {
  const server = await testServer();
  const name = `test_${randomBytes(6).toString('hex')}`;
  const onServer = async (text: string) => {
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await onServer(`create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    async [Symbol.asyncDispose]() {
      await onServer(`drop database ${name} with (force)`);
      await server.release();
    },
  };
}
