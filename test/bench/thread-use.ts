import { readdirSync, readFileSync } from 'node:fs';

/** What the threads of a Node process do, by the names that Node gives them. */
const kinds: Readonly<Record<string, string>> = {
  MainThread: 'main thread',
  node: 'main thread',
  WorkerThread: 'parser threads',
  V8Worker: 'V8: JIT and GC',
  'libuv-worker': 'libuv',
};

/** Seconds of CPU time of each kind of thread of a process so far; a thread that has ended is not among them. Linux only. */
export function threadUse(pid: number): Map<string, number> {
  const use = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const folder = `/proc/${pid}/task/${thread}`;
      const kind = kinds[readFileSync(`${folder}/comm`, 'utf8').trim()] ?? 'other threads';
      const fields = readFileSync(`${folder}/stat`, 'utf8')
        .replace(/^.*\) \S /s, '')
        .split(' ');
      // utime and stime: fields 14 and 15 of proc(5), of which three are cut off here.
      use.set(kind, (use.get(kind) ?? 0) + (Number(fields[10]) + Number(fields[11])) / 100);
    } catch {
      // ended meanwhile
    }
  }
  return use;
}
