import { type IRequestManager, Request } from '@crawlee/http';
import type { PageRequest } from './page-request.ts';

/** The requests of one crawl of a source on their way through Crawlee. */
export interface SourceQueue {
  readonly waiting: Request[];
  running: number;
  /** Requests running at the same time. */
  readonly width: number;
  readonly requests: Map<string, PageRequest>;
  readonly onEmpty: () => void;
}

/**
 * Crawlee's queue of requests for many crawls at once: each has a queue of its own and no more than its width running,
 * and the queues take turns, so that a slow source holds up nobody. (Crawlee's own queue keeps 16 MB for each crawler.)
 */
export class SourceQueues implements IRequestManager {
  readonly #queues = new Set<SourceQueue>();
  readonly #queueOf = new Map<string, SourceQueue>();
  #count = 0;
  #handled = 0;

  open(width: number, onEmpty: () => void): SourceQueue {
    const queue: SourceQueue = { waiting: [], running: 0, width, requests: new Map(), onEmpty };
    this.#queues.add(queue);
    return queue;
  }

  /** What waits is dropped; what runs ends by itself. */
  empty(queue: SourceQueue): void {
    for (const request of queue.waiting.splice(0)) this.#forget(request, queue);
    this.#checkEmpty(queue);
  }

  add(queue: SourceQueue, requests: readonly PageRequest[]): void {
    for (const request of requests) {
      const uniqueKey = `${++this.#count}`;
      queue.requests.set(uniqueKey, request);
      this.#queueOf.set(uniqueKey, queue);
      queue.waiting.push(new Request({ url: request.url, uniqueKey, id: uniqueKey }));
    }
  }

  queueOf(uniqueKey: string): SourceQueue | undefined {
    return this.#queueOf.get(uniqueKey);
  }

  requestOf(uniqueKey: string): PageRequest {
    const request = this.#queueOf.get(uniqueKey)?.requests.get(uniqueKey);
    if (!request) throw new Error(`No request is known as ${uniqueKey}`);
    return request;
  }

  #ready(): SourceQueue | undefined {
    for (const queue of this.#queues) if (queue.waiting.length > 0 && queue.running < queue.width) return queue;
    return undefined;
  }

  #forget({ uniqueKey }: Request, queue: SourceQueue): void {
    queue.requests.delete(uniqueKey);
    this.#queueOf.delete(uniqueKey);
  }

  #checkEmpty(queue: SourceQueue): void {
    if (queue.running > 0 || queue.waiting.length > 0) return;
    this.#queues.delete(queue);
    queue.onEmpty();
  }

  async fetchNextRequest<T extends Record<string, unknown> = Record<string, unknown>>(): Promise<Request<T> | null> {
    const queue = this.#ready();
    const request = queue?.waiting.shift();
    if (!queue || !request) return null;
    queue.running++;
    // To the end of the round.
    this.#queues.delete(queue);
    this.#queues.add(queue);
    return request as Request<T>;
  }

  async markRequestHandled(request: Request): Promise<null> {
    const queue = this.#queueOf.get(request.uniqueKey);
    if (!queue) return null;
    this.#handled++;
    queue.running--;
    this.#forget(request, queue);
    this.#checkEmpty(queue);
    return null;
  }

  async reclaimRequest(request: Request): Promise<null> {
    const queue = this.#queueOf.get(request.uniqueKey);
    if (!queue) return null;
    queue.running--;
    // Before the rest: where each first try fails, the second soon shows that the site is alive. After that behind it:
    // a few broken pages, tried in a row, would look like a site that is down.
    if (request.retryCount <= 1) queue.waiting.unshift(request);
    else queue.waiting.push(request);
    return null;
  }

  isEmpty = async (): Promise<boolean> => this.#ready() === undefined;
  isFinished = async (): Promise<boolean> => this.#queues.size === 0;
  handledCount = async (): Promise<number> => this.#handled;
  getTotalCount = (): number => this.#count;
  getPendingCount = (): number => this.#queueOf.size;

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next; next = await this.fetchNextRequest()) yield next;
  }

  addRequest = (): Promise<never> => Promise.reject(new Error('Requests come through add().'));
  addRequestsBatched = (): Promise<never> => Promise.reject(new Error('Requests come through add().'));
}
