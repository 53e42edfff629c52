import type { Settings } from '../domain/settings.ts';
import { openStore } from '../store/db.ts';
import { openEmbeddedPostgres } from '../store/embedded.ts';

/** Opens the store that the settings name, without the queues: your own PostgreSQL or the embedded one. */
export async function openTheStore(settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>) {
  const embedded = settings.DATABASE_URL ? undefined : await openEmbeddedPostgres(settings.DATA_DIR);
  const store = await openStore(settings.DATABASE_URL ?? embedded?.url ?? '');
  return {
    ...store,
    async [Symbol.asyncDispose]() {
      await store.close();
      await embedded?.release();
    },
  };
}
