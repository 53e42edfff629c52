import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError } from './error.ts';

const beatMs = 1000;
/** A lock that was not touched for so long has lost its owner, even when its process id is in use again. */
const staleMs = 10_000;
const waitMs = 330_000;

/**
 * One process at a time starts or stops the server of a folder. The owner touches the lock every second; a lock whose owner is dead, or
 * silent for ten seconds, is taken over.
 * @throws EmbeddedPostgresError when somebody holds it for minutes
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const file = path.join(folder, 'starting.lock');
  const token = `${process.pid} ${randomBytes(6).toString('hex')}`;
  const until = performance.now() + waitMs;
  while (performance.now() < until) {
    try {
      await writeFile(file, token, { flag: 'wx', mode: 0o644 });
      const beat = setInterval(() => {
        const now = new Date();
        utimes(file, now, now).catch(() => undefined);
      }, beatMs);
      beat.unref();
      return {
        async [Symbol.asyncDispose]() {
          clearInterval(beat);
          if ((await read(file)) === token) await rm(file, { force: true });
        },
      };
    } catch (error) {
      if ((error as { code?: string }).code !== 'EEXIST') throw error;
    }
    const owner = await read(file);
    if (owner !== undefined && (await isStale(file, owner))) await remove(file, owner, token);
    await sleep(50 + 50 * Math.random());
  }
  throw new EmbeddedPostgresError(
    `Another process is starting or stopping the PostgreSQL in ${folder} for minutes now; delete ${file} if there is none.`,
  );
}

const read = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

async function isStale(file: string, owner: string): Promise<boolean> {
  const pid = Number(owner.split(' ')[0]);
  if (pid > 0 && !isAlive(pid)) return true;
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Date.now() }));
  return Math.abs(Date.now() - mtimeMs) > staleMs;
}

/** Removes the lock if it is still that owner's: another process may have taken it over a moment ago. */
async function remove(file: string, owner: string, token: string): Promise<void> {
  const aside = `${file}.${token.replace(' ', '-')}`;
  await rename(file, aside).catch(() => undefined);
  const found = await read(aside);
  if (found !== undefined && found !== owner) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
