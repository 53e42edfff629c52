import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { getDomain } from 'tldts';
import type { Leave } from './client.ts';
import { FetchError } from './fetch-error.ts';

/**
 * What is remembered of a site's turns, shared by all workers: in memory for one process, in PostgreSQL for all.
 * Only the holder of the turn may ask the site for anything.
 */
export interface Turns {
  /**
   * Takes the turn of a site for a request to one of its origins, if `gapMs` have passed since the last request ended,
   * for at most `leaseMs` (what a dead worker holds becomes free again then).
   */
  take(place: Place, holder: string, options: { readonly gapMs: number; readonly leaseMs: number }): Promise<Turn>;
  /** Gives the turn back. */
  give(place: Place, holder: string, end: TurnEnd): Promise<void>;
}

/** Where a request goes: the site is what is asked at a pace, the origin (scheme, host and port) what answers or fails. */
export interface Place {
  readonly site: string;
  readonly origin: string;
}

export interface TurnEnd {
  /** Failed requests to the origin in a row. */
  readonly failures: number;
  /** How long the origin is to be left alone for its failures. */
  readonly restMs: number;
  /** How long the whole site is to be left alone, since it asks for that. */
  readonly awayMs: number;
}

export type Turn =
  | { readonly taken: true; readonly failures: number }
  /**
   * `held`: another has the site's turn and may give it back any moment; `away`: the site is to be left alone for `waitMs`;
   * `rests`: its other origins are not.
   */
  | { readonly taken: false; readonly why: 'held' | 'away' | 'rests'; readonly waitMs: number };

/** Why a turn is not to be had, by how long each hindrance lasts, in ms. */
export const noTurn = (heldMs: number, awayMs: number, restMs: number): Turn => {
  if (heldMs > 0) return { taken: false, why: 'held', waitMs: Math.ceil(heldMs) };
  return {
    taken: false,
    why: restMs > awayMs ? 'rests' : 'away',
    waitMs: Math.max(1, Math.ceil(Math.max(restMs, awayMs))),
  };
};

/**
 * The unit of politeness: the registrable domain (public suffix list with its private part, so that each blog of a
 * blog host is its own), or host and port where there is none.
 */
export const siteOf = (url: URL): string => getDomain(url.hostname, { allowPrivateDomains: true }) ?? url.host;

export interface GateOptions {
  readonly turns: Turns;
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
export interface Gate {
  /**
   * Waits for a turn. `gapMs`: instead of the gate's own; `minGapMs`: what the site asks for (crawl-delay).
   * Throws FetchError (retry, with `retryAfterMs`) when site or origin are to be left alone for longer than one waits.
   */
  enter(
    url: URL,
    options?: {
      readonly gapMs?: number | undefined;
      readonly minGapMs?: number | undefined;
      readonly signal?: AbortSignal | undefined;
    },
  ): Promise<Leave>;
}

const longestBackOffMs = 6 * 3600_000;
const longestRetryAfterMs = 24 * 3600_000;

/**
 * The pause after `failures` failed requests in a row: doubles from 2 s on, up to 6 h, ±50 % so that many workers do
 * not come back in step. From the sixth or so it exceeds the gate's patience: the circuit is open, and the first
 * request after the pause decides whether it closes.
 */
export function backOffMs(failures: number, random: number): number {
  return Math.min(longestBackOffMs, 1000 * 2 ** failures) * (0.5 + random);
}

/** Waiting in line within one process, so that only the first of a site's waiters asks the shared turns. */
class Lines {
  readonly #waiting = new Map<string, (() => void)[]>();

  async enter(site: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const line = this.#waiting.get(site);
    if (!line) {
      this.#waiting.set(site, []);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        line.splice(line.indexOf(go), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      line.push(go);
    });
  }

  leave(site: string): void {
    const next = this.#waiting.get(site)?.shift();
    if (next) next();
    else this.#waiting.delete(site);
  }
}

