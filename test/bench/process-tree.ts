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

/** Seconds of CPU time that these processes used so far, and those that they waited for. */
export function cpuOf(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of pids) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) \S /s, '')
        .split(' ');
      // utime, stime, cutime, cstime: fields 14 to 17 of proc(5), of which three are cut off here.
      ticks += fields.slice(10, 14).reduce((sum, field) => sum + Number(field), 0);
    } catch {
      // ended meanwhile
    }
  }
  return ticks / 100;
}

/** The PostgreSQL server of a data folder and its processes, which are nobody's children. */
export function serverOf(folder: string): number[] {
  try {
    return treeOf(Number(readFileSync(`${folder}/postgres/postmaster.pid`, 'utf8').split('\n')[0]));
  } catch {
    return [];
  }
}

/** Watches what `pids` names, twice a second, until it is disposed: peak of memory in MiB, seconds of CPU time. */
export function watchUse(pids: () => number[]): { peak(): number; cpu(): number } & Disposable {
  let peak = 0;
  let cpu = 0;
  const timer = setInterval(() => {
    const watched = pids();
    peak = Math.max(peak, memoryOf(watched));
    cpu = Math.max(cpu, cpuOf(watched));
  }, 500);
  return { peak: () => Math.round(peak), cpu: () => cpu, [Symbol.dispose]: () => clearInterval(timer) };
}
