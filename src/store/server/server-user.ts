import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './error.ts';

const run = promisify(execFile);

/** As whom the programs of PostgreSQL run. */
export interface ServerUser {
  /** The user and group to change to; none where we are no root. */
  readonly ids?: { readonly uid: number; readonly gid: number };
  /** A program and its words that change the user, to be put in front of a command; empty where `ids` is enough. */
  readonly prefix: readonly string[];
}

/**
 * PostgreSQL refuses to run as root; there it runs as `postgres`, or as `nobody` where there is no such user. A folder that only root can
 * enter (a clone in root's home) is closed to that user, so the server is given the right to read and search, and no other, with `setpriv`.
 * Copying programs and data to an open folder was the other way: then the data would not be where DATA_DIR says.
 *
 * @param folder must exist
 * @param program must be reached too
 * @throws EmbeddedPostgresError when there is no way
 */
export async function findServerUser(folder: string, program: string): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const ids = await unprivilegedUser();
  if (await reaches([], ids)) return { ids, prefix: [] };
  // Containers seldom grant the first, and mostly the second.
  for (const right of ['dac_read_search', 'dac_override']) {
    const rights = ['--inh-caps', '--ambient-caps', '--bounding-set'].map((set) => `${set}=-all,+${right}`);
    const prefix = ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', ...rights, '--'];
    if (await reaches(prefix)) return { ids, prefix };
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL cannot run as root, and no other user can enter ${folder}. Start Courant as the user who owns it, choose folders that others can enter (the clone and DATA_DIR), install setpriv (util-linux), or set DATABASE_URL.`,
  );

  async function reaches(prefix: readonly string[], as: object = {}): Promise<boolean> {
    const [command = '', ...words] = [...prefix, '/bin/sh', '-c', 'cd "$0" && test -x "$1"', folder, program];
    return run(command, words, { ...as, cwd: '/' }).then(
      () => true,
      () => false,
    );
  }
}

async function unprivilegedUser(): Promise<{ uid: number; gid: number }> {
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

/** The command, its words and the options of `spawn` that run a program as that user. */
export function asUser(
  { ids, prefix }: ServerUser,
  program: string,
  words: readonly string[],
): { command: string; words: string[]; options: { uid?: number; gid?: number; cwd: string } } {
  const [command = program, ...rest] = [...prefix, program, ...words];
  return { command, words: rest, options: { ...(prefix.length === 0 ? ids : {}), cwd: '/' } };
}
