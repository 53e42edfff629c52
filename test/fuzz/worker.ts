import { parentPort, workerData } from 'node:worker_threads';
import { createRandom, mutate } from './mutate.ts';
import { targets } from './targets.ts';

/** One thread: runs the cases of a target and says before each which it is, so that the one that never ends is known. */
interface Work {
  readonly target: string;
  readonly seed: number;
  readonly from: number;
  readonly cases: number;
  /** Number of the case under way, and how many are done. */
  readonly state: Int32Array;
}

/** The input of a case; the same for the same numbers. */
export function inputOf(target: string, seed: number, index: number): string {
  return mutate(targets[target]?.seeds ?? [], createRandom(seed * 1_000_003 + index));
}

if (parentPort) {
  const { target, seed, from, cases, state } = workerData as Work;
  // What a target loads when it is first used, models say, is no time of a case.
  for (const sound of targets[target]?.seeds ?? [])
    try {
      await targets[target]?.run(sound);
    } catch {
      // What it says of sound inputs, the cases will say.
    }
  for (let index = from; index < cases; index += 1) {
    Atomics.store(state, 0, index);
    try {
      await targets[target]?.run(inputOf(target, seed, index));
    } catch (error) {
      parentPort.postMessage({
        index,
        message: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    }
  }
  Atomics.store(state, 0, cases);
}
