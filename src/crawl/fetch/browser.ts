import { Buffer } from 'node:buffer';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page, Route } from 'playwright-core';
import type { FetchOptions, FetchResult } from './client.ts';
import { FetchError, statusError } from './fetch-error.ts';
import type { PoliteFetch } from './polite-client.ts';

/** A browser is wanted, but there is none; the message says what to install. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';
}

/** Renders pages of sources that show nothing without their scripts. */
export interface Renderer {
  /** A client whose pages come out of the browser, with their scripts run; all that the browser asks for goes through `client`. */
  through(client: PoliteFetch): PoliteFetch;
  close(): Promise<void>;
}

export interface RendererOptions {
  readonly userAgent: string;
  /** Path of Chromium; the usual places are looked at when not given. */
  readonly executable?: string | undefined;
  /** The longest that one page may take to come to rest, in milliseconds. Default 30 s. */
  readonly restMs?: number | undefined;
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a page may need to show its text; pictures, fonts, styles and films are not asked for. */
const neededTypes = new Set(['script', 'xhr', 'fetch']);
/** Requests of one page besides the page itself. A site that needs more is better read through its feed. */
const mostRequests = 40;
/** A page is at rest when it asked for nothing for so long. */
const quietMs = 500;

/** Opens a renderer; Chromium starts with the first page. Throws NoBrowserError where it cannot. */
export function openRenderer(options: RendererOptions): Renderer {
  let starting: Promise<Browser> | undefined;

  async function start(): Promise<Browser> {
    const playwright = await import('playwright-core').catch(() => {
      throw new NoBrowserError(
        '`render: browser` needs the optional package playwright-core: npm install playwright-core',
      );
    });
    const executablePath = options.executable ?? usualPlaces.find((place) => existsSync(place));
    if (executablePath === undefined || !existsSync(executablePath))
      throw new NoBrowserError(
        `\`render: browser\` needs Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM${executablePath ? `; there is none at ${executablePath}` : ''}.`,
      );
    // Chromium's own sandbox does not work as root, which is what containers usually are.
    const sandbox = process.getuid?.() !== 0;
    return playwright.chromium.launch({ executablePath, chromiumSandbox: sandbox, args: ['--disable-dev-shm-usage'] });
  }

  const browser = async (): Promise<Browser> => {
    starting ??= start();
    try {
      return await starting;
    } catch (error) {
      starting = undefined;
      throw error;
    }
  };

  return {
    through: (client) => ({
      async fetch(url, fetchOptions) {
        const context = await (await browser()).newContext({
          userAgent: options.userAgent,
          serviceWorkers: 'block',
          acceptDownloads: false,
        });
        const abort = () => void context.close().catch(() => undefined);
        fetchOptions?.signal?.addEventListener('abort', abort, { once: true });
        try {
          return await render(await context.newPage(), url, client, fetchOptions ?? {}, options.restMs ?? 30_000);
        } finally {
          fetchOptions?.signal?.removeEventListener('abort', abort);
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
  page: Page,
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

  let requests = 0;
  let running = 0;
  let lastAt = performance.now();
  const serve = async (route: Route): Promise<void> => {
    const request = route.request();
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (isPage && request.url() === answer.url)
      return route.fulfill({ status: 200, headers: pageHeaders(answer), body: Buffer.from(answer.body) });
    // 'No content' leaves the browser where it is: the page may not send it elsewhere.
    if (isPage) return route.fulfill({ status: 204 });
    // Frames, pictures and films are not asked for.
    if (!neededTypes.has(request.resourceType())) return route.abort();
    if (request.method() !== 'GET' || ++requests > mostRequests) return route.abort();
    running++;
    try {
      const part = await client.fetch(request.url(), { signal: options.signal, cookies: options.cookies });
      await route.fulfill({ status: part.status, headers: partHeaders(part), body: Buffer.from(part.body) });
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      await route.abort();
    } finally {
      running--;
      lastAt = performance.now();
    }
  };
  // What cannot be served any more, since the page was closed meanwhile, needs no answer.
  await page.route('**/*', (route) => serve(route).catch(() => undefined));
  const giveUpAt = performance.now() + restMs;
  try {
    await page.goto(answer.url, { waitUntil: 'domcontentloaded', timeout: restMs });
    while (performance.now() < giveUpAt && (running > 0 || performance.now() - lastAt < quietMs))
      await sleep(50, undefined, { signal: options.signal });
    const html = await page.content();
    return {
      ...answer,
      body: Buffer.from(html),
      headers: { ...answer.headers, 'content-type': 'text/html; charset=utf-8' },
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new FetchError(
      url,
      'unparseable',
      `the browser could not show it: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
      {
        cause: error,
      },
    );
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
