import type { HttpCache, Validators } from '../ports.ts';
import type { FetchResult } from './client.ts';

/** Every 24th request is a full one: some hosts answer 304 for ever. */
export const fullGetEvery = 24;

/** What to ask with; undefined for an address never seen, and now and then for one that was: see `fullGetEvery`. */
export async function recallValidators(cache: HttpCache, url: string): Promise<Validators | undefined> {
  const known = await cache.load(url);
  return known && known.notModified < fullGetEvery - 1
    ? { etag: known.etag, lastModified: known.lastModified }
    : undefined;
}

/** To be called when what the answer says has been stored, not before: a crash in between costs one full answer. */
export async function rememberAnswer(
  cache: HttpCache,
  url: string,
  { status, headers, notModified }: Pick<FetchResult, 'status' | 'headers' | 'notModified'>,
): Promise<void> {
  const fresh = { etag: headers.etag?.slice(0, 1000), lastModified: headers['last-modified']?.slice(0, 100) };
  if (notModified) await cache.countNotModified(url, fresh);
  else await cache.save(url, status === 200 && (fresh.etag || fresh.lastModified) ? fresh : undefined);
}

/** The validators of one process. */
export function createMemoryHttpCache(): HttpCache {
  const known = new Map<string, Validators & { readonly notModified: number }>();
  return {
    load: async (url) => known.get(url),
    async save(url, validators) {
      if (validators) known.set(url, { ...validators, notModified: 0 });
      else known.delete(url);
    },
    async countNotModified(url, { etag, lastModified }) {
      const before = known.get(url);
      if (!before) return;
      known.set(url, {
        etag: etag ?? before.etag,
        lastModified: lastModified ?? before.lastModified,
        notModified: before.notModified + 1,
      });
    },
  };
}
