import type { Outcome } from '../../src/domain/article.ts';
import { openIngest } from '../../src/ingest/batch.ts';
import type { IngestInput } from '../../src/ingest/ports.ts';
import type { Store } from '../../src/store/db.ts';
import { ingestStore } from '../../src/store/ingest.ts';

/** Takes one article in. Those that should share a batch need an ingest of their own (`openIngest`). */
export async function ingestArticle(store: Store, input: IngestInput): Promise<Outcome> {
  const ingest = openIngest(ingestStore(store));
  try {
    return await ingest.add(input);
  } finally {
    await ingest.close();
  }
}
