import { access, constants, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Settings } from '../../domain/settings.ts';
import { dayMs } from '../../domain/time.ts';
import { type Check, ill, look, well } from './finding.ts';

const gigabyte = 1024 ** 3;
/** A wire of 50 sources grows by some 100 MB a week; PostgreSQL stops writing when nothing is left. */
const tightBytes = 5 * gigabyte;
const fullBytes = 0.5 * gigabyte;
/** Feeds with times that are off by more than that are sorted wrongly. */
const clockMs = 60_000;

/** Older versions do not come so far: `cli.ts` refuses them. */
export const checkNode: Check = async () => well(`${process.versions.node} on ${process.platform}-${process.arch}`);

/** Whether there is room where the data goes, and whether it may be written. */
export async function checkDisk({ DATA_DIR }: Pick<Settings, 'DATA_DIR'>) {
  const folder = await nearestFolder(DATA_DIR);
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!writable)
    return ill(
      `${folder} cannot be written`,
      'Give this user the right to write there, or name another folder with --data.',
    );
  const { bavail, bsize, ffree, files } = await statfs(folder);
  const free = bavail * bsize;
  const says = `${(free / gigabyte).toFixed(1)} GB free at ${folder}`;
  const cure = 'Make room, or name a folder on another disk with --data FOLDER (DATA_DIR).';
  if (free < fullBytes) return ill(says, cure);
  if (files > 0 && ffree < files / 100)
    return look(`${says}, but only ${ffree} more files`, 'Remove files: the disk has no more inodes.');
  return free < tightBytes ? look(says, `${cure} KEEP_DAYS forgets old articles.`) : well(says);
}

/** The folder, or the first above it that exists. */
async function nearestFolder(folder: string): Promise<string> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  const above = path.dirname(folder);
  return exists || above === folder ? folder : nearestFolder(above);
}

/**
 * Whether this machine's clock can be right: it agrees with the database's, and nothing in the store comes from the future.
 * @param known what the store knows of the time
 */
export function checkClock(known: { readonly now: Date; readonly newest: Date | null } | undefined, now: Date) {
  const cure =
    'Set the clock by NTP (timedatectl set-ntp true): schedules, leases and the order of feeds depend on it.';
  const text = now.toISOString();
  if (!known) return well(text);
  const apart = Math.round((now.getTime() - known.now.getTime()) / 1000);
  if (Math.abs(apart) * 1000 > clockMs)
    return look(`${text}; the database's clock is ${Math.abs(apart)} s ${apart > 0 ? 'behind' : 'ahead'}`, cure);
  if (known.newest && known.newest.getTime() > now.getTime() + clockMs)
    return look(`${text}, but an article came in at ${known.newest.toISOString()}, which is yet to come`, cure);
  if (known.newest && now.getTime() - known.newest.getTime() > 7 * dayMs)
    return look(
      `${text}; the newest article came in at ${known.newest.toISOString()}`,
      'Is the wire running, and is the clock right?',
    );
  return well(text);
}
