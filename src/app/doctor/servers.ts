import { CannotRunError, reasonOf } from '../../domain/cannot-run.ts';
import type { Settings } from '../../domain/settings.ts';
import { inspectRedis } from '../../queue/inspect-redis.ts';
import { storeFault } from '../../store/db.ts';
import { type EmbeddedPostgres, hasEmbeddedPostgres, openEmbeddedPostgres } from '../../store/embedded.ts';
import { inspectStore, type StoreInspection } from '../../store/inspect.ts';
import { openPort } from '../../web/port.ts';
import { ill, look, well } from './finding.ts';

/** Looks at the store that the settings name; the embedded server is started where it has data, and let go again. */
export async function lookAtStore(
  settings: Pick<Settings, 'DATABASE_URL' | 'DATA_DIR'>,
): Promise<StoreInspection | undefined> {
  const { DATABASE_URL, DATA_DIR } = settings;
  if (DATABASE_URL === undefined && !(await hasEmbeddedPostgres(DATA_DIR))) return undefined;
  let embedded: EmbeddedPostgres | undefined;
  try {
    embedded = DATABASE_URL ? undefined : await openEmbeddedPostgres(DATA_DIR);
    return await inspectStore(DATABASE_URL ?? embedded?.url ?? '');
  } catch (error) {
    if (error instanceof CannotRunError) throw error;
    throw storeFault(DATABASE_URL ?? embedded?.url ?? '', error);
  } finally {
    await embedded?.release();
  }
}

/** @param seen undefined where there is none yet */
export function checkStore(seen: StoreInspection | undefined, folder: string) {
  if (!seen) return well(`none in ${folder} yet; the first start makes one`);
  const size = `${(seen.bytes / 1024 ** 2).toFixed(0)} MB`;
  const says = `PostgreSQL ${seen.server}, ${seen.articles ?? 'no'} articles, ${size}`;
  if (!seen.usable) return ill(says, 'Courant needs PostgreSQL 15 or newer.');
  if (seen.ahead.length > 0)
    return ill(
      `${says}; a newer Courant wrote it (${seen.ahead[0]})`,
      'Install that version again: a store cannot go back.',
    );
  if (seen.behind > 0 && seen.articles !== undefined)
    return look(
      `${says}; the next start brings it up to date (${seen.behind} steps)`,
      'Make a backup first: courant backup FILE.jsonl.gz',
    );
  return well(says);
}

export async function checkRedis({ REDIS_URL }: Pick<Settings, 'REDIS_URL'>) {
  if (REDIS_URL === undefined) return well('not used; the queues live in PostgreSQL');
  const { host } = new URL(REDIS_URL);
  try {
    const { version, keepsJobs, policy } = await inspectRedis(REDIS_URL);
    const says = `${version} at ${host}`;
    if (policy !== undefined && policy !== 'noeviction')
      return ill(
        `${says} throws keys away when memory is short (${policy})`,
        'Set maxmemory-policy noeviction: a queue that loses keys loses jobs.',
      );
    return keepsJobs
      ? well(says)
      : look(
          `${says} forgets its jobs when it restarts`,
          'Set appendonly yes. Nothing gets lost without it, but articles come half an hour later then.',
        );
  } catch (error) {
    return ill(
      `${host} does not answer: ${reasonOf(error)}`,
      'Start it, correct REDIS_URL, or unset it: the queues then live in PostgreSQL.',
    );
  }
}

/** Whether the web server can have its address, or has it already. */
export async function checkPort(settings: Pick<Settings, 'HOST' | 'PORT' | 'OPERATOR_PASSWORD'>) {
  const { HOST, PORT, OPERATOR_PASSWORD } = settings;
  const address = `${HOST}:${PORT}`;
  try {
    await (await openPort(settings)).close();
  } catch (error) {
    if (await isCourant(HOST, PORT)) return well(`${address}: Courant runs there`);
    throw error;
  }
  const open = !/^(?:127\.|::1$|localhost$)/.test(HOST);
  if (open && OPERATOR_PASSWORD === undefined)
    return look(
      `${address} is free and open to the network`,
      'Set OPERATOR_PASSWORD, or the operator pages open on this machine alone.',
    );
  return well(`${address} is free`);
}

async function isCourant(host: string, port: number): Promise<boolean> {
  const reached = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const url = `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}/health`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(3000) })
    .then((response) => response.json())
    .catch(() => undefined);
  return typeof answer === 'object' && answer !== null && ('queues' in answer || 'waitingFor' in answer);
}
