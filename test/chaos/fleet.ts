import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Running, startCourant } from '../support/process.ts';
import { clockLibrary } from './clock.ts';

/** The processes of a wire on many machines. */
const kinds = ['schedule', 'crawl', 'crawl', 'ingest', 'ingest', 'publish', 'web'] as const;

/** Of a machine that has a processor for each that wants one; a busy one takes as many times longer. */
const stopWithinS = 10;
const busy = (): number => Math.max(1, (loadavg()[0] ?? 1) / availableParallelism());

/** Keeps the processes running as a supervisor does, and notes what ended that nobody had killed. */
export function openFleet(settings: Readonly<Record<string, string>>, folder: string) {
  const running: Running[] = [];
  /** Those that were asked to end, and are replaced. */
  const leaving = new Set<Running>();
  const ends: string[] = [];
  const clockFile = path.join(folder, 'clock');
  const setClock = (offset: string) => writeFileSync(clockFile, `${offset}\n`);
  setClock('+0');
  const env = { ...settings, ...clockLibrary(clockFile) };
  let stopping = false;
  let lines = 0;
  /** All that ever ran. */
  const known: { readonly name: string; readonly one: Running }[] = [];

  function start(index: number): void {
    const kind = kinds[index] ?? 'web';
    const one = startCourant(kind === 'web' ? ['serve'] : ['work', kind], env);
    running[index] = one;
    known.push({ name: `${known.length}-${kind}-${one.child.pid}`, one });
    one.child.stderr?.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1;
    });
    void once(one.child, 'close').then(async ([code, signal]) => {
      if (stopping) return;
      if (signal !== 'SIGKILL' && !leaving.has(one))
        ends.push(`${kind} ended with status ${code}: ${one.output.stderr.trim().slice(-300)}`);
      if (!leaving.delete(one)) await sleep(Math.random() * 1500);
      if (!stopping) start(index);
    });
  }
  for (const index of kinds.keys()) start(index);
  return {
    ends,
    lines: () => lines,
    /** What the processes take for the time: `+3h`, `-3h`, `+0`. Without libfaketime it stays right. */
    setClock,
    /** Every process is asked to end and replaced at once, one after the other, as a deploy does it. */
    async deploy(): Promise<void> {
      for (const [index, one] of running.entries()) {
        leaving.add(one);
        ends.push(...lateEnd(`deploy: ${kinds[index]}`, await one.stop('SIGTERM')));
      }
    },
    /** The whole wire once more, in one process beside the others, for some seconds. */
    async second(ms: number): Promise<void> {
      const one = startCourant(['start'], env);
      await sleep(ms);
      ends.push(...lateEnd('a second start', await one.stop('SIGTERM')));
    },
    kill(index: number): string {
      const one = running[index % kinds.length];
      one?.child.kill('SIGKILL');
      return kinds[index % kinds.length] ?? '';
    },
    /** The address of the web server, as soon as it listens. */
    async web(): Promise<string> {
      const one = running[kinds.indexOf('web')];
      if (!one) throw new Error('no web server');
      return (await one.until(/http:\/\/127\.0\.0\.1:\d+/))[0];
    },
    /** Writes what each process said into a folder. */
    async keepLogs(folder: string): Promise<string[]> {
      await mkdir(folder, { recursive: true });
      for (const { name, one } of known) await writeFile(path.join(folder, `${name}.log`), one.output.stderr);
      return [`what the processes said is in ${folder}`];
    },
    /** Asks every process to stop; gives those that did not within 10 s, with status 0. */
    async stop(): Promise<string[]> {
      stopping = true;
      const stops = await Promise.all(running.map((one) => one.stop('SIGTERM')));
      return stops.flatMap((stop, index) => lateEnd(kinds[index] ?? '', stop));
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await Promise.all(running.map((one) => one.stop('SIGKILL')));
    },
  };
}

/** A process that was killed by another blow meanwhile has no status, and did not fail. */
function lateEnd(name: string, { code, seconds }: { code: number | null; seconds: number }): string[] {
  if ((code === 0 || code === null) && seconds < stopWithinS * busy()) return [];
  return [`${name} ended with ${code} after ${seconds.toFixed(1)} s`];
}
export type Fleet = ReturnType<typeof openFleet>;
