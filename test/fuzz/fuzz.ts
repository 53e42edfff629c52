import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { targets } from './targets.ts';
import { inputOf } from './worker.ts';

export interface FuzzOptions {
  readonly cases: number;
  readonly seed: number;
  /** Of one case; a loaded machine needs several times what a quiet one does. */
  readonly caseMs: number;
  /** Of the heap of the thread that runs the cases. */
  readonly heapMegabytes: number;
  /** Where inputs that broke something are kept. */
  readonly folder: string;
  /** Not given: no time limit for all cases together. */
  readonly totalMs?: number | undefined;
}

export interface Finding {
  readonly target: string;
  readonly index: number;
  readonly message: string;
  /** The file with the input. */
  readonly file: string;
}

export interface FuzzResult {
  /** Cases that were run. */
  readonly cases: number;
  readonly findings: readonly Finding[];
}

const lookMs = 50;
/** In place of a case's number, while the thread loads its code: that takes long on a busy machine. */
const loading = -1;
/** Of a target with more, the rest is the same fault mostly. */
const mostFindings = 20;

/** Runs the cases of one target in threads that can be killed. The same seed gives the same inputs. */
export async function fuzz(target: string, options: FuzzOptions): Promise<FuzzResult> {
  const findings: Finding[] = [];
  const deadline = Date.now() + (options.totalMs ?? Number.POSITIVE_INFINITY);
  const add = (index: number, message: string): void => {
    mkdirSync(options.folder, { recursive: true });
    const file = join(options.folder, `${target}-${options.seed}-${index}.txt`);
    writeFileSync(file, inputOf(target, options.seed, index));
    findings.push({ target, index, message, file });
  };
  let next = 0;
  while (next < options.cases && findings.length < mostFindings && Date.now() < deadline)
    next = await runThread(target, options, next, deadline, add);
  return { cases: next, findings };
}

/** Runs cases until one takes too long, the thread dies, or all are done. @returns the case to go on with */
async function runThread(
  target: string,
  { cases, seed, caseMs, heapMegabytes }: FuzzOptions,
  from: number,
  deadline: number,
  add: (index: number, message: string) => void,
): Promise<number> {
  const state = new Int32Array(new SharedArrayBuffer(4)).fill(loading);
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: { target, seed, from, cases, state },
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  let isBusy = true;
  let crash: Error | undefined;
  const isUp = new Promise<void>((resolve) => worker.once('online', resolve));
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  void ended.then(() => {
    isBusy = false;
  });
  worker.on('message', ({ index, message }: { index: number; message: string }) => add(index, message));
  worker.on('error', (error: Error) => {
    crash = error;
  });
  await Promise.race([isUp, ended]);
  let last = -1;
  let since = Date.now();
  let tooLong = false;
  while (isBusy) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const index = Atomics.load(state, 0);
    if (index !== last) [last, since] = [index, Date.now()];
    tooLong = isBusy && index !== loading && index < cases && Date.now() - since > caseMs;
    if (tooLong || Date.now() > deadline) {
      await worker.terminate();
      break;
    }
  }
  const index = Math.max(from, Atomics.load(state, 0));
  if (tooLong) add(index, `took more than ${caseMs} ms`);
  else if (crash) add(index, `ended the thread: ${crash.message}`);
  else return index;
  return index + 1;
}

/** Names of all that can be fuzzed. */
export const targetNames: readonly string[] = Object.keys(targets);
