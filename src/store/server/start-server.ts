import { spawn } from 'node:child_process';
import { open, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { EmbeddedPostgresError } from './error.ts';
import { isAlive } from './folder-lock.ts';
import { pidLines, readPassword, type ServerFolder } from './server-folder.ts';
import { asUser, type ServerUser } from './server-user.ts';

/** A server that was killed replays its journal before it answers. */
const startWithinMs = 300_000;

export const serverUrl = (password: string, port: number, database = 'courant'): string =>
  `postgresql://courant:${password}@127.0.0.1:${port}/${database}`;

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: '128MB',
  max_wal_size: '512MB',
  jit: 'off',
};

/** A live server that nobody can talk to for so long is none: in its own recovery it answers that it is not ready. */
const silentWithinMs = 15_000;

/**
 * The port of the live server of this folder; undefined when there is none. Waits for one that is starting, stopping or recovering.
 */
export async function runningPort(folder: ServerFolder): Promise<number | undefined> {
  const started = performance.now();
  let heardAt = started;
  while (performance.now() - started < startWithinMs) {
    const [first, , , line] = await pidLines(folder);
    const port = Number(line);
    if (!(port > 0)) return undefined;
    const answer = await ask(folder, port);
    if (answer === 'ours') return port;
    if (answer === 'other' || !(await mayBeOurs(folder, Number(first)))) return undefined;
    if (answer === 'wait') heardAt = performance.now();
    if (performance.now() - heardAt > silentWithinMs) return undefined;
    await sleep(200);
  }
  return undefined;
}

/**
 * Who answers at the port: this folder's server; one that is not ready; another one; or nobody right now. A server that has lost a process
 * drops its connections before it says that it recovers, so nobody is no proof that there is none.
 */
async function ask(folder: ServerFolder, port: number): Promise<'ours' | 'wait' | 'other' | 'nobody'> {
  const url = serverUrl(await readPassword(folder), port, 'postgres');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
    return path.resolve(rows[0]?.folder ?? '') === folder.cluster ? 'ours' : 'other';
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (/^57P0/.test(code)) return 'wait'; // starting up, recovering, shutting down
    return /^[0-9A-Z]{5}$/.test(code) ? 'other' : 'nobody';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * Starts the server, away from our process group: Ctrl-C ends Courant in order, then the server, never the server first. No shell and no
 * pg_ctl, so that a path may hold any character.
 * @returns the port: that of its last start when it is free
 * @throws EmbeddedPostgresError with the end of the server's log
 */
export async function startServer(postgres: string, folder: ServerFolder, user: ServerUser): Promise<number> {
  await removeStalePid(folder);
  const port = await choosePort(folder);
  await using log = await open(folder.log, 'a');
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const { command, words, options } = asUser(user, postgres, ['-D', folder.cluster, '-p', String(port), ...flags]);
  const server = spawn(command, words, { ...options, stdio: ['ignore', log.fd, log.fd], detached: true });
  server.unref();
  const ended = new Promise<'ended'>((resolve) => {
    server.once('error', () => resolve('ended')).once('exit', () => resolve('ended'));
  });
  const until = performance.now() + startWithinMs;
  while (performance.now() < until) {
    if ((await Promise.race([ended, sleep(50)])) === 'ended') break;
    if ((await ask(folder, port)) !== 'ours') continue;
    await createDatabase(folder, port);
    await writeFile(folder.portFile, `${port}\n`);
    return port;
  }
  const tail = (await readFile(folder.log, 'utf8').catch(() => '')).trim().split('\n').slice(-5).join(' | ');
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL in ${folder.path} did not start; the end of ${folder.log}: ${tail.slice(-800)}`,
  );
}

/**
 * After a crash in a container the process id in `postmaster.pid` mostly belongs to another program by now, and PostgreSQL would take that
 * for itself. Where the system tells what the program works in (Linux), the file is removed when that is not this cluster.
 */
async function removeStalePid(folder: ServerFolder): Promise<void> {
  const [first] = await pidLines(folder);
  const pid = Number(first);
  if (pid > 0 && isAlive(pid) && !(await mayBeOurs(folder, pid))) await rm(path.join(folder.cluster, 'postmaster.pid'));
}

/** Whether the process lives and works in this cluster, as far as the system tells. */
async function mayBeOurs({ cluster }: ServerFolder, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const state = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  if (state.slice(state.lastIndexOf(')') + 2).startsWith('Z')) return false;
  return (await readlink(`/proc/${pid}/cwd`).catch(() => cluster)) === cluster;
}

async function createDatabase(folder: ServerFolder, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl(await readPassword(folder), port, 'postgres') });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'courant'`);
    if (!rowCount) await client.query('create database courant');
  } finally {
    await client.end();
  }
}

async function choosePort({ portFile }: ServerFolder): Promise<number> {
  const last = Number(await readFile(portFile, 'utf8').catch(() => ''));
  return last > 0 && (await isFree(last)) ? last : freePort();
}

const listen = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
const freePort = (): Promise<number> => listen(0);
const isFree = (port: number): Promise<boolean> =>
  listen(port).then(
    () => true,
    () => false,
  );
