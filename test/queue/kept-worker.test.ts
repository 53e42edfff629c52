import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLimitedLog } from '../../src/domain/limited-log.ts';
import { keepWorker } from '../../src/queue/kept-worker.ts';
import { openPostgresBackend } from '../../src/queue/postgres-backend.ts';
import { openCable } from '../support/cable.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';

describe('a worker that is kept', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await openTestDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());
  const log = createLimitedLog(pino({ level: 'silent' }));

  it('works although its first connection failed', { timeout: 30_000 }, async () => {
    const cable = await openCable(new URL(database.url));
    const backend = await openPostgresBackend(cable.url);
    const queue = backend.queue('crawl');
    await queue.add('crawl', {});
    await queue.close();
    cable.cut();
    const done: string[] = [];
    const makes = vi.fn(() => backend.worker('crawl', async ({ name }) => void done.push(name), 1));
    const worker = keepWorker(makes, log);
    await vi.waitFor(() => expect(makes.mock.calls.length).toBeGreaterThan(1), 10_000);
    cable.mend();
    await vi.waitFor(() => expect(done).toEqual(['crawl']), 15_000);
    await worker.close();
    await backend.close();
    await cable.close();
  });
});
