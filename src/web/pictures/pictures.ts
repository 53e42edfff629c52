import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { PictureSize } from './address.ts';
import type { DiskCache } from './disk-cache.ts';
import { shrink } from './shrink.ts';

/** Fetches the bytes of a picture, within limits of size and time and from public addresses only. Throws when it cannot. */
export type FetchPicture = (url: string) => Promise<Uint8Array>;

/** Pictures fetched and decoded at the same time: each may take 160 MB while it is decoded. */
const atATime = 2;
/** More that wait are refused. */
const mostWaiting = 200;
/** A picture that cannot be had is not asked for again so long. */
const forgottenAfterMs = 600_000;

export interface Pictures {
  /** The picture as WebP; undefined when it cannot be had. */
  get(url: string, size: PictureSize): Promise<Buffer | undefined>;
}

/** Pictures of publishers, made small once and kept on disk. */
export function createPictures(fetchPicture: FetchPicture, cache: DiskCache): Pictures {
  const underWay = new Map<string, Promise<Buffer | undefined>>();
  const missing = new LRUCache<string, true>({ max: 5000, ttl: forgottenAfterMs });
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (running >= atATime) await new Promise<void>((resolve) => waiting.push(resolve));
    running++;
    try {
      return await work();
    } finally {
      running--;
      waiting.shift()?.();
    }
  }

  async function load(name: string, url: string, size: PictureSize): Promise<Buffer | undefined> {
    const kept = await cache.read(name);
    if (kept) return kept;
    if (waiting.length >= mostWaiting) return undefined;
    try {
      return await inTurn(async () => {
        const small = await shrink(await fetchPicture(url), size);
        await cache.write(name, small);
        return small;
      });
    } catch {
      missing.set(name, true);
      return undefined;
    }
  }

  return {
    get(url, size) {
      const name = `${createHash('sha256').update(`${size} ${url}`).digest('hex').slice(0, 40)}.webp`;
      if (missing.has(name)) return Promise.resolve(undefined);
      const known = underWay.get(name);
      if (known) return known;
      const loading = load(name, url, size).finally(() => underWay.delete(name));
      underWay.set(name, loading);
      return loading;
    },
  };
}
