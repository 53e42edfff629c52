import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { FetchError } from '../fetch/fetch-error.ts';
import type { ParseInput, ParseTask, ParseTasks } from './parse-tasks.ts';
import type { ParseAnswer, ParseRequest } from './parser-thread.ts';

export interface ParserPoolOptions {
  /** Default 2. */
  readonly threads?: number | undefined;
  /** So long a page waits for the threads there are before another one starts. Default 5 s. */
  readonly patienceMs?: number | undefined;
  /** The longest that a thread may work on one answer, its first half second aside, before it is ended: 10 s, and six times as long by the clock. */
  readonly timeoutMs?: number | undefined;
  /** Heap of a thread in MiB. Default 96: a page of 10 MB is read in it. */
  readonly heapMb?: number | undefined;
}

/** Threads that parse what strangers sent: whatever they choke on, the process lives on and its event loop is free. */
export interface ParserPool {
  /**
   * Runs a task in a thread; the bytes move there and are gone here. Throws FetchError `not-html`, or `unparseable` with
   * what was wrong or that it took too long or too much memory; `busy` when it may have been the machine that was slow.
   */
  run<T extends ParseTask>(task: T, input: Parameters<ParseTasks[T]>[0]): Promise<Awaited<ReturnType<ParseTasks[T]>>>;
  close(): Promise<void>;
}

interface Job {
  readonly request: ParseRequest;
  readonly input: ParseInput;
  readonly since: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  /** Its modules are loaded: from then on its time counts. */
  ready: boolean;
  job?: Job | undefined;
  timer?: NodeJS.Timeout | undefined;
}

/** With `.ts` sources beside it, this file runs as TypeScript; in the built package both are JavaScript. */
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './parser-thread.ts' : './parser-thread.js',
  import.meta.url,
);

/** Hardly a page takes so long. */
const unusualMs = 500;
/** A thread that never gets to work on its answer is ended after so many times its limit. */
const longestWaitFactor = 6;

/** Time that a thread has worked, in µs; undefined when it has ended, or where Node (before 24.6) does not tell. */
async function workOf(worker: Worker, since?: NodeJS.CpuUsage): Promise<NodeJS.CpuUsage | undefined> {
  try {
    return await worker.cpuUsage(since);
  } catch {
    return undefined;
  }
}

class ThreadPool implements ParserPool {
  readonly #timeoutMs: number;
  readonly #heapMb: number;
  readonly #size: number;
  readonly #patienceMs: number;
  readonly #threads: Thread[] = [];
  readonly #waiting: Job[] = [];
  #count = 0;
  #closed = false;
  /** Looks again when the first that waits has waited long enough. */
  #later: NodeJS.Timeout | undefined;

  constructor(options: ParserPoolOptions) {
    this.#size = options.threads ?? 2;
    this.#patienceMs = options.patienceMs ?? 5000;
    this.#timeoutMs = options.timeoutMs ?? 10_000;
    this.#heapMb = options.heapMb ?? 96;
  }

