import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import type { Log } from '../domain/log.ts';

/** A server that the process lives on. */
export interface Watched {
  readonly name: string;
  /** Rejects when it does not answer. */
  ask(): Promise<unknown>;
  /** Tries to bring it back. */
  revive?(): Promise<void>;
  /** Called when it is back. @throws CannotRunError when the process must not go on */
  onBack?(): Promise<void>;
}

const askEveryMs = 2000;
const longestPauseMs = 10_000;

/**
 * Watches what the process lives on: one line in the log when something is lost and one when it is back, and the end of the process when
 * it was lost for longer than `exitAfter` seconds. Connections come back by themselves; nothing else is to be done.
 */
export function openWatch(
  watched: readonly Watched[],
  log: Log,
  options: { readonly exitAfter?: number | undefined; readonly onEnd: (reason: Error) => void },
): { close(): Promise<void> } {
  const stop = new AbortController();
  const { signal } = stop;
  const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => undefined);

  async function watch(part: Watched): Promise<void> {
    while (!signal.aborted) {
      await pause(askEveryMs);
      if (signal.aborted || (await answers(part))) continue;
      await outlast(part);
    }
  }

  /** Waits until the part is back. */
  async function outlast(part: Watched): Promise<void> {
    const lost = performance.now();
    const seconds = () => Math.round((performance.now() - lost) / 1000);
    let said = '';
    for (let ms = 500; !signal.aborted; ms = Math.min(2 * ms, longestPauseMs)) {
      const failure = await part.revive?.().then(
        () => undefined,
        (error) => reasonOf(error),
      );
      const reason = failure ?? (await part.ask().then(() => undefined, reasonOf));
      if (reason === undefined) break;
      if (reason !== said) log.error({ error: reason }, `the ${part.name} is lost; waiting for it`);
      said = reason;
      if (options.exitAfter !== undefined && seconds() >= options.exitAfter) {
        options.onEnd(new CannotRunError(`The ${part.name} was lost for ${seconds()} s: ${reason}`));
        return;
      }
      await pause(ms);
    }
    if (signal.aborted) return;
    log.warn({ seconds: seconds() }, `the ${part.name} is back`);
    await part.onBack?.().catch((error) => options.onEnd(error));
  }

  const watching = watched.map(watch);
  return {
    async close() {
      stop.abort();
      // What is asked right now may take until its own time limit; nobody waits for that.
      await Promise.race([Promise.all(watching), sleep(1000, undefined, { ref: false })]);
    },
  };
}

const answers = (part: Watched): Promise<boolean> =>
  part.ask().then(
    () => true,
    () => false,
  );
