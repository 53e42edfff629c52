import { type IRequestManager, Request } from '@crawlee/http';
import type { Visit } from './visit.ts';

/** The visits of one crawl on their way through Crawlee. */
export interface Lane {
  readonly waiting: Request[];
  running: number;
  /** Visits running at the same time. */
  readonly width: number;
  readonly visits: Map<string, Visit>;
  readonly onEmpty: () => void;
}

/**
 * Crawlee's queue of requests for many crawls at once: each has a lane of its own and no more than its width running,
 * and the lanes take turns, so that a slow source holds up nobody. (Crawlee's own queue keeps 16 MB for each crawler.)
 */
export class VisitLanes implements IRequestManager {
  readonly #lanes = new Set<Lane>();
  readonly #laneOf = new Map<string, Lane>();
  #count = 0;
  #handled = 0;

  open(width: number, onEmpty: () => void): Lane {
    const lane: Lane = { waiting: [], running: 0, width, visits: new Map(), onEmpty };
    this.#lanes.add(lane);
    return lane;
  }

  /** What waits is dropped; what runs ends by itself. */
  empty(lane: Lane): void {
    for (const request of lane.waiting.splice(0)) this.#forget(request, lane);
    this.#checkEmpty(lane);
  }

  add(lane: Lane, visits: readonly Visit[]): void {
    for (const visit of visits) {
      const uniqueKey = `${++this.#count}`;
      lane.visits.set(uniqueKey, visit);
      this.#laneOf.set(uniqueKey, lane);
      lane.waiting.push(new Request({ url: visit.url, uniqueKey, id: uniqueKey }));
    }
  }

  laneOf(uniqueKey: string): Lane | undefined {
    return this.#laneOf.get(uniqueKey);
  }

  visit(uniqueKey: string): Visit {
    const visit = this.#laneOf.get(uniqueKey)?.visits.get(uniqueKey);
    if (!visit) throw new Error(`No visit is known as ${uniqueKey}`);
    return visit;
  }

  #ready(): Lane | undefined {
    for (const lane of this.#lanes) if (lane.waiting.length > 0 && lane.running < lane.width) return lane;
    return undefined;
  }

  #forget({ uniqueKey }: Request, lane: Lane): void {
    lane.visits.delete(uniqueKey);
    this.#laneOf.delete(uniqueKey);
  }

  #checkEmpty(lane: Lane): void {
    if (lane.running > 0 || lane.waiting.length > 0) return;
    this.#lanes.delete(lane);
    lane.onEmpty();
  }

  async fetchNextRequest<T extends Record<string, unknown> = Record<string, unknown>>(): Promise<Request<T> | null> {
    const lane = this.#ready();
    const request = lane?.waiting.shift();
    if (!lane || !request) return null;
    lane.running++;
    // To the end of the round.
    this.#lanes.delete(lane);
    this.#lanes.add(lane);
    return request as Request<T>;
  }

  async markRequestHandled(request: Request): Promise<null> {
    const lane = this.#laneOf.get(request.uniqueKey);
    if (!lane) return null;
    this.#handled++;
    lane.running--;
    this.#forget(request, lane);
    this.#checkEmpty(lane);
    return null;
  }

  async reclaimRequest(request: Request): Promise<null> {
    const lane = this.#laneOf.get(request.uniqueKey);
    if (!lane) return null;
    lane.running--;
    // Before the rest: where each first try fails, the second soon shows that the site is alive. After that behind it:
    // a few broken pages, tried in a row, would look like a site that is down.
    if (request.retryCount <= 1) lane.waiting.unshift(request);
    else lane.waiting.push(request);
    return null;
  }

  isEmpty = async (): Promise<boolean> => this.#ready() === undefined;
  isFinished = async (): Promise<boolean> => this.#lanes.size === 0;
  handledCount = async (): Promise<number> => this.#handled;
  getTotalCount = (): number => this.#count;
  getPendingCount = (): number => this.#laneOf.size;

  async *[Symbol.asyncIterator](): AsyncGenerator<Request> {
    for (let next = await this.fetchNextRequest(); next; next = await this.fetchNextRequest()) yield next;
  }

  addRequest = (): Promise<never> => Promise.reject(new Error('Visits come through add().'));
  addRequestsBatched = (): Promise<never> => Promise.reject(new Error('Visits come through add().'));
}
