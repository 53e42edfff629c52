/**
 * Loaded into a process with `--import`, notes when its event loop was blocked, in the file that LOOP_PROBE names, when
 * the process ends. `wallMs` is what a visitor would have waited; `cpuMs` is the part of it in which this thread really
 * worked, which a busy machine does not change.
 */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** One time that the event loop was held up; `at` in epoch milliseconds. */
export interface Block {
  readonly at: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

const everyMs = 10;
const shortestMs = 50;
const file = process.env.LOOP_PROBE;
if (file !== undefined && isMainThread) {
  const workedMs = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const blocks: Block[] = [];
  let last = { at: performance.now(), worked: workedMs() };
  setInterval(() => {
    const now = { at: performance.now(), worked: workedMs() };
    const wallMs = now.at - last.at - everyMs;
    if (wallMs > shortestMs) blocks.push({ at: Date.now(), wallMs, cpuMs: now.worked - last.worked });
    last = now;
  }, everyMs).unref();
  process.on('exit', () => writeFileSync(file, JSON.stringify(blocks)));
}
