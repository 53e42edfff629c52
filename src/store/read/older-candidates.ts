import type { KnownArticle } from '../../dedupe/dedupe-index.ts';
import { fingerprintOf } from '../../dedupe/fingerprint.ts';
import type { Db } from '../db.ts';
import { withIndexes } from '../ingest-lock.ts';
import { findCandidates } from './candidates.ts';
import type { WholeArticle } from './whole-articles.ts';

/** For each of the articles, those that came before it and share keys with it. */
export async function olderCandidates(db: Db, articles: readonly WholeArticle[]): Promise<KnownArticle[][]> {
  if (articles.length === 0) return [];
  const searches = articles.map(({ title, text }) => ({ addresses: [], fingerprint: fingerprintOf(title, text) }));
  const found = await withIndexes(db, (trx) => findCandidates(trx, searches));
  const ids = [
    ...new Set(found.flatMap(({ near, sameText }) => [...near, ...(sameText ? [sameText] : [])].map(({ id }) => id))),
  ];
  const rows =
    ids.length === 0 ? [] : await db.selectFrom('articles').select(['id', 'seq']).where('id', 'in', ids).execute();
  const seqOf = new Map(rows.map(({ id, seq }) => [id, BigInt(seq)]));
  return found.map(({ near, sameText }, index) => {
    const own = BigInt(articles[index]?.seq ?? 0);
    const all = new Map([...(sameText ? [sameText] : []), ...near].map((one) => [one.id, one]));
    return [...all.values()].filter(({ id }) => (seqOf.get(id) ?? own) < own);
  });
}
