import { LRUCache } from 'lru-cache';
import type { Filter } from '../domain/filter.ts';
import type { Db } from '../store/db.ts';
import { type Facets, facets } from '../store/read/facets.ts';

const keptFilters = 500;
/** Counts are right to so long. */
const freshMs = 10_000;
/** So long an old count is still given, while a new one is made: who reads often never waits for it. */
const staleMs = 60_000;

interface Kept {
  readonly at: number;
  readonly value: Promise<Facets>;
  renewing: boolean;
}

/** What the newest articles of a filter are about: `of` articles, or as many as stand beside a list. */
export type FacetCounts = (filter: Filter, of?: number) => Promise<Facets>;

/**
 * Counts that are kept: a crawl makes a new version of the store every second, and to count thousands of articles anew for each took more
 * time than the rest of a page.
 */
export function createFacetCounts(db: Db, now = () => performance.now()): FacetCounts {
  const kept = new LRUCache<string, Kept>({ max: keptFilters });
  return (filter, of) => {
    const key = `${of ?? ''} ${JSON.stringify(filter)}`;
    const known = kept.get(key);
    const age = known === undefined ? Number.POSITIVE_INFINITY : now() - known.at;
    if (known && (age < freshMs || (age < staleMs && known.renewing))) return known.value;
    const made: Kept = { at: now(), value: facets(db, filter, of), renewing: false };
    if (known && age < staleMs) {
      known.renewing = true;
      made.value.then(
        () => kept.set(key, made),
        // The next one who asks tries again.
        () => {
          known.renewing = false;
        },
      );
      return known.value;
    }
    kept.set(key, made);
    made.value.catch(() => {
      if (kept.peek(key) === made) kept.delete(key);
    });
    return made.value;
  };
}
