/** Keeps what was rendered for one version of the store, the most recently asked for first, within a bound. */
export class RenderCache<T> {
  readonly #entries = new Map<string, { version: string; expiresAt: number; value: Promise<T> }>();
  readonly #maxEntries: number;
  readonly #maxAgeMs: number;

  /** @param maxAgeMs settings of sources change without a new version; after this they are seen at the latest */
  constructor(maxEntries: number, maxAgeMs: number) {
    this.#maxEntries = maxEntries;
    this.#maxAgeMs = maxAgeMs;
  }

  /**
   * What `make` gave for this key and version; it is called once for all who ask meanwhile.
   * @param make gets what it gave for an earlier version, when that is still kept
   */
  get(key: string, version: string, now: number, make: (earlier: T | undefined) => Promise<T>): Promise<T> {
    const known = this.#entries.get(key);
    this.#entries.delete(key);
    if (known && known.version === version && known.expiresAt > now) {
      this.#entries.set(key, known);
      return known.value;
    }
    const value = (async () => make(await known?.value.catch(() => undefined)))();
    const entry = { version, expiresAt: now + this.#maxAgeMs, value };
    this.#entries.set(key, entry);
    // What failed is not kept: the next one who asks tries again.
    value.catch(() => {
      if (this.#entries.get(key) === entry) this.#entries.delete(key);
    });
    const oldest = this.#entries.keys().next();
    if (this.#entries.size > this.#maxEntries && !oldest.done) this.#entries.delete(oldest.value);
    return value;
  }
}
