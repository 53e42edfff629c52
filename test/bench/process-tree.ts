import { readdirSync, readFileSync } from 'node:fs';

/** Ids of the process and all its descendants. Linux only, as all here. */
export function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    const id = Number(name);
    if (!Number.isInteger(id)) continue;
    try {
      // The name may hold spaces and brackets: the fields after the last ')' are state and parent.
      const fields = readFileSync(`/proc/${id}/stat`, 'utf8').replace(/^.*\) \S /s, '');
      const parent = Number(fields.split(' ')[0]);
      children.set(parent, [...(children.get(parent) ?? []), id]);
    } catch {
      // ended meanwhile
    }
  }
  const tree = [pid];
  for (const one of tree) tree.push(...(children.get(one) ?? []));
  return tree;
}

/** Proportional set size of these processes in MiB: memory that several share (PostgreSQL's buffers) counts once. */
function memoryOf(pids: readonly number[]): number {
  let kib = 0;
  for (const pid of pids) {
    try {
      kib += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // ended meanwhile
    }
  }
  return kib / 1024;
}

/** The PostgreSQL server of a data folder and its processes, which are nobody's children. */
export function serverOf(folder: string): number[] {
  try {
    return treeOf(Number(readFileSync(`${folder}/postgres/postmaster.pid`, 'utf8').split('\n')[0]));
  } catch {
    return [];
  }
}

/** Watches the memory of what `pids` names, twice a second, until it is disposed. */
export function watchMemory(pids: () => number[]): { peak(): number } & Disposable {
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pids()));
  }, 500);
  return { peak: () => Math.round(peak), [Symbol.dispose]: () => clearInterval(timer) };
}
