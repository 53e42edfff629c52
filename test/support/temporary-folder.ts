import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** `courant-NAME-PID-RANDOM`: whose it is can be seen. */
const ofProcess = /^courant-[a-z]+-(\d+)-\w{6}$/;
let swept = false;

/** Makes a folder for this process, and once takes away those of processes that were killed before they could. */
export function temporaryFolder(name: string, within = tmpdir()): string {
  if (!swept) sweep(within);
  swept = true;
  return mkdtempSync(path.join(within, `courant-${name}-${process.pid}-`));
}

/** Folders of processes that live, and those in which a server still runs, are left alone. */
function sweep(within: string): void {
  for (const folder of readdirSync(within)) {
    const [, pid] = ofProcess.exec(folder) ?? [];
    if (pid === undefined || isAlive(Number(pid))) continue;
    const inUse = globSync('{,*/}postgres/postmaster.pid', { cwd: path.join(within, folder) }).some((file) =>
      isAlive(Number.parseInt(readFileSync(path.join(within, folder, file), 'utf8'), 10)),
    );
    if (!inUse) rmSync(path.join(within, folder), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Another user's process lives too.
    return (error as { code?: string }).code !== 'ESRCH';
  }
}
