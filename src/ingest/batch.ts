import type { KeyHits } from '../dedupe/dedupe-index.ts';
import { fingerprintOf } from '../dedupe/fingerprint.ts';
import { pageKeys } from '../dedupe/identity.ts';
import type { Outcome } from '../domain/article.ts';
import { createBatcher } from '../domain/batcher.ts';
import type { Claim } from './decide.ts';
import { decideBatch } from './decide-batch.ts';
import { poolStories } from './pool-stories.ts';
import type { IngestInput, IngestStore, PoolLabels } from './ports.ts';

/** Takes articles into the store. Those that wait at the same time share a batch, so one process needs one of these. */
export interface Ingest {
  /**
   * Decides what an article is to those in the store, and writes article, revision or copy, fingerprint, story, event and the link's
   * outcome: all or nothing, and on disk when this returns. The same job delivered again changes nothing and gives the same outcome.
   */
  add(input: IngestInput): Promise<Outcome>;
  /** Waits for what is under way; nothing more is taken. The store stays open. */
  close(): Promise<void>;
}

/** At most so many articles go into one batch; the other processes wait for its end. */
const mostInBatch = 16;
/** What comes in the same moment, as the articles of one job do, goes together: the first would be served alone else. */
const sameMoment = { waitMs: 1 };

/**
 * Opens the way into the store.
 * @param pool gives articles the labels of their story; without it they keep their own
 *
 * No duplicate can be missed. Of two articles in different batches, the later batch has the one lock of all workers only when the
 * earlier has committed, and looks up what there is after that (but for what can be searched before: `IngestStore.search`). Of two in
 * one batch, the later sees what the earlier wrote or could not have found it: see `decideBatch`.
 */
export function openIngest(store: IngestStore, pool?: PoolLabels): Ingest {
  const search = createBatcher(store.search, { most: mostInBatch, ...sameMoment });
  const decided = createBatcher((claims: readonly Claim<IngestInput>[]) => decideAll(store, pool, claims), {
    most: mostInBatch,
    ...sameMoment,
  });
  const flushed = createBatcher<void, void>(async (askers) => {
    await store.flush();
    return askers;
  }, sameMoment);
  const underWay = new Set<Promise<Outcome>>();
  let closed = false;

  const take = async (input: IngestInput): Promise<Outcome> => {
    // What needs no lock comes first.
    const claim = claimOf(input);
    const hits = await search(claim.fingerprint);
    const ended = await decided({ ...claim, hits });
    if (ended.status === 'rejected') throw ended.reason;
    const outcome = ended.value;
    // After the lock: it takes a while, and nothing is decided by it.
    if (outcome.kind === 'duplicate' && outcome.match === 'near') await store.noteDifference(input, outcome.of);
    await flushed();
    return outcome;
  };

  return {
    async add(input) {
      if (closed) throw new Error('ingest is closed');
      const outcome = take(input);
      underWay.add(outcome);
      try {
        return await outcome;
      } finally {
        underWay.delete(outcome);
      }
    },
    async close() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };
}

function claimOf(input: IngestInput): Claim<IngestInput> & { readonly hits?: KeyHits } {
  const { extracted, link, urlKey, pageUrl, source, classification, now } = input;
  const { title, text, agency } = extracted;
  return {
    article: {
      ...{ title, text, agency, source: source.id, lang: classification.lang },
      ...{ published: extracted.published ?? link.published, seenAt: now },
    },
    addresses: { ...pageKeys(urlKey, pageUrl, extracted.canonicalUrl), link: urlKey },
    fingerprint: fingerprintOf(title, text),
    content: input,
  };
}

/** One batch for all; when it fails, one for each, so that an article that cannot be stored does no harm to the others. */
async function decideAll(
  store: IngestStore,
  pool: PoolLabels | undefined,
  claims: readonly Claim<IngestInput>[],
): Promise<readonly PromiseSettledResult<Outcome>[]> {
  const inOneBatch = (some: readonly Claim<IngestInput>[]) =>
    store.batch(async (batch) => {
      const outcomes = await decideBatch(batch, some);
      if (pool) await poolStories(batch, pool);
      return outcomes;
    });
  try {
    return (await inOneBatch(claims)).map((value) => ({ status: 'fulfilled', value }));
  } catch (reason) {
    if (claims.length === 1) return [{ status: 'rejected', reason }];
    return Promise.allSettled(claims.map(async (claim) => (await inOneBatch([claim]))[0] as Outcome));
  }
}
