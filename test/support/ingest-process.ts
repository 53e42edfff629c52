import type { IngestInput } from '../../src/ingest/ports.ts';
import { openStore } from '../../src/store/db.ts';
import { ingestArticle } from '../../src/store/ingest.ts';

/** A process of its own that ingests what it is sent: `fork` it with the database's URL; one message with the outcome for each job. */
export interface IngestJob {
  readonly number: number;
  readonly input: IngestInput;
}

const [url = ''] = process.argv.slice(2);
const store = await openStore(url, { connections: 4 });
process.on('message', ({ number, input }: IngestJob) => {
  ingestArticle(store, input).then(
    (outcome) => process.send?.({ number, outcome }),
    (error: Error) => process.send?.({ number, error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
