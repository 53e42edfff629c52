import { Readable } from 'node:stream';
import {
  type BaseHttpClient,
  Configuration,
  log as crawleeLog,
  EventManager,
  HttpCrawler,
  type HttpCrawlerOptions,
  type HttpCrawlingContext,
  type HttpRequest,
  type HttpResponse,
  type LogLevel,
  type StreamingHttpResponse,
} from '@crawlee/http';
import type { FetchResult } from '../fetch/client.ts';
import { FetchError, statusError } from '../fetch/fetch-error.ts';
import type { PoliteFetch } from '../fetch/polite-client.ts';
import { type Lane, VisitLanes } from './source-queues.ts';
import type { Visit } from './visit.ts';

export interface VisitOptions {
  readonly client: PoliteFetch;
  /** Addresses of this call visited at the same time. More than one lets a page be read while the next is fetched. */
  readonly concurrency: number;
  /** Tries after the first; the gate's pauses lie between them. */
  readonly retries: number;
  /** Ends the visits: what was not answered yet is left without a call. */
  readonly signal: AbortSignal;
}

// Crawlee writes about each retry; what matters is in our own report.
crawleeLog.setLevel(crawleeLog.LEVELS.OFF satisfies LogLevel);

/** Crawlee's own asks the operating system for CPU and memory every second and crawler; the gate is our throttle. */
class QuietEvents extends EventManager {}

/** The answer on its way through Crawlee, which wants a stream of bytes. */
class AnswerStream extends Readable {
  readonly answer: FetchResult;

  constructor(answer: FetchResult) {
    super({ read() {} });
    this.answer = answer;
    this.push(null);
  }
}

/** Crawlee takes some network errors for those of a rotating proxy and would retry them by other rules than ours. */
class PlainCrawler extends HttpCrawler<HttpCrawlingContext> {
  constructor(lanes: VisitLanes, options: HttpCrawlerOptions, configuration: Configuration) {
    super(options, configuration);
    // An option of its base class that its own check of options does not know.
    this.requestManager = lanes;
  }

  protected override isProxyError(): boolean {
    return false;
  }
}

type FetchVisit = (request: HttpRequest) => Promise<FetchResult>;

/** Our client in Crawlee's clothes: one answer, already whole, whose bytes do not take the way through the stream. */
class AnswerClient implements BaseHttpClient {
  readonly #fetch: FetchVisit;

  constructor(fetch: FetchVisit) {
    this.#fetch = fetch;
  }

  async stream(request: HttpRequest): Promise<StreamingHttpResponse> {
    const answer = await this.#fetch(request);
    const progress = { percent: 1, transferred: answer.body.length };
    return {
      request,
      stream: new AnswerStream(answer),
      url: answer.url,
      redirectUrls: answer.redirects.map(({ to }) => new URL(to)),
      statusCode: answer.status,
      // The true type is judged by the caller: Crawlee would decode and refuse by it.
      headers: { 'content-type': 'application/octet-stream' },
      trailers: {},
      complete: true,
      downloadProgress: progress,
      uploadProgress: progress,
    };
  }

  sendRequest<T extends 'json' | 'text' | 'buffer' = 'text'>(): Promise<HttpResponse<T>> {
    throw new Error('Only visits are sent.');
  }
}

/** Visits addresses for many crawls at once through one Crawlee HttpCrawler. */
export interface Visitor {
  /**
   * Visits all addresses, retrying what may pass; resolves when each was visited or given up. Throws when a visit's own
   * handlers throw anything but FetchError (a lost database, say); its other visits then end early.
   */
  visitAll(visits: readonly Visit[], options: VisitOptions): Promise<void>;
  close(): Promise<void>;
}

/** How one call of `visitAll` stands. */
interface Progress {
  readonly client: PoliteFetch;
  readonly retries: number;
  readonly signal: AbortSignal;
  /** Ends the visits of this call with an error. */
  readonly fail: (error: unknown) => void;
}

