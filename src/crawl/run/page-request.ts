import type { FetchOptions, FetchResult } from '../fetch/client.ts';
import type { FetchError } from '../fetch/fetch-error.ts';

/** One address to ask for, and what to do with how it went. Exactly one of the two is called, unless the crawl ends early. */
export interface PageRequest {
  readonly url: string;
  /** Asked for right before each try. */
  readonly fetchOptions?: (() => Promise<FetchOptions>) | undefined;
  /** Called with an answer (2xx or 304); may give further addresses to ask for. */
  readonly onAnswer: (result: FetchResult) => Promise<readonly PageRequest[] | undefined>;
  /** Called after the last try. */
  readonly onFailure: (error: FetchError) => Promise<void>;
}
