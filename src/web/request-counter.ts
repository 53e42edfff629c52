import { LRUCache } from 'lru-cache';
import { clientOf } from './client-address.ts';

/** Requests of an address within its present minute. */
interface Count {
  current: number;
  /** Milliseconds until the minute ends. */
  ttl: number;
}

/** Counts requests by address and minute, for all layers that answer. */
export class RequestCounter {
  static readonly windowMs = 60_000;
  readonly #counts = new LRUCache<string, { count: number; ends: number }>({ max: 20_000 });

  count(address: string): Count {
    const now = performance.now();
    const client = clientOf(address);
    let known = this.#counts.get(client);
    if (!known || known.ends <= now) {
      known = { count: 0, ends: now + RequestCounter.windowMs };
      this.#counts.set(client, known);
    }
    known.count++;
    return { current: known.count, ttl: known.ends - now };
  }
}
