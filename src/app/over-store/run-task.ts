import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../store/db.ts';
import { endTask, openTask, saveTask, type TaskState } from '../../store/store-tasks.ts';

/** Work over the whole store, done in small steps that come to the same when they are done twice. */
export interface StoreTask {
  /** What is kept under this name goes on when the same is asked for again. */
  readonly name: string;
  /** Where it begins, where it ends, and how many rows that is. */
  bounds(): Promise<{ first: string; last: string; total: number }>;
  /** Does the next rows after a position. `at` is undefined when there were none. */
  step(after: string, last: string): Promise<{ at: string | undefined; seen: number; changed: number }>;
}

/** How work over the store got on. */
export interface TaskResult extends TaskState {
  /** Rows that an earlier run had done. */
  readonly resumedAt: number;
  /** False when it was stopped before its end. */
  readonly ended: boolean;
}

/** A step and the wire take turns: it rests as long as it worked, up to this. */
const longestRestMs = 250;

/**
 * Does a task from where it was left, or from the beginning. Between two steps it holds nothing, so the wire gets on meanwhile.
 * @param options.restart forgets what an earlier run has done
 */
export async function runTask(
  db: Db,
  task: StoreTask,
  options: {
    readonly signal: AbortSignal;
    readonly restart?: boolean;
    readonly onProgress?: (state: TaskState) => void;
  },
): Promise<TaskResult> {
  const earlier = options.restart ? undefined : await openTask(db, task.name);
  const begun = earlier ?? (await begin(task));
  let state = begun;
  while (!options.signal.aborted) {
    const started = performance.now();
    const { at, seen, changed } = await task.step(state.position, state.last);
    if (at === undefined) {
      await endTask(db, task.name);
      return { ...state, resumedAt: begun.seen, ended: true };
    }
    state = { ...state, position: at, seen: state.seen + seen, changed: state.changed + changed };
    await saveTask(db, task.name, state);
    options.onProgress?.(state);
    const restMs = Math.min(longestRestMs, performance.now() - started);
    await sleep(restMs, undefined, { signal: options.signal }).catch(() => undefined);
  }
  return { ...state, resumedAt: begun.seen, ended: false };
}

async function begin(task: StoreTask): Promise<TaskState> {
  const { first, last, total } = await task.bounds();
  return { position: first, last, total, seen: 0, changed: 0 };
}
