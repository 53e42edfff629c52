import { parentPort } from 'node:worker_threads';
import { FetchError } from '../fetch/fetch-error.ts';
import { type ParseTask, parseTasks } from './parse-tasks.ts';

/** What the pool sends. */
export interface ParseRequest {
  readonly id: number;
  readonly task: ParseTask;
  readonly input: unknown;
}

/** What the thread answers. Errors lose their class on the way, so the pool makes them anew. */
export type ParseAnswer =
  /** Sent once, when all is loaded. */
  | { readonly ready: true }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly notHtml: boolean; readonly message: string };

parentPort?.on('message', async ({ id, task, input }: ParseRequest) => {
  let answer: ParseAnswer;
  try {
    const run = parseTasks[task] as (input: unknown) => unknown;
    answer = { id, value: await run(input) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer = { id, notHtml: error instanceof FetchError && error.reason === 'not-html', message };
  }
  parentPort?.postMessage(answer);
});
parentPort?.postMessage({ ready: true } satisfies ParseAnswer);
