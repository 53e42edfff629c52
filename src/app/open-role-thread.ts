import { Worker } from 'node:worker_threads';
import { CannotRunError } from '../domain/cannot-run.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import { StoppedError } from './patience.ts';
import type { RoleThreadData, RoleThreadMessage, WorkSeen } from './role-thread-data.ts';
import { UsageError } from './usage-error.ts';

/** With `.ts` sources beside it, this file runs as TypeScript; in the built package both are JavaScript. */
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './role-thread.ts' : './role-thread.js', import.meta.url);

/**
 * Runs roles in a thread of this process, with connections of its own: whatever they do, the event loop of those who answer readers is
 * free. Resolves when they have begun.
 * @param parts.signal asks the thread to end, also while it begins
 * @param parts.onEnd told when the thread ends by itself after it has begun
 * @throws what kept it from beginning
 */
export async function openRoleThread(
  parts: RoleThreadData & {
    readonly observer: WorkObserver;
    readonly signal: AbortSignal;
    readonly onEnd: (reason: Error) => void;
  },
): Promise<{ close(): Promise<void> }> {
  const { settings, roles, observer, signal } = parts;
  const worker = new Worker(threadFile, { workerData: { settings: { ...settings }, roles } satisfies RoleThreadData });
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  const stop = () => worker.postMessage('stop');
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  const begun = Promise.withResolvers<void>();
  let running = false;
  worker.on('message', (message: RoleThreadMessage) => {
    if ('begun' in message) begun.resolve();
    else observe(observer, message.seen);
  });
  const end = (reason: Error) => {
    signal.removeEventListener('abort', stop);
    begun.reject(reason);
    if (running && !signal.aborted) parts.onEnd(reason);
    running = false;
  };
  worker.on('error', (error: Error) => end(errorOf(error)));
  worker.on('exit', () => end(new Error(`The thread of ${roles.join(' and ')} ended.`)));
  await begun.promise;
  running = true;
  return {
    async close() {
      running = false;
      stop();
      await exited;
    },
  };
}

/** The class of an error is lost between threads; its name is not. */
function errorOf(error: Error): Error {
  if (error.name === 'UsageError') return new UsageError(error.message);
  if (error.name === 'StoppedError') return new StoppedError(error.message);
  return error.name === 'CannotRunError' ? new CannotRunError(error.message) : error;
}

/** Both come from one row of `WorkSeen`, which TypeScript cannot follow through the union. */
const observe = (observer: WorkObserver, { name, of }: WorkSeen): void =>
  (observer[name] as (...of: readonly unknown[]) => void)(...of);
