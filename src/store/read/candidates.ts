import { type RawBuilder, sql } from 'kysely';
import { appearedAt } from '../../dedupe/decide.ts';
import {
  type CandidateSearch,
  type Candidates,
  candidateLimit,
  holdersLimit,
  type KeyHits,
  type KnownArticle,
} from '../../dedupe/dedupe-index.ts';
import { type Fingerprint, fingerprintOf } from '../../dedupe/fingerprint.ts';
import { keysNeeded } from '../../dedupe/keys.ts';
import type { CanonicalUrl } from '../../text/canonical-url.ts';
import type { Db } from '../db.ts';
import { spread } from '../spread.ts';

/**
 * Numbers that a crash of the server may give out again: what is committed in a batch is on disk within a second
 * (`withIngestLock`).
 */
const notYetOnDisk = 4096;
/** Where nothing was searched before. */
const noHits: KeyHits = { until: 0, fingerprints: [], shared: [] };

interface HitRow {
  readonly asker: number | null;
  readonly fingerprint: number;
  readonly shared: number;
}

/**
 * Searches the index by the keys of newcomers; most of the work of finding their candidates. It needs no lock: a fingerprint never
 * changes (a new version of an article gets a new one, with a higher number), and numbers are given out under the lock, so in the order
 * of commits. What shares keys with a newcomer is so for good, until the fingerprint goes, and `findCandidates` adds what came since.
 * Call it in `withIndexes`.
 */
export async function searchKeys(db: Db, fingerprints: readonly Fingerprint[]): Promise<KeyHits[]> {
  const { rows } = await sql<HitRow>`
    select asker, fingerprint, shared from ${hitsOf(fingerprints, 0)} as hits
    union all
    select null, coalesce(max(number), 0), 0 from fingerprints`.execute(db);
  const until = Math.max(0, (rows.find((row) => row.asker === null)?.fingerprint ?? 0) - notYetOnDisk);
  return fingerprints.map((_, asker) => {
    const own = rows.filter((row) => row.asker === asker);
    return { until, fingerprints: own.map((row) => row.fingerprint), shared: own.map((row) => row.shared) };
  });
}

/**
 * Fingerprints of a higher number than `since` with the keys they share. For each key there is a limit: one that stands in thousands of
 * articles (a standing block) must not cost thousands of rows.
 */
function hitsOf(fingerprints: readonly Fingerprint[], since: number): RawBuilder<unknown> {
  const keys = fingerprints.map((fingerprint) => [...fingerprint.keys]);
  return sql`(
    select wanted.asker, held.fingerprint, count(*)::int as shared
    from unnest(${keys.flat()}::int[], ${spread(keys.map((own) => own.length))}::int[]) as wanted (key, asker)
    cross join lateral (
      select fingerprint from shingle_keys where key = wanted.key and fingerprint > ${since} order by fingerprint desc
      limit ${sql.lit(holdersLimit)}
    ) as held
    group by wanted.asker, held.fingerprint
  )`;
}

interface CandidateRow {
  /** Index of the newcomer among those asked for. */
  readonly asker: number;
  readonly how: 'address' | 'text' | 'keys';
  readonly at_key: string | null;
  readonly id: string;
  readonly key: string;
  readonly source: string;
  readonly agency: string | null;
  readonly published: Date | null;
  readonly first_seen_at: Date;
  readonly title: string;
  readonly text: string;
  readonly story: string;
}

/** See `DedupeIndex.find`: one statement for all newcomers. */
export async function findCandidates(db: Db, searches: readonly CandidateSearch[]): Promise<Candidates[]> {
  const fingerprints = searches.map((one) => one.fingerprint);
  const hashes = fingerprints.map(({ textHash }) => (textHash ? Buffer.from(textHash, 'hex') : null));
  const sizes = fingerprints.map((fingerprint) => fingerprint.keys.length);
  const addresses = searches.map((one) => one.addresses);
  const before = searches.map((one) => one.hits ?? noHits);
  const since = Math.min(...before.map((hits) => hits.until));
  // By the number of keys of the one that has fewer, which is no more than that of any newcomer. Arrays start with 1 here.
  const needed = Array.from({ length: Math.max(0, ...sizes) + 1 }, (_, fewer) => keysNeeded(fewer));
  const { rows } = await sql<CandidateRow>`
    with askers as (
      select (ordinal - 1)::int as asker, text_hash, keys
      from unnest(${hashes}::bytea[], ${sizes}::int[]) with ordinality as asker (text_hash, keys, ordinal)
    ), hits as (
      select asker, fingerprint, max(shared) as shared from (
        select asker, fingerprint, shared from unnest(${spread(before.map((hits) => hits.fingerprints.length))}::int[],
          ${before.flatMap((hits) => hits.fingerprints)}::int[], ${before.flatMap((hits) => hits.shared)}::int[])
          as before (asker, fingerprint, shared)
        union all
        select asker, fingerprint, shared from ${hitsOf(fingerprints, since)} as since
      ) as all_hits
      group by asker, fingerprint
    ), near as (
      select asker, fingerprints.article, hits.shared,
        row_number() over (partition by asker order by hits.shared desc, fingerprints.number) as rank
      from hits join fingerprints on fingerprints.number = hits.fingerprint join askers as asker using (asker)
      where hits.shared >= (${needed}::int[])[least(fingerprints.keys, asker.keys) + 1]
    ), found as (
      select wanted.asker, 'address' as how, wanted.rank, wanted.key as at_key, at_address.id
      from unnest(${addresses.flat()}::text[], ${spread(addresses.map((own) => own.length))}::int[])
        with ordinality as wanted (key, asker, rank)
      cross join lateral (
        select id from articles where key = wanted.key
        union all
        select article from copies where key = wanted.key
      ) as at_address
      union all
      select asker, 'text', 0, null, id from askers join articles using (text_hash)
      union all
      select asker, 'keys', rank, null, article from near where rank <= ${sql.lit(candidateLimit)}
    )
    select found.asker, found.how, found.at_key, articles.id, articles.key, articles.source, articles.agency, articles.published,
      articles.first_seen_at, articles.title, articles.text, articles.story
    from found join articles on articles.id = found.id
    order by found.how, found.rank`.execute(db);
  // An article that is found in several ways is one object, fingerprinted once.
  const articles = new Map<string, KnownArticle>();
  const known = (row: CandidateRow): KnownArticle => {
    const article = articles.get(row.id) ?? knownArticle(row);
    articles.set(row.id, article);
    return article;
  };
  return searches.map((_, asker) => {
    const found = (how: CandidateRow['how']) => rows.filter((row) => row.asker === asker && row.how === how);
    return {
      atAddress: found('address').map((row) => ({ key: row.at_key as CanonicalUrl, article: known(row) })),
      sameText: found('text').map(known)[0],
      near: found('keys').map(known),
    };
  });
}

function knownArticle(row: CandidateRow): KnownArticle {
  const seenAt = row.first_seen_at.toISOString();
  return {
    id: row.id,
    urlKey: row.key as CanonicalUrl,
    source: row.source,
    agency: row.agency ?? undefined,
    at: appearedAt(row.published?.toISOString(), seenAt),
    seenAt,
    title: row.title,
    fingerprint: fingerprintOf(row.title, row.text),
    story: row.story,
  };
}
