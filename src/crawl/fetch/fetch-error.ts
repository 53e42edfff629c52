import type { Reason } from '../../domain/article.ts';

/** What went wrong with one fetch, in the operator's words, and whether asking again later can help. */
export class FetchError extends Error {
  override readonly name = 'FetchError';
  readonly url: string;
  readonly reason: Reason;
  /** The site may answer later. */
  readonly retry: boolean;
  readonly status: number | undefined;
  /** How long the site asks us to stay away. */
  readonly retryAfterMs: number | undefined;
  /** The site was not asked: it is to be left alone. */
  readonly unasked: boolean;
  /** This machine may have been too busy for the page: another crawl tries again. */
  readonly busy: boolean;
  /** The fault is not the site's but this machine's, its network's or its proxy's: it says nothing of the page. */
  readonly ours: boolean;

  constructor(
    url: string,
    reason: Reason,
    message: string,
    options: ErrorOptions & {
      retry?: boolean;
      status?: number;
      retryAfterMs?: number | undefined;
      unasked?: boolean;
      busy?: boolean;
      ours?: boolean;
    } = {},
  ) {
    super(message, options);
    this.url = url;
    this.reason = reason;
    this.retry = options.retry ?? false;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
    this.unasked = options.unasked ?? false;
    this.busy = options.busy ?? false;
    this.ours = options.ours ?? false;
  }
}

/** `Retry-After` in both forms (seconds, HTTP date) as milliseconds from `now`; undefined when absent or unreadable. */
export function retryAfterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // An HTTP date begins with the weekday's name; `Date.parse` alone would also read `-3` and `1.5`.
  const at = /^[A-Za-z]{3,9},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}

/** Statuses below 500 that speak of a moment, not of the page: request timeout, too early, too many requests. */
const passing = new Set([408, 425, 429]);

/** The error that a status stands for; undefined for the statuses that carry an answer (2xx, 304). */
export function statusError(
  url: string,
  status: number,
  headers: Readonly<Record<string, string>>,
  now: number,
): FetchError | undefined {
  if ((status >= 200 && status < 300) || status === 304) return undefined;
  const details = { status, retryAfterMs: retryAfterMs(headers['retry-after'], now) };
  // Cloudflare names its bot check in a header; the page behind it exists, but not for us.
  if (headers['cf-mitigated'] === 'challenge')
    return new FetchError(url, 'consent-wall', `answered ${status} with a bot check`, details);
  if (status === 404 || status === 410) return new FetchError(url, 'gone', `answered ${status}`, details);
  if (status >= 500 || passing.has(status) || status < 200)
    return new FetchError(url, 'unreachable', `answered ${status}`, { ...details, retry: true });
  if (status >= 400) return new FetchError(url, 'forbidden', `answered ${status}`, details);
  return new FetchError(url, 'unreachable', `answered ${status} without an address to go to`, details);
}
