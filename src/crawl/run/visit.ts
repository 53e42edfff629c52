import type { FetchOptions, FetchResult } from '../fetch/client.ts';
import type { FetchError } from '../fetch/fetch-error.ts';

/** One address to visit, and what to do with how it went. Exactly one of the two is called, unless the visits end early. */
export interface Visit {
  readonly url: string;
  /** Asked for right before each try. */
  readonly fetchOptions?: (() => Promise<FetchOptions>) | undefined;
  /** Called with an answer (2xx or 304); may give further addresses to visit. */
  readonly onAnswer: (result: FetchResult) => Promise<readonly Visit[] | undefined>;
  /** Called after the last try. */
  readonly onFailure: (error: FetchError) => Promise<void>;
}
