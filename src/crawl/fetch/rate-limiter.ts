import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Host, HostLeases, LeaseAnswer } from '../ports.ts';
import { backOffMs } from './back-off.ts';
import type { EndRequest } from './client.ts';
import { FetchError } from './fetch-error.ts';
import { siteOf } from './site.ts';
import { LastEnds, WaitingLines } from './waiting-lines.ts';

export interface RateLimiterOptions {
  readonly leases: HostLeases;
  /** Between the end of one request and the begin of the next to the same site. Default 1000. */
  readonly gapMs?: number | undefined;
  /** A site that is to be left alone for longer than this is not waited for. Default 90 s. */
  readonly patienceMs?: number | undefined;
  /** The longest that one request may take. Default 90 s. */
  readonly leaseMs?: number | undefined;
  /** 0…1, for jitter. */
  readonly random?: (() => number) | undefined;
}

/** One request at a time and site, a pause after each; an origin that fails is left alone for longer and longer. */
export interface RateLimiter {
  /**
   * Waits until the site may be asked. `gapMs`: instead of the limiter's own; `minGapMs`: what the site asks for (crawl-delay).
   * Throws FetchError (retry, with `retryAfterMs`) when site or origin are to be left alone for longer than one waits.
   */
  enter(
    url: URL,
    options?: {
      readonly gapMs?: number | undefined;
      readonly minGapMs?: number | undefined;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<EndRequest>;
}

const longestRetryAfterMs = 24 * 3600_000;

/** Why a lease is not to be had: `held` by another, the site is `away`, or this origin alone `rests`. */
interface Refusal {
  readonly taken: false;
  readonly why: 'held' | 'away' | 'rests';
  readonly waitMs: number;
}
type Lease = Extract<LeaseAnswer, { taken: true }>;

function judge(answer: LeaseAnswer): Lease | Refusal {
  if (answer.taken) return answer;
  const { heldMs, awayMs, restMs } = answer;
  if (heldMs > 0) return { taken: false, why: 'held', waitMs: Math.ceil(heldMs) };
  const waitMs = Math.max(1, Math.ceil(Math.max(restMs, awayMs)));
  return { taken: false, why: restMs > awayMs ? 'rests' : 'away', waitMs };
}

export function createRateLimiter(options: RateLimiterOptions): RateLimiter {
  const { leases, gapMs: ownGapMs = 1000, patienceMs = 90_000, leaseMs = 90_000, random = Math.random } = options;
  const lines = new WaitingLines();
  const ended = new LastEnds();

  /** Comes back at the head of the site's line: with the lease, or because the origin rests. */
  async function waitInLine(
    url: URL,
    host: Host,
    holder: string,
    gapMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Lease | Refusal> {
    const { site } = host;
    await lines.enter(site, signal);
    try {
      // What is known here need not be asked: another process may have come in between, but then the leases say so.
      const pauseMs = gapMs - ended.since(site);
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal });
      for (;;) {
        const lease = judge(await leases.take(host, holder, { gapMs, leaseMs }));
        if (lease.taken) return lease;
        if (lease.why !== 'held' && lease.waitMs > patienceMs) throw leftAlone(url, host, lease);
        if (lease.why === 'rests') return lease;
        // Another process may give the lease back any moment.
        const waitMs = lease.why === 'held' ? Math.min(lease.waitMs, 100 + 150 * random()) : lease.waitMs;
        await sleep(waitMs, undefined, { signal });
      }
    } catch (error) {
      lines.leave(site);
      signal?.throwIfAborted();
      throw error;
    }
  }

  function endOf(host: Host, holder: string, failuresBefore: number): EndRequest {
    return async ({ failed, retryAfterMs }) => {
      try {
        const failures = failed ? failuresBefore + 1 : 0;
        // What a host asks for is honoured, a little later for each worker, but nobody can lock us out for ever.
        const asked = Math.min(retryAfterMs ?? 0, longestRetryAfterMs) * (1 + 0.1 * random());
        const own = failed && retryAfterMs === undefined ? backOffMs(failures, random()) : 0;
        await leases.giveBack(host, holder, { failures, restMs: own, awayMs: asked });
      } finally {
        ended.note(host.site);
        lines.leave(host.site);
      }
    };
  }

  return {
    async enter(url, { gapMs = ownGapMs, minGapMs = 0, signal } = {}) {
      const host = { site: siteOf(url), origin: url.origin };
      const holder = randomUUID();
      for (;;) {
        const lease = await waitInLine(url, host, holder, Math.max(gapMs, minGapMs), signal);
        if (lease.taken) return endOf(host, holder, lease.failures);
        // Requests to other origins of the site need not wait for this one.
        lines.leave(host.site);
        await sleep(lease.waitMs, undefined, { signal }).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        });
      }
    },
  };
}

function leftAlone(url: URL, { site, origin }: Host, { why, waitMs }: Refusal): FetchError {
  const who = why === 'rests' ? origin : site;
  return new FetchError(url.href, 'unreachable', `${who} is to be left alone for ${Math.ceil(waitMs / 1000)} s`, {
    retry: true,
    retryAfterMs: waitMs,
    unasked: true,
  });
}
