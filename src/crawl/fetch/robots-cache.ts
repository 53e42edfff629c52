import { Buffer } from 'node:buffer';
import type { KnownRobots, RobotsStore } from '../ports.ts';
import { backOffMs } from './back-off.ts';
import type { Client, EndRequest } from './client.ts';
import { FetchError, statusError } from './fetch-error.ts';
import { maxRobotsBytes, parseRobots, type Robots, type Rules, rulesFor } from './robots.ts';

/** Rules for us, and what stands beside them in the file. */
export type SiteRules = Rules & Pick<Robots, 'sitemaps' | 'licenses'>;

/** What sites ask of us, fetched when it is needed and never later than the first page. */
export interface RobotsCache {
  /** Throws FetchError (retry) when the site cannot be asked: RFC 9309 then wants it left alone. */
  rules(url: URL, signal: AbortSignal | undefined): Promise<SiteRules>;
}

export interface RobotsCacheOptions {
  readonly client: Client;
  readonly userAgent: string;
  readonly store: RobotsStore;
  readonly enter: (url: URL, signal: AbortSignal | undefined) => Promise<EndRequest>;
  readonly now?: (() => number) | undefined;
}

const hourMs = 3600_000;
/** RFC 9309, 2.4: not longer than 24 hours; what the host says counts within these bounds. */
const shortestLifeMs = hourMs;
const longestLifeMs = 24 * hourMs;
const defaultLifeMs = 12 * hourMs;

function lifeMs(headers: Readonly<Record<string, string>>): number {
  const seconds = /\bmax-age\s*=\s*"?(\d{1,9})/i.exec(headers['cache-control'] ?? '')?.[1];
  return seconds === undefined
    ? defaultLifeMs
    : Math.min(longestLifeMs, Math.max(shortestLifeMs, Number(seconds) * 1000));
}

/** Text of the first 500 KiB, cut at the end of a line. */
function readText(body: Uint8Array): string {
  const text = Buffer.from(body.subarray(0, maxRobotsBytes)).toString('utf8');
  return body.length > maxRobotsBytes ? text.slice(0, Math.max(text.lastIndexOf('\n'), 0)) : text;
}

interface Entry {
  readonly known: KnownRobots;
  readonly rules: SiteRules;
}

export function createRobotsCache(options: RobotsCacheOptions): RobotsCache {
  const { client, store, enter, userAgent, now = Date.now } = options;
  // Bounded: the oldest goes when there are more; the store still has it.
  const entries = new Map<string, Entry>();
  const failures = new Map<string, { readonly count: number; readonly until: number; readonly error: FetchError }>();
  const asking = new Map<string, Promise<Entry>>();

  const entryOf = (origin: string, known: KnownRobots): Entry => {
    const robots = parseRobots(known.text);
    const entry = {
      known,
      rules: { ...rulesFor(robots, userAgent), sitemaps: robots.sitemaps, licenses: robots.licenses },
    };
    entries.delete(origin);
    entries.set(origin, entry);
    const [oldest] = entries.keys();
    if (entries.size > 2000 && oldest !== undefined) entries.delete(oldest);
    return entry;
  };

  /** RFC 9309, 2.3.1: 2xx is read; 4xx and too many redirects mean 'none'; all else means 'not now'. */
  async function ask(origin: string, known: KnownRobots | undefined): Promise<KnownRobots> {
    const url = `${origin}/robots.txt`;
    let result: Awaited<ReturnType<Client['fetch']>>;
    try {
      result = await client.fetch(url, {
        accept: 'text/plain,*/*;q=0.5',
        validators: known?.validators,
        maxBytes: maxRobotsBytes + 1,
        cut: true,
        enter,
      });
    } catch (error) {
      if (error instanceof FetchError && error.reason === 'too-many-redirects')
        return { text: '', validators: {}, expiresAt: now() + defaultLifeMs };
      throw error;
    }
    const { status, headers } = result;
    if (result.notModified && known) return { ...known, expiresAt: now() + lifeMs(headers) };
    const error = statusError(url, status, headers, now());
    if (error?.retry) throw error;
    if (error) return { text: '', validators: {}, expiresAt: now() + defaultLifeMs };
    return {
      text: readText(result.body),
      validators: { etag: headers.etag, lastModified: headers['last-modified'] },
      expiresAt: now() + lifeMs(headers),
    };
  }

  async function refresh(origin: string): Promise<Entry> {
    // The store first: another worker may have read it meanwhile.
    const known = (await store.load(origin)) ?? entries.get(origin)?.known;
    if (known && known.expiresAt > now()) return entryOf(origin, known);
    const failure = failures.get(origin);
    try {
      // Nobody asks again so soon, and the cause is the one that was found then.
      if (failure && failure.until > now()) throw failure.error;
      const fresh = await ask(origin, known);
      failures.delete(origin);
      // Read before it is kept: what cannot be read must not spread to other workers.
      const entry = entryOf(origin, fresh);
      await store.save(origin, fresh);
      return entry;
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      if (!failure || failure.until <= now()) {
        const count = (failure?.count ?? 0) + 1;
        // The next try of the crawl may ask again; its pauses are longer than this.
        failures.set(origin, { count, until: now() + Math.min(hourMs, backOffMs(count, 0) / 2), error });
      }
      // RFC 9309, 2.4: what was read before may be used on while the site does not answer.
      if (known) return entryOf(origin, { ...known, expiresAt: now() + 60_000 });
      if (!error.retry) throw error;
      // What kept robots.txt from us keeps all else from us; only an answer is one of that file.
      const words = error.status === undefined ? error.message : `robots.txt ${error.message}`;
      const { retryAfterMs, unasked } = error;
      throw new FetchError(origin, 'unreachable', words, { retry: true, retryAfterMs, unasked, cause: error });
    }
  }

  return {
    async rules(url, signal) {
      signal?.throwIfAborted();
      const { origin } = url;
      const entry = entries.get(origin);
      if (entry && entry.known.expiresAt > now()) return entry.rules;
      let asked = asking.get(origin);
      if (!asked) {
        // Shared by all who wait for it, so nobody's signal may end it; the client's limits do.
        asked = refresh(origin).finally(() => asking.delete(origin));
        asking.set(origin, asked);
      }
      return (await asked).rules;
    },
  };
}

/** The robots.txt files of one process. */
export function createMemoryRobots(): RobotsStore {
  const known = new Map<string, KnownRobots>();
  return {
    load: async (origin) => known.get(origin),
    save: async (origin, robots) => void known.set(origin, robots),
  };
}
