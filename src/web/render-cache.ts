import { LRUCache } from 'lru-cache';

interface Entry<T> {
  readonly version: string;
  readonly expiresAt: number;
  readonly value: Promise<T>;
}

/** Keeps what was rendered for one version of the store, the most recently asked for first, within a bound. */
export class RenderCache<T> {
  readonly #entries: LRUCache<string, Entry<T>>;
  readonly #maxAgeMs: number;

  /** @param maxAgeMs settings of sources change without a new version; after this they are seen at the latest */
  constructor(maxEntries: number, maxAgeMs: number) {
    this.#entries = new LRUCache({ max: maxEntries });
    this.#maxAgeMs = maxAgeMs;
  }

  /**
   * What `make` gave for this key and version; it is called once for all who ask meanwhile.
   * @param make gets what it gave for an earlier version, when that is still kept
   */
  get(key: string, version: string, now: number, make: (earlier: T | undefined) => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    if (known && known.version === version && known.expiresAt > now) return known.value;
    const value = (async () => make(await known?.value.catch(() => undefined)))();
    const entry = { version, expiresAt: now + this.#maxAgeMs, value };
    this.#entries.set(key, entry);
    // What failed is not kept: the next one who asks tries again.
    value.catch(() => {
      if (this.#entries.peek(key) === entry) this.#entries.delete(key);
    });
    return value;
  }
}
