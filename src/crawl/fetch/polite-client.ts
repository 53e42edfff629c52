import type { Rights } from '../../domain/rights.ts';
import type { RequestSeen } from '../../domain/work-observer.ts';
import type { Client, FetchOptions, FetchResult } from './client.ts';
import { FetchError } from './fetch-error.ts';
import { siteRights } from './page-rights.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { RobotsCache } from './robots-cache.ts';

/** Fetches as a guest does: what robots.txt forbids is not asked for, and every request waits until the site may be asked. */
export interface PoliteFetch {
  /** As `Client.fetch`; also throws FetchError `robots`. */
  fetch(url: string, options?: Omit<FetchOptions, 'enter' | 'headersFor'>): Promise<FetchResult>;
}

export interface PoliteClient extends PoliteFetch {
  /** The sitemaps that robots.txt of a site names; none when it cannot be read. */
  sitemaps(site: URL): Promise<readonly string[]>;
  /** What robots.txt says of the use of a page; nothing when it cannot be read. */
  rights(page: URL): Promise<Rights>;
}

/** A site that asks for longer pauses between two requests is crawled at this pace: about 290 requests a day. */
const longestCrawlDelayMs = 300_000;

export function createPoliteClient(parts: {
  readonly client: Client;
  readonly limiter: RateLimiter;
  readonly robots: RobotsCache;
  /** Between two requests to a site; the limiter's own when not given. */
  readonly gapMs?: number | undefined;
  /** Headers for the source's own sites. */
  readonly headersFor?: FetchOptions['headersFor'];
  /** Told of each request that ended. */
  readonly onRequest?: ((seen: RequestSeen) => void) | undefined;
}): PoliteClient {
  const { client, limiter, robots, gapMs, headersFor, onRequest } = parts;
  return {
    async sitemaps(site) {
      try {
        const { sitemaps } = await robots.rules(site, undefined);
        return sitemaps.flatMap((named) => URL.parse(named, site.href)?.href ?? []);
      } catch (error) {
        if (error instanceof FetchError) return [];
        throw error;
      }
    },
    async rights(page) {
      try {
        const { signals, licenses } = await robots.rules(page, undefined);
        return siteRights(page, signals, licenses);
      } catch (error) {
        if (error instanceof FetchError) return {};
        throw error;
      }
    },
    fetch: (url, options) =>
      client.fetch(url, {
        ...options,
        headersFor,
        // Called for redirects as well: their hosts have rules of their own.
        enter: async (target, signal) => {
          const rules = await robots.rules(target, signal);
          if (!rules.isAllowed(target))
            throw new FetchError(target.href, 'robots', 'robots.txt asks crawlers to stay away');
          const end = await limiter.enter(target, {
            gapMs,
            minGapMs: Math.min(rules.crawlDelayMs ?? 0, longestCrawlDelayMs),
            signal,
          });
          const started = performance.now();
          return (how) => {
            onRequest?.({ status: how.status, ms: performance.now() - started });
            return end(how);
          };
        },
      }),
  };
}
