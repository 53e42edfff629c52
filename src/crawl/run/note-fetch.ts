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
  #verdict: string | undefined;
  #kept: number | undefined;

  constructor(crawling: Crawling, key: string) {
    this.#crawling = crawling;
    this.#key = key;
    this.#at = crawling.now();
  }

  /** A try begins. */
  begin(): void {
    this.#at = this.#crawling.now();
    this.#started = performance.now();
  }

  answered(result: FetchResult): void {
    this.#answer = result;
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
