import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { type Answer, systems } from './extract-systems.ts';

/** What came of one page. */
export interface Measured {
  readonly answer: Answer;
  /** CPU time of all threads of the process, which other work on the machine disturbs less than time on the clock. */
  readonly cpuMs: number;
  /** Most memory that the process has held so far, MiB. */
  readonly peakMb: number;
}

/** One system in a process of its own, one page at a time: what it costs is then its own. */
export class SystemProcess {
  readonly #child: ChildProcess;

  constructor(name: string) {
    // The same for all: V8 else takes 130 MB for young objects, and four times what is in use for old ones, when nobody asks it to be modest.
    this.#child = fork(import.meta.filename, [name], {
      execArgv: ['--max-semi-space-size=4', '--heap-growing-percent=150'],
    });
  }

  /** `file` is a gzipped page. */
  async read(file: string, url: string): Promise<Measured> {
    this.#child.send({ file, url });
    const [measured] = await once(this.#child, 'message');
    return measured as Measured;
  }

  close(): void {
    this.#child.disconnect();
  }
}

if (process.send && import.meta.main) {
  // The peers write warnings about broken style sheets.
  console.error = () => {};
  console.warn = () => {};
  const system = await systems[process.argv[2] ?? '']?.();
  process.on('message', async ({ file, url }: { file: string; url: string }) => {
    const html = gunzipSync(await readFile(file)).toString('utf8');
    const before = process.cpuUsage();
    // A system that throws has no text for the page: that is what its user would get.
    let answer: Answer = { text: '' };
    try {
      answer = (await system?.(html, url)) ?? answer;
    } catch {}
    const { user, system: kernel } = process.cpuUsage(before);
    process.send?.({ answer, cpuMs: (user + kernel) / 1000, peakMb: process.resourceUsage().maxRSS / 1024 });
  });
}
