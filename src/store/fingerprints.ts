import { sql } from 'kysely';
import { type Fingerprint, fingerprintOf } from '../dedupe/fingerprint.ts';
import type { ArticleId } from '../domain/article.ts';
import { storedHash } from './article-columns.ts';
import type { Db } from './db.ts';
import { withIngestLock } from './ingest-lock.ts';
import type { WholeArticle } from './read/whole-articles.ts';
import { spread } from './spread.ts';

/** An article and its fingerprint. */
export interface FingerprintedArticle {
  readonly article: ArticleId;
  readonly fingerprint: Fingerprint;
}

/** Makes articles findable by their keys; those of an earlier version must be taken away before (`forgetFingerprint`). */
export async function writeFingerprints(db: Db, fingerprinted: readonly FingerprintedArticle[]): Promise<void> {
  const keys = fingerprinted.map(({ fingerprint }) => [...fingerprint.keys]);
  const sizes = keys.map((own) => own.length);
  await sql`
    with asker as (
      select article, keys, ordinal from unnest(${fingerprinted.map((one) => one.article)}::uuid[], ${sizes}::int[])
        with ordinality as asker (article, keys, ordinal)
    ), fingerprint as (
      insert into fingerprints (article, keys) select article, keys from asker order by ordinal returning number, article
    )
    insert into shingle_keys (key, fingerprint)
    select own.key, fingerprint.number
    from unnest(${keys.flat()}::int[], ${spread(sizes)}::int[]) as own (key, index)
    join asker on asker.ordinal = own.index + 1 join fingerprint using (article)`.execute(db);
}

/** Takes an article's keys out of the index. */
export async function forgetFingerprint(db: Db, article: ArticleId, fingerprint: Fingerprint): Promise<void> {
  await sql`
    with gone as (delete from fingerprints where article = ${article} returning number)
    delete from shingle_keys using gone
    where shingle_keys.fingerprint = gone.number and shingle_keys.key = any(${[...fingerprint.keys]}::int[])`.execute(
    db,
  );
}

/** Makes an article findable as the present rules would; one that is too old to be found stays so. */
export async function refreshFingerprint(db: Db, article: WholeArticle): Promise<void> {
  const { id, key, title, text, keys, text_hash } = article;
  const fingerprint = fingerprintOf(title, text);
  const hash = storedHash(fingerprint, key);
  const isOwnHash = fingerprint.textHash === undefined || hash.equals(text_hash);
  if (keys === null || (keys === fingerprint.keys.length && isOwnHash)) return;
  await withIngestLock(db, async (trx) => {
    const { rows } = await sql`
      select 1 from articles where id = ${id} and title = ${title} and text = ${text}`.execute(trx);
    if (rows.length === 0) return;
    await forgetFingerprint(trx, id, fingerprint);
    await writeFingerprints(trx, [{ article: id, fingerprint }]);
    await sql`
      update articles set text_hash = ${hash} where id = ${id}
        and not exists (select from articles other where other.text_hash = ${hash} and other.id <> ${id})`.execute(trx);
  });
}
