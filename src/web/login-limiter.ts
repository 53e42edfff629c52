import { LRUCache } from 'lru-cache';
import { clientOf } from './client-address.ts';

/** Failures of one address within a minute after which it has to wait. */
const mostFailures = 10;
const windowMs = 60_000;
/** The first wait; each further one within a day is twice as long, up to an hour. */
const firstWaitMs = 60_000;
const longestWaitMs = 3_600_000;
const forgottenAfterMs = 86_400_000;

interface Record {
  failures: number;
  windowEnds: number;
  waits: number;
  blockedUntil: number;
}

export interface LoginLimiter {
  /** Milliseconds that the address has to wait before it may try; 0 when it may. */
  wait(address: string, now: number): number;
  /** Counts a try as failed. Call it before the try is judged, so that tries at the same time count too. */
  begin(address: string, now: number): void;
  /** The try was right: it and the earlier ones of the address no longer count. */
  succeed(address: string): void;
}

/** Holds back who guesses passwords: ten failures a minute and address, then a pause that doubles. */
export function createLoginLimiter(): LoginLimiter {
  const records = new LRUCache<string, Record>({ max: 20_000 });
  return {
    wait: (address, now) => Math.max(0, (records.get(clientOf(address))?.blockedUntil ?? 0) - now),
    begin(address, now) {
      const key = clientOf(address);
      const known = records.get(key);
      const record =
        known && now < known.blockedUntil + forgottenAfterMs && now < known.windowEnds + forgottenAfterMs
          ? known
          : { failures: 0, windowEnds: now + windowMs, waits: 0, blockedUntil: 0 };
      if (now >= record.windowEnds) Object.assign(record, { failures: 0, windowEnds: now + windowMs });
      record.failures++;
      if (record.failures >= mostFailures) {
        record.blockedUntil = now + Math.min(longestWaitMs, firstWaitMs * 2 ** record.waits);
        Object.assign(record, { waits: record.waits + 1, failures: 0, windowEnds: record.blockedUntil + windowMs });
      }
      records.set(key, record);
    },
    succeed: (address) => void records.delete(clientOf(address)),
  };
}
