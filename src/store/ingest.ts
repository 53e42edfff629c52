import type { IngestStore } from '../ingest/ports.ts';
import { writeDifference } from './copies.ts';
import type { Store } from './db.ts';
import { PostgresBatch } from './ingest-batch.ts';
import { flushCommits, withIndexes, withIngestLock } from './ingest-lock.ts';
import { searchKeys } from './read/candidates.ts';

/** The store as ingest needs it. */
export const ingestStore = ({ db }: Pick<Store, 'db'>): IngestStore => ({
  search: (fingerprints) => withIndexes(db, (trx) => searchKeys(trx, fingerprints)),
  batch: (work) =>
    withIngestLock(db, async (trx) => {
      const batch = new PostgresBatch(trx);
      const result = await work(batch);
      await batch.write();
      return result;
    }),
  noteDifference: (copy, of) => writeDifference(db, of, copy),
  flush: () => flushCommits(db),
});