  run<T extends ParseTask>(task: T, input: Parameters<ParseTasks[T]>[0]): Promise<Awaited<ReturnType<ParseTasks[T]>>> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Error('The parser pool is closed.'));
      const request = { id: ++this.#count, task, input };
      // The thread runs the task of that name, so what it answers has the task's type.
      const since = performance.now();
      this.#waiting.push({ request, input, since, resolve: resolve as (value: unknown) => void, reject });
      this.#next();
    });
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#closed) return;
    const thread = this.#threads.find(({ job }) => !job) ?? this.#another();
    const job = thread && this.#waiting.shift();
    if (!thread || !job) return;
    thread.job = job;
    thread.worker.ref();
    if (thread.ready) this.#startClock(thread);
    const { buffer } = job.input.body;
    // Small bodies share a pool of Node's that cannot be given away.
    const own = buffer instanceof ArrayBuffer && buffer.byteLength === job.input.body.byteLength;
    thread.worker.postMessage(job.request, own ? [buffer] : []);
  }

  /**
   * A thread more, where one is missed: each costs 60 MB and its own warm-up, and one reads more pages than the rest of the wire can take.
   * It is missed when a page holds up the others.
   */
  #another(): Thread | undefined {
    if (this.#threads.length >= this.#size) return undefined;
    const waitedMs = performance.now() - (this.#waiting[0]?.since ?? 0);
    if (this.#threads.length === 0 || waitedMs >= this.#patienceMs) return this.#start();
    clearTimeout(this.#later);
    this.#later = setTimeout(() => this.#next(), this.#patienceMs - waitedMs).unref();
    return undefined;
  }

  /** Most pages are read before a thread is asked for its time at all, which takes .2 ms: it counts from when a page takes unusually long. */
  #startClock(thread: Thread): void {
    thread.timer = setTimeout(() => this.#watch(thread), Math.min(unusualMs, this.#timeoutMs));
  }

  #watch(thread: Thread): void {
    const { worker, job } = thread;
    const startedAt = performance.now();
    const before = workOf(worker);
    const check = async () => {
      // On a busy machine a thread may have waited most of the time.
      const worked = await Promise.race([before.then((used) => used && workOf(worker, used)), sleep(1000)]);
      if (thread.job !== job || !this.#threads.includes(thread)) return;
      const leftMs = this.#timeoutMs - (worked ? (worked.user + worked.system) / 1000 : this.#timeoutMs);
      const isLate = performance.now() - startedAt >= longestWaitFactor * this.#timeoutMs;
      // Only a thread that tells that it has worked for so long proves that it is the page.
      const busy = worked === undefined || leftMs >= 1;
      if (leftMs < 1 || isLate) this.#end(thread, `it could not be read within ${this.#timeoutMs} ms`, busy);
      else thread.timer = setTimeout(check, Math.max(leftMs, 100));
    };
    thread.timer = setTimeout(check, this.#timeoutMs);
  }

  #start(): Thread {
    const worker = new Worker(threadFile, {
      resourceLimits: { maxOldGenerationSizeMb: this.#heapMb, maxYoungGenerationSizeMb: 16 },
    });
    const thread: Thread = { worker, ready: false };
    worker.on('message', (answer: ParseAnswer) => {
      if ('ready' in answer) {
        thread.ready = true;
        if (thread.job) this.#startClock(thread);
        return;
      }
      const job = thread.job;
      clearTimeout(thread.timer);
      thread.job = undefined;
      // An idle thread must not keep the process alive.
      worker.unref();
      if (job && 'value' in answer) job.resolve(answer.value);
      else if (job && 'message' in answer)
        job.reject(new FetchError(job.input.url, answer.notHtml ? 'not-html' : 'unparseable', answer.message));
      this.#next();
    });
    worker.on('error', (error: Error & { code?: string }) =>
      // What never came to read anything says nothing of the page.
      this.#end(
        thread,
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it took too much memory to read' : error.message,
        !thread.ready,
      ),
    );
    this.#threads.push(thread);
    return thread;
  }

  #end(thread: Thread, why: string, busy = false): void {
    const at = this.#threads.indexOf(thread);
    if (at < 0) return;
    this.#threads.splice(at, 1);
    clearTimeout(thread.timer);
    void thread.worker.terminate();
    const { job } = thread;
    job?.reject(new FetchError(job.input.url, 'unparseable', why, { busy }));
    this.#next();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#later);
    for (const job of this.#waiting.splice(0)) job.reject(new Error('The parser pool was closed.'));
    await Promise.all(
      this.#threads.splice(0).map(({ worker, job, timer }) => {
        clearTimeout(timer);
        job?.reject(new Error('The parser pool was closed.'));
        return worker.terminate();
      }),
    );
  }
}

export const createParserPool = (options: ParserPoolOptions = {}): ParserPool => new ThreadPool(options);
