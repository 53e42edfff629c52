import type { Settings } from '../domain/settings.ts';
import { openStore, type Store } from '../store/db.ts';
import { type EmbeddedPostgres, hasEmbeddedPostgres, openEmbeddedPostgres } from '../store/embedded.ts';
import { UsageError } from './usage-error.ts';

/** The store that the settings name, and its server where that is the embedded one. */
export interface SettledStore extends Store, AsyncDisposable {
  readonly embedded: EmbeddedPostgres | undefined;
}

type Place = Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>;

/** Opens the store that the settings name: your own PostgreSQL or the embedded one. Closing it lets go of the server too. */
export async function openSettledStore(settings: Place, connections?: number): Promise<SettledStore> {
  const embedded = settings.DATABASE_URL ? undefined : await openEmbeddedPostgres(settings.DATA_DIR);
  try {
    const store = await openStore(settings.DATABASE_URL ?? embedded?.url ?? '', connections ? { connections } : {});
    const close = async () => {
      await store.close();
      await embedded?.release();
    };
    return { ...store, embedded, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await embedded?.release();
    throw error;
  }
}

/**
 * The same for commands that read what is there: a mistyped folder must not become an empty store.
 * @throws UsageError when there is none
 */
export async function openExistingStore(settings: Place): Promise<SettledStore> {
  if (settings.DATABASE_URL === undefined && !(await hasEmbeddedPostgres(settings.DATA_DIR)))
    throw new UsageError(
      `There is no store in ${settings.DATA_DIR}. Name its folder with --data FOLDER (DATA_DIR), or its database with --database URL (DATABASE_URL).`,
    );
  return openSettledStore(settings);
}
