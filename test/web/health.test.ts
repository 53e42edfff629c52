import { describe, expect, it } from 'vitest';
import { openLog } from '../../src/domain/log.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { openQueues } from '../../src/queue/queues.ts';
import { openStore } from '../../src/store/db.ts';
import { openPort } from '../../src/web/port.ts';
import { openServer } from '../../src/web/server.ts';
import { openCable } from '../support/cable.ts';
import { openTestDatabase } from '../support/postgres.ts';

const away = 'The database does not answer. Please try again in a minute.';

describe('without a database', () => {
  it('says so with 503 and the reason, keeps running, and is well again when the database is', async () => {
    await using database = await openTestDatabase();
    const cable = await openCable(new URL(database.url));
    const store = await openStore(cable.url);
    const queues = await openQueues({ databaseUrl: cable.url });
    const server = await openServer({ store, queues, settings: readSettings({ PORT: '0' }), log: openLog('silent') });
    const get = async (path: string): Promise<{ status: number; text: string; retryAfter: string | null }> => {
      const answer = await fetch(`${server.url}${path}`);
      return { status: answer.status, text: await answer.text(), retryAfter: answer.headers.get('retry-after') };
    };
    try {
      expect((await get('/health')).status).toBe(200);
      expect((await get('/')).status).toBe(200);

      cable.cut();
      const health = await get('/health');
      expect(health.status).toBe(503);
      expect(JSON.parse(health.text)).toMatchObject({
        status: 'failing',
        database: { ok: false, reason: expect.stringContaining('does not answer') },
        queues: { ok: false, reason: expect.stringContaining('does not answer') },
      });
      for (const path of ['/', '/feed.xml', '/api/articles', '/status', '/metrics']) {
        const { status, text, retryAfter } = await get(path);
        expect(status, path).toBe(503);
        expect(retryAfter, path).toBe('60');
        expect(text, path).toContain('database does not answer');
      }

      // Reader apps are told in their own formats, and keep their changes for later.
      const login = await get('/accounts/ClientLogin?Email=anna&Passwd=correct%20horse');
      expect([login.status, login.retryAfter, login.text]).toEqual([503, '60', `${away}\n`]);
      const fever = await fetch(`${server.url}/fever/?api`, {
        method: 'POST',
        body: new URLSearchParams({ api_key: '0'.repeat(32) }),
      });
      expect([fever.status, fever.headers.get('retry-after'), await fever.json()]).toEqual([
        503,
        '60',
        { api_version: 3, auth: 1, error: away },
      ]);

      cable.mend();
      expect((await get('/health')).status).toBe(200);
      expect((await get('/feed.xml')).status).toBe(200);
    } finally {
      await server.close();
      await queues.close();
      await store.close();
      await cable.close();
    }
  });
});

describe('while it starts', () => {
  it('says what it waits for', async () => {
    const port = await openPort({ HOST: '127.0.0.1', PORT: 0 });
    const ask = async () => {
      const answer = await fetch(`${port.url}/feed.xml`);
      return [answer.status, answer.headers.get('retry-after'), await answer.json()];
    };
    expect(await ask()).toEqual([503, '5', { status: 'starting', waitingFor: 'database' }]);
    port.wait('queues: Redis does not answer');
    expect(await ask()).toEqual([503, '5', { status: 'starting', waitingFor: 'queues: Redis does not answer' }]);
    await port.close();
  });
});
