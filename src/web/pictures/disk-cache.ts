import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Files in a folder, the least recently read of which go when all together are too large. */
export interface DiskCache {
  read(name: string): Promise<Buffer | undefined>;
  write(name: string, bytes: Buffer): Promise<void>;
}

/** @param folder made when missing; nothing else may stand there @param mostBytes of all files together */
export function createDiskCache(folder: string, mostBytes: number): DiskCache {
  /** Bytes in the folder; unknown until it is looked at. */
  let held: number | undefined;
  let pruning: Promise<void> | undefined;

  /** Removes the least recently read files until a fifth is free. */
  async function prune(): Promise<void> {
    const files = await Promise.all(
      (await readdir(folder)).map(async (name) => {
        const file = path.join(folder, name);
        const { size, mtimeMs } = await stat(file);
        return { file, size, mtimeMs };
      }),
    );
    held = files.reduce((sum, { size }) => sum + size, 0);
    if (held <= mostBytes) return;
    for (const { file, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (held <= mostBytes * 0.8) return;
      await rm(file, { force: true });
      held -= size;
    }
  }

  return {
    async read(name) {
      const file = path.join(folder, name);
      try {
        const bytes = await readFile(file);
        const now = new Date();
        await utimes(file, now, now);
        return bytes;
      } catch {
        return undefined;
      }
    },
    async write(name, bytes) {
      await mkdir(folder, { recursive: true });
      const file = path.join(folder, name);
      // Renamed when whole: a reader never sees half a file.
      const part = `${file}.${process.pid}.part`;
      await writeFile(part, bytes);
      await rename(part, file);
      if (held !== undefined) held += bytes.length;
      if (held === undefined || held > mostBytes) {
        pruning ??= prune().finally(() => {
          pruning = undefined;
        });
        await pruning;
      }
    },
  };
}
