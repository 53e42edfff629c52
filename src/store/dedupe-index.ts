import type { DedupeIndex } from '../dedupe/dedupe-index.ts';
import type { Db } from './db.ts';
import { articleByText, articleByUrl, articlesByKeys } from './fingerprints.ts';
import { readTermCounts, storiesByTerms } from './stories.ts';

/** The index of all workers. Ask within the transaction that holds the lock and writes what was decided. */
export const storeIndex = (db: Db): DedupeIndex => ({
  byUrl: (key) => articleByUrl(db, [key]),
  byText: (textHash) => articleByText(db, textHash),
  byKeys: (keys) => articlesByKeys(db, keys),
  termCounts: (terms) => readTermCounts(db, terms),
  byTerms: (terms, at) => storiesByTerms(db, terms, at),
});
