import { openIngest } from '../../src/ingest/batch.ts';
import type { IngestInput } from '../../src/ingest/ports.ts';
import { openStore } from '../../src/store/db.ts';
import { ingestStore } from '../../src/store/ingest.ts';

/** A process of its own that ingests what it is sent: `fork` it with the database's URL; one message with the outcome for each job. */
export interface IngestJob {
  readonly number: number;
  readonly input: IngestInput;
}

const [url = ''] = process.argv.slice(2);
const store = await openStore(url, { connections: 4 });
const ingest = openIngest(ingestStore(store));
process.on('message', ({ number, input }: IngestJob) => {
  ingest.add(input).then(
    (outcome) => process.send?.({ number, outcome }),
    (error: Error) => process.send?.({ number, error: error.message }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
