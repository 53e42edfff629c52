import { type RawBuilder, sql } from 'kysely';
import { appearedAt } from '../dedupe/decide.ts';
import { type Candidates, candidateLimit, holdersLimit, type KeptArticle } from '../dedupe/dedupe-index.ts';
import { type Fingerprint, fingerprintOf } from '../dedupe/fingerprint.ts';
import type { ArticleId } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import type { Db } from './db.ts';

/** Fingerprints of one partition of the index: its pages fit into memory while it grows, and there are few enough for each to be asked. */
const partitionSize = 2 ** 18;
/** Any number but that of `takeTurns`. */
const tendLock = 4_202_612;

interface KeptRow {
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

function kept(row: KeptRow): KeptArticle {
  return {
    id: row.id,
    urlKey: row.key as CanonicalUrl,
    source: row.source,
    agency: row.agency ?? undefined,
    at: appearedAt(row.published?.toISOString(), row.first_seen_at.toISOString()),
    title: row.title,
    fingerprint: fingerprintOf(row.title, row.text),
    story: row.story,
  };
}

interface CandidateRow extends KeptRow {
  /** Place of the newcomer among those asked for. */
  readonly asker: number;
  readonly how: 'address' | 'text' | 'keys';
  readonly at_key: string | null;
}

/** Numbers that a crash of the server may give out again: what is committed in a turn is on disk within a second (`takeTurns`). */
const notYetOnDisk = 4096;

/** Fingerprints that share keys with a newcomer's. */
export interface KeyHits {
  /** All fingerprints up to this number were searched, and none will come. */
  readonly until: number;
  readonly fingerprints: readonly number[];
  /** How many keys each of them shares. */
  readonly shared: readonly number[];
}

/** Before anything is known. */
export const noHits: KeyHits = { until: 0, fingerprints: [], shared: [] };

interface HitRow {
  readonly asker: number | null;
  readonly fingerprint: number;
  readonly shared: number;
}

/**
 * Searches the index by the keys of newcomers; most of the work of finding their candidates. It needs no turn: a fingerprint never changes (a new
 * version of an article gets a new one, with a higher number), and numbers are given out in turns, so in the order of commits. What
 * shares keys with a newcomer is so for good, until the fingerprint goes, and `findCandidates` adds what came since. Call it in `withIndexes`.
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

/** By what a newcomer’s candidates are found. */
export interface CandidateSearch {
  readonly addresses: readonly CanonicalUrl[];
  readonly fingerprint: Fingerprint;
  /** What a search by its keys found before. */
  readonly hits: KeyHits;
}

/** Published articles that may be the newcomers, for each of them, in one question; see `DedupeIndex.find`. */
export async function findCandidates(db: Db, searches: readonly CandidateSearch[]): Promise<Candidates[]> {
  const fingerprints = searches.map((one) => one.fingerprint);
  const hashes = fingerprints.map(({ textHash }) => (textHash ? Buffer.from(textHash, 'hex') : null));
  const sizes = fingerprints.map((fingerprint) => fingerprint.keys.length);
  const addresses = searches.map((one) => one.addresses);
  const before = searches.map((one) => one.hits);
  const since = Math.min(...before.map((hits) => hits.until));
  // How many keys must be shared (`keysNeeded`).
  const fewer = sql`least(fingerprints.keys, asker.keys)`;
  const { rows } = await sql<CandidateRow>`
    with askers as (
      select (place - 1)::int as asker, text_hash, keys
      from unnest(${hashes}::bytea[], ${sizes}::int[]) with ordinality as asker (text_hash, keys, place)
    ), hits as (
      select asker, fingerprint, max(shared) as shared from (
        select * from unnest(${spread(before.map((hits) => hits.fingerprints.length))}::int[],
          ${before.flatMap((hits) => hits.fingerprints)}::int[], ${before.flatMap((hits) => hits.shared)}::int[])
          as before (asker, fingerprint, shared)
        union all
        select asker, fingerprint, shared from ${hitsOf(fingerprints, since)} as since
      ) as all_hits
      group by asker, fingerprint
    ), near as (
      select asker, fingerprints.article, hits.shared,
        row_number() over (partition by asker order by hits.shared desc, fingerprints.number) as place
      from hits join fingerprints on fingerprints.number = hits.fingerprint join askers as asker using (asker)
      where hits.shared >= case when ${fewer} <= 12 then 1 else greatest(2, floor(0.1 * ${fewer})) end
    ), found as (
      select wanted.asker, 'address' as how, wanted.place, wanted.key as at_key, at_address.id
      from unnest(${addresses.flat()}::text[], ${spread(addresses.map((own) => own.length))}::int[])
        with ordinality as wanted (key, asker, place)
      cross join lateral (
        select id from articles where key = wanted.key
        union all
        select article from copies where key = wanted.key
      ) as at_address
      union all
      select asker, 'text', 0, null, id from askers join articles using (text_hash)
      union all
      select asker, 'keys', place, null, article from near where place <= ${sql.lit(candidateLimit)}
    )
    select found.asker, found.how, found.at_key, articles.id, articles.key, articles.source, articles.agency, articles.published,
      articles.first_seen_at, articles.title, articles.text, articles.story
    from found join articles on articles.id = found.id
    order by found.how, found.place`.execute(db);
  // An article that is found in several ways is one object, fingerprinted once.
  const articles = new Map<string, KeptArticle>();
  const known = (row: CandidateRow): KeptArticle => {
    const article = articles.get(row.id) ?? kept(row);
    articles.set(row.id, article);
    return article;
  };
  return searches.map((_, asker) => {
    const found = (how: CandidateRow['how']) => rows.filter((row) => row.asker === asker && row.how === how);
    return {
      atAddress: found('address').map((row) => ({ key: row.at_key as CanonicalUrl, kept: known(row) })),
      sameText: found('text').map(known)[0],
      near: found('keys').map(known),
    };
  });
}

/** Each place as often as it has things: `[2, 0, 1]` → `[0, 0, 2]`. */
const spread = (sizes: readonly number[]): number[] => sizes.flatMap((size, place) => Array<number>(size).fill(place));

/** Whether another article than this one has exactly these words. */
export async function isOthersText(db: Db, textHash: string, than: ArticleId): Promise<boolean> {
  const row = await db
    .selectFrom('articles')
    .select('id')
    .where('text_hash', '=', Buffer.from(textHash, 'hex'))
    .where('id', '<>', than)
    .executeTakeFirst();
  return row !== undefined;
}

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
      select * from unnest(${fingerprinted.map((one) => one.article)}::uuid[], ${sizes}::int[])
        with ordinality as asker (article, keys, place)
    ), fingerprint as (
      insert into fingerprints (article, keys) select article, keys from asker order by place returning number, article
    )
    insert into shingle_keys (key, fingerprint)
    select own.key, fingerprint.number
    from unnest(${keys.flat()}::int[], ${spread(sizes)}::int[]) as own (key, place)
    join asker on asker.place = own.place + 1 join fingerprint using (article)`.execute(db);
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

/**
 * Makes room in the index for the next quarter of a million articles and drops what is older than `keepFrom`, a whole partition at a time.
 * Cheap when there is nothing to do; call it now and then (the scheduler's tick).
 */
export async function tendFingerprints(db: Db, keepFrom: Date): Promise<void> {
  const { rows: latest } = await sql<{ number: number | null }>`select max(number) as number from fingerprints`.execute(
    db,
  );
  const current = Math.floor((latest[0]?.number ?? 0) / partitionSize);
  const places = await partitionPlaces(db);
  if (!places.includes(current + 1) && (await addPartition(db, current + 1)) && places.includes(current - 1))
    await packPartition(db, current - 1);
  for (const place of places.filter((one) => one < current)) {
    const { rows: young } = await sql`
      select 1 from fingerprints left join articles on articles.id = fingerprints.article
      where number >= ${place * partitionSize} and number < ${(place + 1) * partitionSize}
        and (articles.updated_at < ${keepFrom}) is not true limit 1`.execute(db);
    if (young.length === 0) await dropPartition(db, place);
  }
}

/** Numbers of the partitions, `shingle_keys_7` → 7. */
async function partitionPlaces(db: Db): Promise<number[]> {
  const { rows } = await sql<{ place: number }>`
    select substring(child.relname from '[0-9]+$')::int as place
    from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'shingle_keys'::regclass order by 1`.execute(db);
  return rows.map((row) => row.place);
}

/** Makes a partition to which nothing is added any more as small as it can be: an index that grew at random is three quarters full. */
async function packPartition(db: Db, place: number): Promise<void> {
  await sql`reindex table concurrently ${sql.id(`shingle_keys_${place}`)}`.execute(db);
}

/** @returns whether it was this call that made it */
async function addPartition(db: Db, place: number): Promise<boolean> {
  const name = sql.id(`shingle_keys_${place}`);
  return db.transaction().execute(async (trx) => {
    // Held until the end, so that of two that come at once the second finds the partition.
    await sql`select pg_advisory_xact_lock(${sql.lit(tendLock)})`.execute(trx);
    if ((await partitionPlaces(trx)).includes(place)) return false;
    // Made apart and attached: that way ingest goes on meanwhile (creating it in place locks the whole index).
    await sql`create table ${name} (like shingle_keys including all)`.execute(trx);
    await sql`
      alter table shingle_keys attach partition ${name}
      for values from (${sql.lit(place * partitionSize)}) to (${sql.lit((place + 1) * partitionSize)})`.execute(trx);
    return true;
  });
}

async function dropPartition(db: Db, place: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`drop table if exists ${sql.id(`shingle_keys_${place}`)}`.execute(trx);
    await sql`
      delete from fingerprints where number >= ${place * partitionSize} and number < ${(place + 1) * partitionSize}`.execute(
      trx,
    );
  });
}
