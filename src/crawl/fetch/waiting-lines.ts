/** Waiting in line within one process, so that only the first of a site's waiters asks for the shared lease. */
export class WaitingLines {
  readonly #waiting = new Map<string, (() => void)[]>();

  async enter(site: string, signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted();
    const line = this.#waiting.get(site);
    if (!line) {
      this.#waiting.set(site, []);
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = () => {
        line.splice(line.indexOf(go), 1);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', giveUp, { once: true });
      line.push(go);
    });
  }

  leave(site: string): void {
    const next = this.#waiting.get(site)?.shift();
    if (next) next();
    else this.#waiting.delete(site);
  }
}

/** When this process last ended a request to a site; of the sites it asked lately only. */
export class LastEnds {
  readonly #at = new Map<string, number>();

  /** Milliseconds since then; Infinity when not known. */
  since(site: string): number {
    return performance.now() - (this.#at.get(site) ?? Number.NEGATIVE_INFINITY);
  }

  note(site: string): void {
    this.#at.delete(site);
    this.#at.set(site, performance.now());
    const [oldest] = this.#at.keys();
    if (this.#at.size > 10_000 && oldest !== undefined) this.#at.delete(oldest);
  }
}
