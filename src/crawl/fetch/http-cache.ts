import type { FetchResult, Validators } from './client.ts';

/** Remembers what hosts gave to recognise unchanged answers. */
export interface HttpMemory {
  /** Undefined for an address never seen, and now and then for one that was: see `fullGetEvery`. */
  recall(url: string): Promise<Validators | undefined>;
  /** To be called when what the answer says has been stored, not before: a crash in between costs one full answer. */
  remember(url: string, result: Pick<FetchResult, 'status' | 'headers' | 'notModified'>): Promise<void>;
}

/** Every 24th request is a full one: some hosts answer 304 for ever. */
export const fullGetEvery = 24;

/** What a full answer lets us remember; undefined when it gives nothing to recognise it by. */
export function validatorsOf(result: Pick<FetchResult, 'status' | 'headers'>): Validators | undefined {
  if (result.status !== 200) return undefined;
  const etag = result.headers.etag?.slice(0, 1000);
  const lastModified = result.headers['last-modified']?.slice(0, 100);
  return etag || lastModified ? { etag, lastModified } : undefined;
}
