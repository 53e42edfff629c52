import { openExistingStore } from '../app/open-store.ts';
import { runTask, type StoreTask, type TaskResult } from '../app/over-store/run-task.ts';
import type { Settings } from '../domain/settings.ts';
import type { Store } from '../store/db.ts';
import type { TaskState } from '../store/store-tasks.ts';
import { stopSignal } from './stop-signal.ts';

/** Options of every command that works over the whole store. */
export const overStoreOptions = { restart: { type: 'boolean' }, json: { type: 'boolean' } } as const;
export const overStoreHelp = `  --restart          begin anew, also where an earlier run was stopped
  --json             print {"seen", "changed", "resumedAt", "ended"} on stdout at the end`;

interface Words {
  /** What is counted, such as `articles`. */
  readonly rows: string;
  /** What becomes of those that change, such as `have other labels`. */
  readonly changed: string;
}

/** Runs a task to its end or to Ctrl-C, and says on stderr how it gets on. @returns the exit status */
export async function overStore(
  settings: Settings,
  values: { readonly restart?: boolean | undefined; readonly json?: boolean | undefined },
  words: Words,
  taskFor: (store: Store) => StoreTask | Promise<StoreTask>,
): Promise<number> {
  const signal = stopSignal();
  await using store = await openExistingStore(settings);
  const progress = showTask(words);
  const restart = values.restart ?? false;
  const result = await runTask(store.db, await taskFor(store), { signal, restart, onProgress: progress.show });
  progress.end(result);
  const { seen, changed, resumedAt, ended } = result;
  if (values.json) console.log(JSON.stringify({ seen, changed, resumedAt, ended }));
  return ended ? 0 : 130;
}

const plainEveryMs = 10_000;

/** One live line on a terminal, a line every ten seconds elsewhere. */
function showTask({ rows, changed }: Words) {
  const live = process.stderr.isTTY;
  const started = performance.now();
  let first: number | undefined;
  let saidAt = started;
  const textOf = (state: TaskState): string => `${state.seen} of ${state.total} ${rows} · ${state.changed} ${changed}`;
  return {
    show(state: TaskState): void {
      first ??= state.seen;
      const now = performance.now();
      if (!live && now - saidAt < plainEveryMs) return;
      saidAt = now;
      const rate = (state.seen - first) / (now - started);
      const left = rate > 0 ? ` · ${durationOf((state.total - state.seen) / rate)} left` : '';
      process.stderr.write(live ? `\r\u001b[2K${textOf(state)}${left}` : `${textOf(state)}${left}\n`);
    },
    end(result: TaskResult): void {
      const from = result.resumedAt > 0 ? ` (the first ${result.resumedAt} by an earlier run)` : '';
      const rest = result.ended ? '' : '\nStopped; the same command goes on from there.';
      process.stderr.write(`${live ? '\r\u001b[2K' : ''}${textOf(result)}${from}.${rest}\n`);
    },
  };
}

function durationOf(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