export function createGate(options: GateOptions): Gate {
  const { turns, gapMs: ownGapMs = 1000, patienceMs = 90_000, leaseMs = 90_000, random = Math.random } = options;
  const lines = new Lines();
  const ended = new LastEnds();
  return {
    async enter(url, { gapMs = ownGapMs, minGapMs = 0, signal } = {}) {
      const place = { site: siteOf(url), origin: url.origin };
      const holder = randomUUID();
      for (;;) {
        const turn = await waitInLine(url, place, holder, Math.max(gapMs, minGapMs), signal);
        if (turn.taken) return leave(place, holder, turn.failures);
        // Requests to other origins of the site need not wait for this one.
        lines.leave(place.site);
        await sleep(turn.waitMs, undefined, { signal }).catch((error: unknown) => {
          signal?.throwIfAborted();
          throw error;
        });
      }
    },
  };

  /** Comes back at the head of the site's line: with the turn, or because the origin rests. */
  async function waitInLine(
    url: URL,
    place: Place,
    holder: string,
    gapMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Turn> {
    const { site } = place;
    await lines.enter(site, signal);
    try {
      // What is known here need not be asked: another process may have come in between, but then the turns say so.
      const pauseMs = gapMs - ended.since(site);
      if (pauseMs > 0) await sleep(pauseMs, undefined, { signal });
      for (;;) {
        const turn = await turns.take(place, holder, { gapMs, leaseMs });
        if (turn.taken) return turn;
        if (turn.why !== 'held' && turn.waitMs > patienceMs) throw leftAlone(url, place, turn);
        if (turn.why === 'rests') return turn;
        // Another process may give the turn back any moment.
        await sleep(turn.why === 'held' ? Math.min(turn.waitMs, 100 + 150 * random()) : turn.waitMs, undefined, {
          signal,
        });
      }
    } catch (error) {
      lines.leave(site);
      signal?.throwIfAborted();
      throw error;
    }
  }

  function leave(place: Place, holder: string, failuresBefore: number): Leave {
    return async ({ failed, retryAfterMs }) => {
      try {
        const failures = failed ? failuresBefore + 1 : 0;
        // What a host asks for is honoured, a little later for each worker, but nobody can lock us out for ever.
        const asked = Math.min(retryAfterMs ?? 0, longestRetryAfterMs) * (1 + 0.1 * random());
        const own = failed && retryAfterMs === undefined ? backOffMs(failures, random()) : 0;
        await turns.give(place, holder, { failures, restMs: own, awayMs: asked });
      } finally {
        ended.note(place.site);
        lines.leave(place.site);
      }
    };
  }
}

function leftAlone(url: URL, { site, origin }: Place, { why, waitMs }: Extract<Turn, { taken: false }>): FetchError {
  const who = why === 'rests' ? origin : site;
  return new FetchError(url.href, 'unreachable', `${who} is to be left alone for ${Math.ceil(waitMs / 1000)} s`, {
    retry: true,
    retryAfterMs: waitMs,
  });
}

/** When this process last ended a request to a site; of the sites it asked lately only. */
class LastEnds {
  readonly #at = new Map<string, number>();

  /** Milliseconds since then; Infinity when not known. */
  since(site: string): number {
    return performance.now() - (this.#at.get(site) ?? Number.NEGATIVE_INFINITY);
  }

  note(site: string): void {
    this.#at.delete(site);
    this.#at.set(site, performance.now());
    const [oldest] = this.#at.keys();
    if (this.#at.size > 10_000 && oldest !== undefined) this.#at.delete(oldest);
  }
}

interface MemoryTurn {
  readonly holder?: string | undefined;
  readonly heldUntil: number;
  readonly endedAt: number;
  readonly notBefore: number;
}
interface Rest {
  readonly until: number;
  readonly failures: number;
}

const untouched: MemoryTurn = { heldUntil: 0, endedAt: Number.NEGATIVE_INFINITY, notBefore: 0 };

/** Turns of one process. */
export function memoryTurns(now: () => number = () => performance.now()): Turns {
  const sites = new Map<string, MemoryTurn>();
  /** Origins that fail. */
  const rests = new Map<string, Rest>();
  return {
    async take({ site, origin }, holder, { gapMs, leaseMs }) {
      const at = now();
      const turn = sites.get(site) ?? untouched;
      const { until, failures } = rests.get(origin) ?? { until: at, failures: 0 };
      const freeAt = Math.max(turn.endedAt + gapMs, turn.notBefore);
      if (turn.heldUntil > at || freeAt > at || until > at) return noTurn(turn.heldUntil - at, freeAt - at, until - at);
      sites.set(site, { ...turn, holder, heldUntil: at + leaseMs });
      return { taken: true, failures };
    },
    async give({ site, origin }, holder, { failures, restMs, awayMs }) {
      const at = now();
      if (sites.get(site)?.holder !== holder) return;
      sites.set(site, { heldUntil: 0, endedAt: at, notBefore: at + awayMs });
      if (failures === 0) rests.delete(origin);
      else rests.set(origin, { until: at + restMs, failures });
    },
  };
}
