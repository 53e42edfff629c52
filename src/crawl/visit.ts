import { Readable } from 'node:stream';
import {
  type BaseHttpClient,
  Configuration,
  log as crawleeLog,
  EventManager,
  HttpCrawler,
  type HttpCrawlingContext,
  type HttpRequest,
  type HttpResponse,
  type LogLevel,
  type StreamingHttpResponse,
} from '@crawlee/http';
import type { FetchOptions, FetchResult } from './client.ts';
import { FetchError, statusError } from './fetch-error.ts';
import type { PoliteClient } from './polite-client.ts';

/** One address to visit, and what to do with how it went. Exactly one of the two is called, unless the visits end early. */
export interface Visit {
  readonly url: string;
  /** Asked for right before each try. */
  readonly fetchOptions?: (() => Promise<FetchOptions>) | undefined;
  /** Called with an answer (2xx or 304); may give further addresses to visit. */
  readonly onAnswer: (result: FetchResult) => Promise<readonly Visit[] | undefined>;
  /** Called after the last try. */
  readonly onFailure: (error: FetchError) => Promise<void>;
}

export interface VisitOptions {
  readonly client: PoliteClient;
  /** Addresses visited at the same time. More than one lets a page be read while the next is fetched. */
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

/**
 * Visits all addresses, retrying what may pass, through a Crawlee HttpCrawler that lives as long as the visits. Throws
 * when a visit's own handlers throw anything but FetchError (a lost database, say); visits then end early.
 */
export async function visitAll(visits: readonly Visit[], options: VisitOptions): Promise<void> {
  const { client, signal } = options;
  const pending = new Map<string, Visit>();
  let broken: { readonly error: unknown } | undefined;
  const stop = new AbortController();
  const anyStop = AbortSignal.any([signal, stop.signal]);

  const visitOf = (key: string): Visit => {
    const visit = pending.get(key);
    if (!visit) throw new Error(`No visit is known as ${key}`);
    return visit;
  };
  let count = 0;
  const requestOf = (visit: Visit) => {
    const uniqueKey = `${++count}`;
    pending.set(uniqueKey, visit);
    return { url: visit.url, uniqueKey };
  };
  /** Runs a handler of a visit; what it throws besides FetchError ends all. */
  const guarded = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FetchError) throw error;
      if (!anyStop.aborted) broken = { error };
      stop.abort();
      return undefined;
    }
  };

  const crawler = new PlainCrawler(
    {
      httpClient: new AnswerClient(async (request) => {
        const { url, fetchOptions } = visitOf(String(request.visit));
        const own = await guarded(async () => fetchOptions?.());
        const answer = await client.fetch(url, { ...own, signal: anyStop });
        const error = statusError(url, answer.status, answer.headers, Date.now());
        if (error) throw error;
        return answer;
      }),
      preNavigationHooks: [({ request }, toClient) => void Object.assign(toClient, { visit: request.uniqueKey })],
      async requestHandler({ request, response, crawler: running }) {
        if (!(response instanceof AnswerStream)) throw new Error('The answer is not ours.');
        const { answer } = response;
        const more = await guarded(() => visitOf(request.uniqueKey).onAnswer(answer));
        pending.delete(request.uniqueKey);
        if (more && more.length > 0)
          await running.addRequests(more.map(requestOf), { waitForAllRequestsToBeAdded: true });
      },
      async errorHandler({ request }, error) {
        // A site that is to be left alone for longer than the gate waits is not asked again in this crawl.
        const again = error instanceof FetchError && error.retry && (error.retryAfterMs ?? 0) <= longestWaitMs;
        if (!again || anyStop.aborted) request.noRetry = true;
      },
      async failedRequestHandler({ request }, error) {
        const visit = pending.get(request.uniqueKey);
        pending.delete(request.uniqueKey);
        if (anyStop.aborted) return;
        if (error instanceof FetchError) await guarded(async () => visit?.onFailure(error));
        else broken = { error };
        if (broken) stop.abort();
      },
      minConcurrency: options.concurrency,
      maxConcurrency: options.concurrency,
      maxRequestRetries: options.retries,
      useSessionPool: false,
      respectRobotsTxtFile: false,
      additionalMimeTypes: ['*/*'],
      // Waiting for one's turn counts as well; the client's own limits end a request long before.
      navigationTimeoutSecs: longestTurnSecs,
      requestHandlerTimeoutSecs: longestTurnSecs,
      autoscaledPoolOptions: { maybeRunIntervalSecs: 0.1, loggingIntervalSecs: null },
      statisticsOptions: { persistenceOptions: { enable: false } },
      statusMessageLoggingInterval: 3600,
    },
    new Configuration({
      persistStorage: false,
      purgeOnStart: false,
      eventManager: new QuietEvents(),
      availableMemoryRatio: 1,
    }),
  );
  const end = () => void crawler.autoscaledPool?.abort();
  anyStop.addEventListener('abort', end, { once: true });
  try {
    if (!anyStop.aborted) await crawler.run(visits.map(requestOf));
  } finally {
    anyStop.removeEventListener('abort', end);
  }
  if (broken) throw broken.error;
}

/** Longer than this between two tries, and the rest is left for the next crawl. */
const longestWaitMs = 90_000;
const longestTurnSecs = 4 * 3600;
