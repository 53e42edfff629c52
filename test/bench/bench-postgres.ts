import { chmod, mkdir, rm } from 'node:fs/promises';
import { openEmbeddedPostgres } from '../../src/store/embedded.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A PostgreSQL server of a benchmark's own. */
export interface BenchPostgres extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
}

/** @param kept a folder that stays, with what is in it; else one is made and goes */
export async function openBenchPostgres(kept?: string): Promise<BenchPostgres> {
  if (kept !== undefined) await mkdir(kept, { recursive: true });
  const folder = kept ?? temporaryFolder('bench');
  // As root the server runs as another user, who must be able to read here.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  return {
    url: server.url,
    folder,
    async [Symbol.asyncDispose]() {
      await server.release();
      if (kept === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}
