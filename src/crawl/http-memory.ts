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

/** The memory of one process. */
export function httpMemory(): HttpMemory {
  const known = new Map<string, { validators: Validators; notModified: number }>();
  return {
    async recall(url) {
      const entry = known.get(url);
      return entry && entry.notModified < fullGetEvery - 1 ? entry.validators : undefined;
    },
    async remember(url, result) {
      const entry = known.get(url);
      const validators = validatorsOf(result);
      if (result.notModified) {
        if (entry) entry.notModified++;
      } else if (validators) known.set(url, { validators, notModified: 0 });
      else known.delete(url);
    },
  };
}
