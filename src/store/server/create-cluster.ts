import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './error.ts';
import type { ServerFolder } from './server-folder.ts';
import { asUser, type ServerUser } from './server-user.ts';

const run = promisify(execFile);

/** Makes an empty cluster with a password of its own. What an interrupted try left is thrown away. */
export async function createCluster(initdb: string, folder: ServerFolder, user: ServerUser): Promise<void> {
  const { cluster, passwordFile, log } = folder;
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  await (await open(log, 'a')).close();
  const { ids } = user;
  if (ids) await Promise.all([cluster, passwordFile, log].map((file) => chown(file, ids.uid, ids.gid)));
  const words = ['-D', cluster, '-U', 'courant', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--locale=C.UTF-8', '--no-instructions'];
  const { command, words: all, options } = asUser(user, initdb, [...words, ...locale]);
  try {
    await run(command, all, options);
  } catch (cause) {
    await rm(cluster, { recursive: true, force: true });
    const said = (cause as { stderr?: string }).stderr?.trim() || (cause as Error).message;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL could not create its data in ${folder.path}: ${said.replace(/\s+/g, ' ')} Free space, choose another folder (DATA_DIR), or set DATABASE_URL.`,
      { cause },
    );
  }
}
