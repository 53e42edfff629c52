import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbeddedPostgres } from '../../src/store/embedded.ts';

/** An empty PostgreSQL server of a benchmark's own, in a folder that goes with it. */
export interface BenchPostgres extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
}

export async function openBenchPostgres(): Promise<BenchPostgres> {
  const folder = await mkdtemp(path.join(tmpdir(), 'courant-bench-'));
  // As root the server runs as another user, who must be able to read here.
  await chmod(folder, 0o755);
  const server = await openEmbeddedPostgres(folder);
  return {
    url: server.url,
    folder,
    async [Symbol.asyncDispose]() {
      await server.release();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
