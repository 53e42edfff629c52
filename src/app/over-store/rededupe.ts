import { decide } from '../../dedupe/decide.ts';
import { fingerprintOf } from '../../dedupe/fingerprint.ts';
import type { Store } from '../../store/db.ts';
import { refreshFingerprint } from '../../store/fingerprints.ts';
import { PostgresBatch } from '../../store/ingest-batch.ts';
import { flushCommits, withIngestLock } from '../../store/ingest-lock.ts';
import { isAsRead, mergeArticles } from '../../store/merge-articles.ts';
import { olderCandidates } from '../../store/read/older-candidates.ts';
import { articleBounds, articlesAfter, type WholeArticle } from '../../store/read/whole-articles.ts';
import type { StoreTask } from './run-task.ts';

const articlesAtATime = 25;

/**
 * Looks up every article among those before it by the present rules; one that is the same as an older one becomes its copy. The search
 * holds no lock: only two that are to become one are locked, for that moment.
 */
export const rededuplication = ({ db }: Store): StoreTask => ({
  name: 'rededupe',
  bounds: async () => ({ first: '0', ...(await articleBounds(db)) }),
  async step(after, last) {
    const articles = await articlesAfter(db, after, last, articlesAtATime);
    for (const article of articles) await refreshFingerprint(db, article);
    const found = await olderCandidates(db, articles);
    let changed = 0;
    for (const [index, article] of articles.entries()) {
      // Some of those that were found may have become copies meanwhile.
      const near = changed > 0 ? (await olderCandidates(db, [article]))[0] : found[index];
      if (await mergeWithOlder(db, article, near ?? [])) changed++;
    }
    return { at: articles.at(-1)?.seq, seen: articles.length, changed };
  },
});

type OlderCandidates = Awaited<ReturnType<typeof olderCandidates>>[number];

async function mergeWithOlder(db: Store['db'], article: WholeArticle, near: OlderCandidates): Promise<boolean> {
  if (near.length === 0) return false;
  const { id, title, text, source, agency, published, first_seen_at } = article;
  const input = {
    ...{ urlKey: undefined, title, text, source, agency: agency ?? undefined },
    ...{ published: published?.toISOString(), seenAt: first_seen_at.toISOString() },
  };
  const candidates = { atAddress: [], sameText: undefined, near };
  const decision = await decide(candidates, input, fingerprintOf(title, text), new PostgresBatch(db));
  if (decision.kind !== 'duplicate') return false;
  // The better text stays, whichever came first.
  const [gone, into] = decision.replaces ? [decision.of, id] : [id, decision.of];
  const merged = await withIngestLock(
    db,
    async (trx) => (await isAsRead(trx, article)) && mergeArticles(trx, gone, into, decision.share, new Date()),
  );
  await flushCommits(db);
  return merged;
}
