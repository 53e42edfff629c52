import { describe, expect, it, vi } from 'vitest';
import { openLog } from '../../src/domain/log.ts';
import { openStoreChanges } from '../../src/store/changes.ts';
import { openTestStore } from '../support/postgres.ts';
import { writeArticle, writeCopy, writeSources } from '../web/wire.ts';

const log = openLog('silent');
const soon = { timeout: 20_000, interval: 10 };

describe('store changes', () => {
  it('are heard from every process, and those of another schema are not', async () => {
    await using store = await openTestStore();
    await using other = await openTestStore();
    const changes = await openStoreChanges(store, log);
    try {
      let before = changes.version();
      expect(before).toBeDefined();
      const changed = async (write: () => Promise<unknown>): Promise<void> => {
        await write();
        await vi.waitFor(() => expect(changes.version()).not.toBe(before), soon);
        before = changes.version();
      };
      await changed(() => writeSources(store.db, [{ id: 'paper', name: 'Paper' }]));
      let article = '';
      await changed(async () => {
        article = await writeArticle(store.db, {});
      });
      await changed(() => writeCopy(store.db, article, 'paper', 'https://other.example/'));
      await writeArticle(other.db, {});
      // A crawl that found nothing changes nothing for readers.
      await store.db.updateTable('sources').set({ last_crawl_at: new Date() }).execute();
      await store.pool.query('select 1');
      expect(changes.version()).toBe(before);
    } finally {
      await changes.close();
    }
  });

  it('are unknown while the connection is broken, and other ones afterwards', async () => {
    await using store = await openTestStore();
    const changes = await openStoreChanges(store, log);
    try {
      const before = changes.version();
      await store.pool.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
        `courant changes ${store.schema}`,
      ]);
      await vi.waitFor(() => expect(changes.version()).toBeUndefined(), soon);
      await vi.waitFor(() => expect(changes.version()).toBeDefined(), soon);
      expect(changes.version()).not.toBe(before);
    } finally {
      await changes.close();
    }
  });

  it('ends at once, also where no database answers', async () => {
    const changes = await openStoreChanges({ url: 'postgres://x@127.0.0.1:1/x', schema: 'x' }, log);
    expect(changes.version()).toBeUndefined();
    const begun = performance.now();
    await changes.close();
    expect(performance.now() - begun).toBeLessThan(2000);
  });
});
