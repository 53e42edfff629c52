import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './server/binaries.ts';
import { createCluster } from './server/create-cluster.ts';
import { EmbeddedPostgresError } from './server/error.ts';
import { isAlive, lockFolder } from './server/folder-lock.ts';
import {
  hasCluster,
  makeFolder,
  pidLines,
  readPassword,
  type ServerFolder,
  serverFolder,
} from './server/server-folder.ts';
import { findServerUser } from './server/server-user.ts';
import { runningPort, serverUrl, startServer } from './server/start-server.ts';

/** A PostgreSQL server that lives in a folder and is shared by all Courant processes of this machine that use the folder. */
export interface EmbeddedPostgres {
  readonly url: string;
  /**
   * Starts the server again if it died; any process that uses it may.
   * @throws EmbeddedPostgresError when it does not start
   * @throws ServerMovedError when it runs on another port by now
   */
  revive(): Promise<void>;
  /** Lets go of the server; the last process to do so stops it. */
  release(): Promise<void>;
}

/** The server could not take its old port; who still knows that one must start anew. */
export class ServerMovedError extends EmbeddedPostgresError {}

/** Whether `openEmbeddedPostgres` would find the data of an earlier start. */
export const hasEmbeddedPostgres = (folder: string): Promise<boolean> => hasCluster(serverFolder(folder));

/**
 * Finds the PostgreSQL server of `folder`, or creates and starts it. A server that outlived a killed Courant is found again by its
 * `postmaster.pid`.
 *
 * @param path made when missing; holds `postgres/` (the cluster), `postgres.log`, `postgres-port` and `postgres-password`
 * @throws EmbeddedPostgresError when the platform has no binaries or the server does not start
 */
export async function openEmbeddedPostgres(path: string): Promise<EmbeddedPostgres> {
  const folder = serverFolder(path);
  const port = await startOrFind(folder);
  const url = serverUrl(await readPassword(folder), port);
  let presence = await showPresence(url);
  return {
    url,
    async revive() {
      const found = await startOrFind(folder);
      if (found !== port)
        throw new ServerMovedError(
          `The PostgreSQL in ${folder.path} had to take another port (${port} is in use): start this process again.`,
        );
      await presence.end().catch(() => undefined);
      presence = await showPresence(url);
    },
    async release() {
      await using _lock = await lockFolder(folder.path);
      await presence.end().catch(() => undefined);
      if (!(await othersConnected(url))) await stopServer(folder);
    },
  };
}

/** @returns the port of the running server */
async function startOrFind(folder: ServerFolder): Promise<number> {
  const binaries = await findBinaries();
  await makeFolder(folder);
  try {
    await using _lock = await lockFolder(folder.path);
    if (await hasCluster(folder)) {
      const port = await runningPort(folder);
      if (port !== undefined) return port;
    }
    const user = await findServerUser(folder.path, binaries.postgres);
    if (!(await hasCluster(folder))) await createCluster(binaries.initdb, folder, user);
    return await startServer(binaries.postgres, folder, user);
  } catch (cause) {
    const { code, syscall } = cause as { code?: string; syscall?: string };
    if (cause instanceof EmbeddedPostgresError || syscall === undefined) throw cause;
    throw new EmbeddedPostgresError(
      `The data folder ${folder.path} cannot be written (${code}). Make it writable, name another with --data FOLDER (DATA_DIR), or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Held from start to release: whoever releases last sees that somebody is there, although they may not have asked anything yet. */
async function showPresence(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'courant presence' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function othersConnected(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query(
      `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
    );
    return rowCount !== 0;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const stopWithinMs = 30_000;

/** A fast shutdown; waits until the server is gone. */
async function stopServer(folder: ServerFolder): Promise<void> {
  const [line] = await pidLines(folder);
  const pid = Number(line);
  if (!(pid > 0)) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    return; // gone already
  }
  const until = performance.now() + stopWithinMs;
  while (performance.now() < until && isAlive(pid) && (await pidLines(folder))[0] === line) await sleep(50);
}
