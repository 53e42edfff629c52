import { BasicCrawler, type BasicCrawlerOptions, Configuration, log as crawleeLog, EventManager } from '@crawlee/http';
import { FetchError, statusError } from '../fetch/fetch-error.ts';
import type { PoliteFetch } from '../fetch/polite-client.ts';
import type { PageRequest } from './page-request.ts';
import { type SourceQueue, SourceQueues } from './source-queues.ts';

export interface RequestOptions {
  readonly client: PoliteFetch;
  /** Addresses of this call asked for at the same time. More than one lets a page be read while the next is fetched. */
  readonly concurrency: number;
  /** Tries after the first; the rate limiter's pauses lie between them. */
  readonly retries: number;
  /** Ends the requests: what was not answered yet is left without a call. */
  readonly signal: AbortSignal;
}

/** Asks for the pages of many crawls at once through one Crawlee crawler. */
export interface Requester {
  /**
   * Asks for all addresses, again for what may pass; resolves when each was answered or given up. Throws when a
   * request's own handlers throw anything but FetchError (a lost database, say); its other requests then end early.
   */
  requestAll(requests: readonly PageRequest[], options: RequestOptions): Promise<void>;
  close(): Promise<void>;
}

/** How one call of `requestAll` stands. */
interface Call {
  readonly client: PoliteFetch;
  readonly retries: number;
  readonly signal: AbortSignal;
  /** What the last try of a request that was asked came to. */
  readonly causes: Map<string, FetchError>;
  /** Ends the requests of this call with an error. */
  readonly fail: (error: unknown) => void;
}

/** Longer than this between two tries, and the rest is left for the next crawl. */
const longestWaitMs = 90_000;
/** Waiting for the site counts as well; the client's own limits end a request long before. */
const longestRequestSecs = 4 * 3600;

/** Crawlee's own asks the operating system for CPU and memory every second; the rate limiter is our throttle. */
class QuietEvents extends EventManager {}

/** `requestManager` is an option of BasicCrawler by its types and its code; its check of options alone does not know it. */
class SourceCrawler extends BasicCrawler {
  constructor(queues: SourceQueues, options: BasicCrawlerOptions, configuration: Configuration) {
    super(options, configuration);
    this.requestManager = queues;
  }

  /** Crawlee remembers by the clock when it last asked a domain: once that is set back, it would ask no known one for as long. */
  protected override delayRequest(): boolean {
    return false;
  }
}

/** Runs a handler of a request; what it throws besides FetchError ends the call it belongs to. */
async function guarded<T>({ signal, fail }: Call, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FetchError) throw error;
    if (!signal.aborted) fail(error);
    return undefined;
  }
}

/** A site that is to be left alone for what an earlier try came to: that is the cause. */
const withCause = (error: FetchError, earlier: FetchError | undefined): FetchError =>
  !error.unasked || earlier === undefined
    ? error
    : new FetchError(earlier.url, earlier.reason, earlier.message, {
        retry: earlier.retry,
        retryAfterMs: error.retryAfterMs,
        cause: error,
      });

/** @param concurrency requests running at the same time, over all calls */
export function openRequester(concurrency: number): Requester {
  const queues = new SourceQueues();
  const calls = new Map<SourceQueue, Call>();
  const find = (key: string): { queue: SourceQueue; call: Call } => {
    const queue = queues.queueOf(key);
    const call = queue && calls.get(queue);
    if (!queue || !call) throw new Error(`No request is known as ${key}`);
    return { queue, call };
  };

  // Crawlee writes about each retry and counts once a minute; what matters is in our own report.
  const silent = crawleeLog.child({ level: crawleeLog.LEVELS.OFF });
  const crawler = new SourceCrawler(
    queues,
    {
      async requestHandler({ request: { uniqueKey } }) {
        const { queue, call } = find(uniqueKey);
        const { url, fetchOptions, onAnswer } = queues.requestOf(uniqueKey);
        const options = await guarded(call, async () => fetchOptions?.());
        const answer = await call.client.fetch(url, { ...options, signal: call.signal });
        const error = statusError(url, answer.status, answer.headers, Date.now());
        if (error) throw error;
        const more = await guarded(call, () => onAnswer(answer));
        if (more && !call.signal.aborted) queues.add(queue, more);
      },
      async errorHandler({ request }, error) {
        const { call } = find(request.uniqueKey);
        const { retries, signal, causes } = call;
        if (error instanceof FetchError && !error.unasked) causes.set(request.uniqueKey, error);
        // A site that is to be left alone for longer than the limiter waits is not asked again in this crawl.
        const again = error instanceof FetchError && error.retry && (error.retryAfterMs ?? 0) <= longestWaitMs;
        if (again && request.retryCount < retries && !signal.aborted) return;
        request.noRetry = true;
        if (signal.aborted) return;
        if (error instanceof FetchError)
          await guarded(call, () =>
            queues.requestOf(request.uniqueKey).onFailure(withCause(error, causes.get(request.uniqueKey))),
          );
        else call.fail(error);
      },
      minConcurrency: concurrency,
      maxConcurrency: concurrency,
      // The error handler decides, before this does.
      maxRequestRetries: 100,
      keepAlive: true,
      useSessionPool: false,
      requestHandlerTimeoutSecs: longestRequestSecs,
      autoscaledPoolOptions: { maybeRunIntervalSecs: 0.25, loggingIntervalSecs: null },
      statisticsOptions: { persistenceOptions: { enable: false }, saveErrorSnapshots: false, log: silent },
      statusMessageLoggingInterval: 3600,
    },
    new Configuration({
      persistStorage: false,
      purgeOnStart: false,
      eventManager: new QuietEvents(),
      availableMemoryRatio: 1,
    }),
  );
  crawler.log.setLevel(crawleeLog.LEVELS.OFF);
  let running: Promise<unknown> | undefined;
  const start = () => {
    running ??= crawler.run().catch((error: unknown) => {
      for (const call of calls.values()) call.fail(error);
    });
  };

  return {
    async requestAll(requests, { client, concurrency: width, retries, signal }) {
      if (requests.length === 0 || signal.aborted) return;
      const stop = new AbortController();
      const ended = Promise.withResolvers<void>();
      let broken: { readonly error: unknown } | undefined;
      const queue = queues.open(width, ended.resolve);
      const call: Call = {
        client,
        retries,
        causes: new Map(),
        signal: AbortSignal.any([signal, stop.signal]),
        fail: (error) => {
          broken ??= { error };
          stop.abort();
        },
      };
      const end = () => queues.empty(queue);
      call.signal.addEventListener('abort', end, { once: true });
      calls.set(queue, call);
      queues.add(queue, requests);
      start();
      void crawler.autoscaledPool?.notify();
      await ended.promise;
      call.signal.removeEventListener('abort', end);
      calls.delete(queue);
      if (broken) throw broken.error;
    },
    async close() {
      for (const call of calls.values()) call.fail(new Error('The crawler is closing.'));
      await crawler.autoscaledPool?.abort();
      await running;
    },
  };
}
