import { fingerprintOf } from '../dedupe/fingerprint.ts';
import { MemoryIndex } from '../dedupe/memory-index.ts';
import type { Instant, Outcome } from '../domain/article.ts';
import type { Claim } from '../ingest/decide.ts';
import { decideBatch } from '../ingest/decide-batch.ts';
import type { IngestBatch } from '../ingest/ports.ts';
import { canonicalUrl } from '../text/canonical-url.ts';

/** An article of a list, in order of time. */
export interface StreamArticle {
  readonly id: string;
  readonly url: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly published: Instant | undefined;
  readonly lang: string | undefined;
  readonly source: string;
}

/** What an article turned out to be. */
export interface StreamAnswer {
  readonly id: string;
  readonly kind: 'new' | 'update' | 'duplicate';
  readonly duplicateOf: string | null;
  /** Id of the article that opened the story. */
  readonly story: string;
}

/** So many are decided about at once, as in the ingest worker. */
const batchSize = 16;

/**
 * Decides article after article in memory by the code of the ingest worker, and answers when all were seen: later articles show that
 * two stories are one, or that one is two.
 */
export async function dedupeAll(
  articles: AsyncIterable<StreamArticle> | Iterable<StreamArticle>,
): Promise<StreamAnswer[]> {
  const index = new MemoryIndex();
  // There are no links whose outcomes could be asked for.
  const batch: IngestBatch<unknown> = Object.assign(index, { earlierOutcomes: async () => new Map(), end: () => {} });
  const decided: { id: string; outcome: Outcome }[] = [];
  let waiting: Claim<unknown>[] = [];
  const decideWaiting = async (): Promise<void> => {
    const outcomes = await decideBatch(batch, waiting);
    decided.push(...outcomes.map((outcome, at) => ({ id: waiting[at]?.id ?? '', outcome })));
    waiting = [];
  };
  for await (const article of articles) {
    waiting.push(claimOf(article));
    if (waiting.length === batchSize) await decideWaiting();
  }
  await decideWaiting();
  return decided.map(({ id, outcome }) => answerOf(id, outcome, index));
}

function claimOf({ id, url, ...article }: StreamArticle): Claim<undefined> {
  const key = url ? canonicalUrl(url) : undefined;
  return {
    ...{ id, article: { ...article, seenAt: undefined }, content: undefined },
    addresses: key && { own: key, page: key, all: [key], link: key },
    fingerprint: fingerprintOf(article.title, article.text),
  };
}

function answerOf(id: string, outcome: Outcome, index: MemoryIndex): StreamAnswer {
  if (outcome.kind === 'published')
    return { id, kind: 'new', duplicateOf: null, story: index.storyOf(id) ?? outcome.story };
  if (outcome.kind === 'rejected') throw new Error(`article ${id} was rejected`);
  const of = outcome.kind === 'updated' ? outcome.article : outcome.of;
  const kind = outcome.kind === 'updated' ? 'update' : 'duplicate';
  return { id, kind, duplicateOf: of, story: index.storyOf(of) ?? of };
}
