import { Buffer } from 'node:buffer';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { type Chromium, type ChromiumOptions, startChromium } from './chromium.ts';
import type { FetchOptions, FetchResult } from './client.ts';
import { FetchError, statusError } from './fetch-error.ts';
import type { PoliteFetch } from './polite-client.ts';

/** Renders pages of sources that show nothing without their scripts. */
export interface Renderer {
  /** A client whose pages come out of the browser, with their scripts run; all that the browser gets comes through `client`. */
  through(client: PoliteFetch): PoliteFetch;
  /** What pages tried past us, and did not get. */
  readonly refused: readonly string[];
  close(): Promise<void>;
}

export interface RendererOptions extends ChromiumOptions {
  readonly userAgent: string;
  /** The longest that one page may take to come to rest, in milliseconds. Default 30 s. */
  readonly restMs?: number | undefined;
}

/** What a page may need to show its text; pictures, fonts, styles and films are not asked for. */
const neededTypes = new Set(['script', 'xhr', 'fetch']);
/** Requests of one page besides the page itself. A site that needs more is better read through its feed. */
const mostRequests = 40;
/** For the text of a page at rest. */
const contentMs = 10_000;
/** A page is at rest when it asked for nothing for so long. */
const quietMs = 500;

/** Opens a renderer; Chromium starts with the first page. Throws NoBrowserError where it cannot. */
export function openRenderer(options: RendererOptions): Renderer {
  let starting: Promise<Chromium> | undefined;
  let refused: readonly string[] = [];

  const chromium = async (): Promise<Chromium> => {
    starting ??= startChromium(options);
    try {
      const started = await starting;
      refused = started.proxy.refused;
      return started;
    } catch (error) {
      starting = undefined;
      throw error;
    }
  };

  return {
    get refused() {
      return refused;
    },
    through: (client) => ({
      async fetch(url, fetchOptions = {}) {
        const { browser } = await chromium();
        const context = await browser.newContext({
          userAgent: options.userAgent,
          serviceWorkers: 'block',
          acceptDownloads: false,
        });
        const abort = () => void context.close().catch(() => undefined);
        fetchOptions.signal?.addEventListener('abort', abort, { once: true });
        try {
          return await render(context, url, client, fetchOptions, options.restMs ?? 30_000);
        } finally {
          fetchOptions.signal?.removeEventListener('abort', abort);
          await context.close().catch(() => undefined);
        }
      },
    }),
    async close() {
      const running = await starting?.catch(() => undefined);
      await running?.close();
    },
  };
}

/** Fetches a page by `client`, and if it is one, runs its scripts and gives what became of it. */
async function render(
  context: BrowserContext,
  url: string,
  client: PoliteFetch,
  options: FetchOptions,
  restMs: number,
): Promise<FetchResult> {
  // The page itself first: what is no page, or did not change, needs no browser.
  const answer = await client.fetch(url, options);
  if (answer.notModified || statusError(url, answer.status, answer.headers, Date.now())) return answer;
  // Feeds and sitemaps are asked for without this wish.
  if (!options.wants || !/html/i.test(answer.headers['content-type'] ?? 'html')) return answer;

  const page = await context.newPage();
  const server = new PageServer(page, answer, client, options);
  await guard(context, page, server);
  try {
    // Not until the document is whole: a page that sends itself elsewhere meanwhile would never be.
    await page.goto(answer.url, { waitUntil: 'commit', timeout: restMs });
    await server.rest(restMs);
    const html = await Promise.race([page.content(), tooLate(contentMs, options.signal)]);
    return {
      ...answer,
      body: Buffer.from(html),
      headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8' },
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    const why = error instanceof Error ? error.message.split('\n')[0] : error;
    throw new FetchError(url, 'unparseable', `the browser could not show it: ${why}`, { cause: error });
  }
}

/** A page whose scripts never pause cannot even be read. */
const tooLate = async (ms: number, signal: AbortSignal | undefined): Promise<never> => {
  await sleep(ms, undefined, { signal });
  throw new Error('its scripts never pause');
};

/** Every page, frame and worker of the context gets what `server` gives and nothing else; what evades this meets the closed proxy. */
async function guard(context: BrowserContext, page: Page, server: PageServer): Promise<void> {
  // What cannot be served any more, since the page was closed meanwhile, needs no answer.
  await context.route('**/*', (route) => server.serve(route).catch(() => route.abort().catch(() => undefined)));
  await context.routeWebSocket('**/*', (socket) => socket.close());
  context.on('page', (other) => {
    if (other !== page) other.close().catch(() => undefined);
  });
  // Peers and datagrams would not ask a proxy; Chromium's own flags forbid them as well.
  await context.addInitScript(
    `for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'WebTransport']) Reflect.deleteProperty(globalThis, name);`,
  );
}

/** Serves one page: itself, and the scripts and data that it asks for. */
class PageServer {
  readonly #page: Page;
  readonly #answer: FetchResult;
  readonly #client: PoliteFetch;
  readonly #options: FetchOptions;
  #requests = 0;
  #running = 0;
  #lastAt = performance.now();

  constructor(page: Page, answer: FetchResult, client: PoliteFetch, options: FetchOptions) {
    this.#page = page;
    this.#answer = answer;
    this.#client = client;
    this.#options = options;
  }

  async serve(route: Route): Promise<void> {
    const request = route.request();
    // A request of a worker or of a page that opens has no frame yet.
    const isPage = request.isNavigationRequest() && request.frame() === this.#page.mainFrame();
    if (isPage && request.url() === this.#answer.url && request.method() === 'GET')
      return route.fulfill({ status: 200, headers: pageHeaders(this.#answer), body: Buffer.from(this.#answer.body) });
    // 'No content' leaves the browser where it is: the page may not send it elsewhere.
    if (isPage) return route.fulfill({ status: 204 });
    // Frames, pictures and films are not asked for.
    if (!neededTypes.has(request.resourceType())) return route.abort();
    if (request.method() !== 'GET' || ++this.#requests > mostRequests) return route.abort();
    this.#running++;
    try {
      const { signal, cookies } = this.#options;
      const part = await this.#client.fetch(request.url(), { signal, cookies });
      await route.fulfill({ status: part.status, headers: partHeaders(part), body: Buffer.from(part.body) });
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      await route.abort();
    } finally {
      this.#running--;
      this.#lastAt = performance.now();
    }
  }

  /** Waits until the page is read and asks for nothing more, for so long at most. */
  async rest(mostMs: number): Promise<void> {
    const giveUpAt = performance.now() + mostMs;
    let isRead = false;
    this.#page
      .waitForFunction(`document.readyState !== 'loading'`, undefined, { timeout: mostMs })
      .catch(() => undefined)
      .finally(() => {
        isRead = true;
        this.#lastAt = performance.now();
      });
    const isBusy = () => !isRead || this.#running > 0 || performance.now() - this.#lastAt < quietMs;
    while (performance.now() < giveUpAt && isBusy()) await sleep(50, undefined, { signal: this.#options.signal });
  }
}

/** The headers that matter to the browser; lengths and encodings no longer hold. */
const pageHeaders = ({ headers }: FetchResult): Record<string, string> => ({
  'content-type': headers['content-type'] ?? 'text/html',
  // Without it scripts from other hosts of the page's own could be refused.
  ...(headers['content-security-policy'] ? {} : { 'access-control-allow-origin': '*' }),
});

const partHeaders = ({ headers }: FetchResult): Record<string, string> => ({
  'content-type': headers['content-type'] ?? 'application/octet-stream',
  'access-control-allow-origin': '*',
});
