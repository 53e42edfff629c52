import { RenderCache } from './render-cache.ts';
import type { Services } from './services.ts';

/** Settings and the time of day change lists without a new version. */
const keptMs = 60_000;

/** What was read for one version of the store, read once for all who ask. */
export class VersionCache<T> {
  readonly #cache: RenderCache<T>;
  readonly #services: Pick<Services, 'changes' | 'askVersion'>;

  constructor(services: Pick<Services, 'changes' | 'askVersion'>, maxEntries: number) {
    this.#cache = new RenderCache(maxEntries, keptMs);
    this.#services = services;
  }

  async get(key: string, read: () => Promise<T>): Promise<T> {
    const version = this.#services.changes.version() ?? (await this.#services.askVersion());
    return this.#cache.get(key, version, performance.now(), read);
  }
}
