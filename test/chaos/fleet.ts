import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Running, startCourant } from '../support/process.ts';

/** The processes of a wire on many machines. */
const kinds = ['schedule', 'crawl', 'crawl', 'ingest', 'ingest', 'publish', 'web'] as const;

/** Keeps the processes running as a supervisor does, and notes what ended that nobody had killed. */
export function openFleet(env: Readonly<Record<string, string>>) {
  const running: Running[] = [];
  const ends: string[] = [];
  let stopping = false;
  let lines = 0;

  function start(index: number): void {
    const kind = kinds[index] ?? 'web';
    const one = startCourant(kind === 'web' ? ['serve'] : ['work', kind], env);
    running[index] = one;
    one.child.stderr?.on('data', (chunk: Buffer) => {
      lines += chunk.toString().split('\n').length - 1;
    });
    void once(one.child, 'close').then(async ([code, signal]) => {
      if (stopping) return;
      if (signal !== 'SIGKILL') ends.push(`${kind} ended with status ${code}: ${one.output.stderr.trim().slice(-300)}`);
      await sleep(Math.random() * 1500);
      if (!stopping) start(index);
    });
  }
  for (const index of kinds.keys()) start(index);
  return {
    ends,
    lines: () => lines,
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
    /** Asks every process to stop; gives those that did not within 10 s, with status 0. */
    async stop(): Promise<string[]> {
      stopping = true;
      const stops = await Promise.all(running.map((one) => one.stop('SIGTERM')));
      return stops.flatMap(({ code, seconds }, index) =>
        code === 0 && seconds < 10 ? [] : [`${kinds[index]} ended with ${code} after ${seconds.toFixed(1)} s`],
      );
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await Promise.all(running.map((one) => one.stop('SIGKILL')));
    },
  };
}
export type Fleet = ReturnType<typeof openFleet>;