/** @param concurrency visits running at the same time, over all calls */
export function openVisitor(concurrency: number): Visitor {
  const lanes = new VisitLanes();
  const progress = new WeakMap<Lane, Progress>();
  const progressOf = (key: string): Progress => {
    const lane = lanes.laneOf(key);
    const known = lane && progress.get(lane);
    if (!known) throw new Error(`No visit is known as ${key}`);
    return known;
  };
  /** Runs a handler of a visit; what it throws besides FetchError ends the call it belongs to. */
  const guarded = async <T>({ signal, fail }: Progress, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (!signal.aborted) fail(error);
      return undefined;
    }
  };

  const crawler = new PlainCrawler(
    lanes,
    {
      httpClient: new AnswerClient(async (request) => {
        const key = String(request.visit);
        const { url, fetchOptions } = lanes.visit(key);
        const own = progressOf(key);
        const options = await guarded(own, async () => fetchOptions?.());
        const answer = await own.client.fetch(url, { ...options, signal: own.signal });
        const error = statusError(url, answer.status, answer.headers, Date.now());
        if (error) throw error;
        return answer;
      }),
      preNavigationHooks: [({ request }, toClient) => void Object.assign(toClient, { visit: request.uniqueKey })],
      async requestHandler({ request: { uniqueKey }, response }) {
        if (!(response instanceof AnswerStream)) throw new Error('The answer is not ours.');
        const { answer } = response;
        const own = progressOf(uniqueKey);
        const more = await guarded(own, () => lanes.visit(uniqueKey).onAnswer(answer));
        const lane = lanes.laneOf(uniqueKey);
        if (lane && more && !own.signal.aborted) lanes.add(lane, more);
      },
      async errorHandler({ request }, error) {
        const { retries, signal } = progressOf(request.uniqueKey);
        // A site that is to be left alone for longer than the gate waits is not asked again in this crawl.
        const again = error instanceof FetchError && error.retry && (error.retryAfterMs ?? 0) <= longestWaitMs;
        if (again && request.retryCount < retries && !signal.aborted) return;
        request.noRetry = true;
        if (signal.aborted) return;
        const own = progressOf(request.uniqueKey);
        if (error instanceof FetchError) await guarded(own, () => lanes.visit(request.uniqueKey).onFailure(error));
        else own.fail(error);
      },
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      // The error handler decides, before this does.
      maxRequestRetries: 100,
      keepAlive: true,
      useSessionPool: false,
      respectRobotsTxtFile: false,
      additionalMimeTypes: ['*/*'],
      // Waiting for one's turn counts as well; the client's own limits end a request long before.
      navigationTimeoutSecs: longestTurnSecs,
      requestHandlerTimeoutSecs: longestTurnSecs,
      autoscaledPoolOptions: { maybeRunIntervalSecs: 0.25, loggingIntervalSecs: null },
      statisticsOptions: { persistenceOptions: { enable: false }, saveErrorSnapshots: false },
      statusMessageLoggingInterval: 3600,
    },
    new Configuration({
      persistStorage: false,
      purgeOnStart: false,
      eventManager: new QuietEvents(),
      availableMemoryRatio: 1,
    }),
  );
  const open = new Set<Progress>();
  let running: Promise<unknown> | undefined;
  const start = () => {
    running ??= crawler.run().catch((error: unknown) => {
      for (const each of open) each.fail(error);
    });
  };

  return {
    async visitAll(visits, { client, concurrency: width, retries, signal }) {
      if (visits.length === 0 || signal.aborted) return;
      const stop = new AbortController();
      const ended = Promise.withResolvers<void>();
      let broken: { readonly error: unknown } | undefined;
      const lane = lanes.open(width, ended.resolve);
      const own: Progress = {
        client,
        retries,
        signal: AbortSignal.any([signal, stop.signal]),
        fail: (error) => {
          broken ??= { error };
          stop.abort();
        },
      };
      const end = () => lanes.empty(lane);
      own.signal.addEventListener('abort', end, { once: true });
      progress.set(lane, own);
      open.add(own);
      lanes.add(lane, visits);
      start();
      void crawler.autoscaledPool?.notify();
      await ended.promise;
      own.signal.removeEventListener('abort', end);
      open.delete(own);
      if (broken) throw broken.error;
    },
    async close() {
      for (const each of open) each.fail(new Error('The crawler is closing.'));
      await crawler.autoscaledPool?.abort();
      await running;
    },
  };
}

/** Longer than this between two tries, and the rest is left for the next crawl. */
const longestWaitMs = 90_000;
const longestTurnSecs = 4 * 3600;
