import type { Tracer } from '../../domain/tracer.ts';
import type { FetchResult } from '../fetch/client.ts';
import type { FetchError } from '../fetch/fetch-error.ts';
import type { Crawling } from './crawl-run.ts';

/** One page that is asked for: what is written down of it when it has answered. */
export class FetchNote {
  readonly #crawling: Crawling;
  readonly #key: string;
  #at: Date;
  #started = performance.now();
  #answer: FetchResult | undefined;
  #answeredAt: Date;
  #verdict: string | undefined;
  #kept: number | undefined;

  constructor(crawling: Crawling, key: string) {
    this.#crawling = crawling;
    this.#key = key;
    this.#at = crawling.now();
    this.#answeredAt = this.#at;
  }

  /** A try begins. */
  begin(): void {
    this.#at = this.#crawling.now();
    this.#started = performance.now();
  }

  answered(result: FetchResult): void {
    this.#answer = result;
    this.#answeredAt = this.#crawling.now();
  }

  /** Traces how the page was read, up to now. @returns what the article's further steps are part of */
  trace(tracer: Tracer, source: string): string {
    const [startedAt, answeredAt, endedAt] = [this.#at, this.#answeredAt, this.#crawling.now()].map(Number) as [
      number,
      number,
      number,
    ];
    const { url, status, redirects } = this.#answer ?? {};
    const parent = tracer.record({
      ...{ name: 'read a page', startedAt, endedAt },
      attributes: { 'url.full': url, 'courant.source': source, 'courant.link': this.#key },
    });
    const attributes = { 'http.response.status_code': status, 'courant.redirects': redirects?.length };
    tracer.record({ name: 'fetch', startedAt, endedAt: answeredAt, parent, attributes });
    const extracted = { 'courant.verdict': this.#verdict, 'courant.characters': this.#kept };
    tracer.record({ name: 'extract', startedAt: answeredAt, endedAt, parent, attributes: extracted });
    return parent;
  }

  /** What extraction said, and how many characters it kept. */
  judged(verdict: string, kept?: number): void {
    this.#verdict = verdict;
    this.#kept = kept;
  }

  /** Writes it down. @param error why there was nothing to read */
  write(url: string, error?: FetchError): Promise<void> {
    const answer = this.#answer;
    return this.#crawling.noteFetch({
      key: this.#key,
      at: this.#at,
      tookMs: performance.now() - this.#started,
      status: error?.status ?? answer?.status,
      url: answer?.url ?? url,
      redirects: answer?.redirects ?? [],
      headers: answer?.headers ?? {},
      error: error?.message,
      verdict: this.#verdict,
      kept: this.#kept,
    });
  }
}
