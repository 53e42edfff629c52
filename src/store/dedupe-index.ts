import type { DedupeIndex } from '../dedupe/dedupe-index.ts';
import type { Db } from './db.ts';
import { findTwins } from './fingerprints.ts';
import { readTermCounts, storiesByTerms, storyMembers } from './stories.ts';

/** The index of all workers. Ask within the transaction that holds the lock and writes what was decided. */
export const storeIndex = (db: Db): DedupeIndex => ({
  find: (addresses, print) => findTwins(db, addresses, print),
  termCounts: (terms) => readTermCounts(db, terms),
  byTerms: (terms, at) => storiesByTerms(db, terms, at),
  members: (stories, limit) => storyMembers(db, stories, limit),
});
