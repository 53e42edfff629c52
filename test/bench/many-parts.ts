import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import pg from 'pg';

const sampleEveryMs = 20;

/** The first core for what is on a machine of its own, the others for the rest; one core for all where there is but one. */
export function serversAndOthers(): { readonly servers: string; readonly others: string } {
  const cores = availableParallelism();
  return { servers: '0', others: cores > 1 ? `1-${cores - 1}` : '0' };
}

/** Where the system has no `taskset`, processes run where they like. */
export function pin(pids: readonly number[], cores: string): void {
  for (const pid of pids) spawnSync('taskset', ['-a', '-c', '-p', cores, String(pid)], { stdio: 'ignore' });
}

/** Looks again and again whether somebody waits for the one advisory lock. */
export async function watchLock(url: string): Promise<{ waited(): number } & AsyncDisposable> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let [looks, waits, asking] = [0, 0, Promise.resolve()];
  const timer = setInterval(() => {
    asking = asking.then(async () => {
      const { rows } = await client.query(`select 1 from pg_locks where locktype = 'advisory' and not granted limit 1`);
      looks++;
      waits += rows.length;
    });
  }, sampleEveryMs);
  return {
    waited: () => waits / Math.max(1, looks),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await asking;
      await client.end();
    },
  };
}
