import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddedPostgresError } from './error.ts';

/** Where the embedded PostgreSQL keeps what. */
export interface ServerFolder {
  readonly path: string;
  /** The data of the server. */
  readonly cluster: string;
  readonly log: string;
  readonly passwordFile: string;
  /** The port that it always takes when it is free: those who run with it find it again after a crash. */
  readonly portFile: string;
}

export function serverFolder(folder: string): ServerFolder {
  const root = path.resolve(folder);
  return {
    path: root,
    cluster: path.join(root, 'postgres'),
    log: path.join(root, 'postgres.log'),
    passwordFile: path.join(root, 'postgres-password'),
    portFile: path.join(root, 'postgres-port'),
  };
}

/** Whether the folder holds a cluster. */
export const hasCluster = ({ cluster }: ServerFolder): Promise<boolean> => exists(path.join(cluster, 'PG_VERSION'));

/** Makes the folder. @throws EmbeddedPostgresError that says what is wrong with it */
export async function makeFolder({ path: folder }: ServerFolder): Promise<void> {
  try {
    await makeWithParents(folder);
  } catch (cause) {
    const { code } = cause as { code?: string };
    const why = code === 'EEXIST' || code === 'ENOTDIR' ? 'a file is in its place' : `it cannot be made (${code})`;
    throw new EmbeddedPostgresError(
      `The data folder ${folder} cannot be used: ${why}. Name another with --data FOLDER (DATA_DIR), or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** Node's own way (`recursive`) never ends where the system says of a folder that is there that it is not, as in `/proc`. */
async function makeWithParents(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
    const parent = path.dirname(folder);
    if (code !== 'ENOENT' || (await exists(parent))) throw error;
    await makeWithParents(parent);
    await makeWithParents(folder);
  }
}

export const readPassword = async ({ passwordFile }: ServerFolder): Promise<string> =>
  (await readFile(passwordFile, 'utf8')).trim();

/** The lines of the server's `postmaster.pid`; empty where there is none. */
export const pidLines = ({ cluster }: ServerFolder): Promise<string[]> =>
  readFile(path.join(cluster, 'postmaster.pid'), 'utf8').then(
    (text) => text.split('\n'),
    () => [],
  );

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
