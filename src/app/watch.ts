import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import type { Log } from '../domain/log.ts';
import { mayPass } from './patience.ts';

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
      if (signal.aborted) return;
      const reason = await part.ask().then(() => undefined, reasonOf);
      if (reason !== undefined && !signal.aborted) await outlast(part, reason);
    }
  }

  /** Waits until the part is back. */
  async function outlast(part: Watched, first: string): Promise<void> {
    const lost = performance.now();
    const seconds = () => Math.round((performance.now() - lost) / 1000);
    let said = first;
    log.error({ error: first }, `${part.name} lost; waiting`);
    for (let ms = 500; !signal.aborted; ms = Math.min(2 * ms, longestPauseMs)) {
      let reason: string | undefined;
      try {
        reason = await whyAway(part);
      } catch (error) {
        if (!signal.aborted) options.onEnd(error as Error);
        return;
      }
      if (reason === undefined) break;
      if (reason !== said) log.error({ error: reason }, `${part.name} lost; waiting`);
      said = reason;
      if (options.exitAfter !== undefined && seconds() >= options.exitAfter) {
        options.onEnd(new CannotRunError(`No answer from the ${part.name} for ${seconds()} s: ${reason}`));
        return;
      }
      const left = options.exitAfter === undefined ? ms : 1000 * (options.exitAfter - seconds());
      await pause(Math.max(100, Math.min(ms, left)));
    }
    if (!signal.aborted) log.warn({ seconds: seconds() }, `${part.name} back`);
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

/** What still keeps a part away; undefined when it is back for good. @throws what must end the process */
async function whyAway(part: Watched): Promise<string | undefined> {
  const failure = await part.revive?.().then(
    () => undefined,
    (error) => reasonOf(error),
  );
  const reason = failure ?? (await part.ask().then(() => undefined, reasonOf));
  if (reason !== undefined) return reason;
  try {
    await part.onBack?.();
    return undefined;
  } catch (error) {
    // It was lost once more meanwhile.
    if (mayPass(error)) return reasonOf(error);
    throw error;
  }
}
