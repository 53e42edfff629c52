import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { CannotRunError } from '../domain/cannot-run.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import type { RoleThreadData, RoleThreadMessage, WorkSeen } from './role-thread-data.ts';
import { UsageError } from './usage-error.ts';

/** With `.ts` sources beside it, this file runs as TypeScript; in the built package both are JavaScript. */
const threadFile = new URL(import.meta.url.endsWith('.ts') ? './role-thread.ts' : './role-thread.js', import.meta.url);

/**
 * Runs roles in a thread of this process, with connections of its own: whatever they do, the event loop of those who answer readers is
 * free. Resolves when they have begun.
 * @param parts.onEnd told when the thread ends by itself
 */
export async function openRoleThread(
  parts: RoleThreadData & { readonly observer: WorkObserver; readonly onEnd: (reason: Error) => void },
): Promise<{ close(): Promise<void> }> {
  const { settings, roles, observer } = parts;
  const worker = new Worker(threadFile, { workerData: { settings: { ...settings }, roles } satisfies RoleThreadData });
  const begun = Promise.withResolvers<void>();
  let closing = false;
  worker.on('message', (message: RoleThreadMessage) => {
    if ('begun' in message) begun.resolve();
    else observe(observer, message.seen);
  });
  const end = (reason: Error) => {
    begun.reject(reason);
    if (!closing) parts.onEnd(reason);
  };
  worker.on('error', (error: Error) => end(errorOf(error)));
  worker.on('exit', () => end(new Error(`The thread of ${roles.join(' and ')} ended.`)));
  await begun.promise;
  return {
    async close() {
      closing = true;
      const exit = once(worker, 'exit');
      worker.postMessage('stop');
      await exit;
    },
  };
}

/** The class of an error is lost between threads; its name is not. */
function errorOf(error: Error): Error {
  if (error.name === 'UsageError') return new UsageError(error.message);
  return error.name === 'CannotRunError' ? new CannotRunError(error.message) : error;
}

/** Both come from one row of `WorkSeen`, which TypeScript cannot follow through the union. */
const observe = (observer: WorkObserver, { name, of }: WorkSeen): void =>
  (observer[name] as (...of: readonly unknown[]) => void)(...of);
