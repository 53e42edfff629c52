import { sql } from 'kysely';
import type { LinkStore } from '../crawl/ports.ts';
import type { FoundLink, OpenLink, Outcome } from '../domain/article.ts';
import { createBatcher } from '../domain/batcher.ts';
import type { Db } from './db.ts';
import { addressIn, addressOf, linkOf, listedOf } from './listed.ts';
import { countOutcomesIn } from './outcome-counts.ts';
import { pageWrites } from './page-writes.ts';

/** The links of all workers, as the crawl asks for them. What is written for each page is written for many at once. */
export function storedLinks(db: Db): LinkStore {
  const queued = createBatcher<QueuedLink, void>(async (links) => {
    await markQueued(db, links);
    return [];
  }, pageWrites);
  return {
    register: (source, found, now) => registerLinks(db, source, found, now),
    known: (keys) => knownKeys(db, keys),
    open: (source, options) => openLinks(db, source, options),
    markQueued: (key, at, revisitAt) => queued({ key, at, revisitAt }),
    countTry: (key, now) => countTry(db, key, now),
    scheduleRevisit: (key, at) => scheduleRevisit(db, key, at),
    countMiss: (key, at) => countMiss(db, key, at),
    writeOutcome: (key, outcome, now) => writeOutcome(db, key, outcome, now),
  };
}

/**
 * Writes links never seen before as pending, before anything is fetched, so that nothing that was found can get lost.
 * Links that any source found earlier are left alone, with two exceptions: what waits for a source that is no longer
 * crawled goes to the one that finds it now, and so does a link of which another source took the headline alone, when
 * this one takes articles. Its item stays published while the article is fetched.
 * @returns how many were new to be fetched
 */
export async function registerLinks(db: Db, source: string, found: readonly FoundLink[], now: Date): Promise<number> {
  const unique = [...new Map(found.map((one) => [one.key, one])).values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (unique.length === 0) return 0;
  const isOpenAgain = sql`links.outcome in ('duplicate', 'rejected')`;
  const result = await db
    .insertInto('links')
    .values(
      unique.map(({ key, link }) => ({
        key,
        url: addressIn(key, link.url),
        source,
        listed: JSON.stringify(listedOf(link)),
        first_seen_at: now,
        changed_at: now,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .column('key')
        .doUpdateSet((is) => ({
          source,
          url: is.ref('excluded.url'),
          listed: is.ref('excluded.listed'),
          revisit_at: sql<Date | null>`case when links.outcome in ('published', 'updated') then ${now}::timestamptz end`,
          state: sql<'pending' | 'done'>`case when ${isOpenAgain} then 'pending' else links.state end`,
          ...Object.fromEntries(
            (['outcome', 'stage', 'reason', 'detail', 'article', 'match'] as const).map((column) => [
              column,
              sql<null>`case when ${isOpenAgain} then null else ${sql.ref(`links.${column}`)} end`,
            ]),
          ),
        }))
        .where(sql<boolean>`
          links.state = 'pending' and exists (select from sources where id = links.source and not active)
          or links.state = 'done' and links.source <> ${source}
            and exists (select from sources where id = links.source and settings->>'take' = 'headlines')
            and exists (select from sources where id = ${source} and settings->>'take' is distinct from 'headlines')`),
    )
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0);
}

/** Which of the keys have been seen before, by any source. */
export async function knownKeys(db: Db, keys: readonly string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await db
    .selectFrom('links')
    .select('key')
    .where('key', '=', sql<string>`any(${[...keys]}::text[])`)
    .execute();
  return new Set(rows.map((row) => row.key));
}

/**
 * What a crawl of the source should fetch: `limit` of the links that are pending, or were left queued by a dead worker
 * for longer than `queuedTooLongMs`, the newest first: news does not wait for an archive to be read. Then links due for
 * another look as far as the limit goes, a quarter of it in any case, so that neither shuts out the other; first those
 * whose feed entry has just changed.
 */
export async function openLinks(
  db: Db,
  source: string,
  options: { now: Date; limit: number; queuedTooLongMs?: number },
): Promise<OpenLink[]> {
  const left = new Date(options.now.getTime() - (options.queuedTooLongMs ?? 30 * 60_000));
  const columns = ['key', addressOf.as('url'), 'listed', 'tries', 'state', 'first_seen_at'] as const;
  const open = await db
    .selectFrom('links')
    .select(columns)
    .where('source', '=', source)
    .where('state', '<>', 'done')
    .where((is) => is.or([is('state', '=', 'pending'), is('changed_at', '<', left)]))
    .orderBy('first_seen_at', 'desc')
    .orderBy(sql`listed->>'published'`, (order) => order.desc().nullsLast())
    // Numbers in addresses grow.
    .orderBy('key', 'desc')
    .limit(options.limit)
    .execute();
  const again = await db
    .selectFrom('links')
    .select(columns)
    .where('source', '=', source)
    .where('state', '=', 'done')
    .where('outcome', 'in', ['published', 'updated'])
    .where('revisit_at', '<=', options.now)
    .orderBy('revisit_at', 'desc')
    .limit(Math.max(Math.ceil(options.limit / 4), options.limit - open.length))
    .execute();
  return [...open, ...again].map(({ key, url, listed, tries, state, first_seen_at }) => ({
    key,
    link: linkOf(url, listed),
    tries,
    revisit: state === 'done',
    firstSeenAt: first_seen_at,
  }));
}

/** A link whose article is on the article queue. */
export interface QueuedLink {
  readonly key: string;
  readonly at: Date;
  /** When to fetch it again, or never (null). */
  readonly revisitAt: Date | null;
}

/** The outcome of these links comes from ingest. A link that has an outcome keeps it meanwhile. */
export async function markQueued(db: Db, queued: readonly QueuedLink[]): Promise<void> {
  const keys = queued.map((one) => one.key);
  await sql`
    with mine as (${inOrder(keys)})
    update links set
      state = case state when 'done' then state else 'queued' end,
      changed_at = case state when 'done' then changed_at else queued.at end,
      revisit_at = queued.revisit_at,
      tries = 0
    from mine join unnest(${keys}::text[], ${queued.map((one) => one.at)}::timestamptz[],
      ${queued.map((one) => one.revisitAt)}::timestamptz[]) as queued (key, at, revisit_at) using (key)
    where links.key = mine.key`.execute(db);
}

/** The article queue has lost what it held: the links of its articles are pending again, and their sources are due. @returns how many */
export async function releaseQueued(db: Db, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with released as (update links set state = 'pending', changed_at = ${now} where state = 'queued' returning source),
      due as (update sources set next_crawl_at = ${now} where id in (select source from released) and next_crawl_at > ${now})
    select count(*)::int as count from released`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Locks links in one order, whoever writes several at once: two that write the same links must not wait for each other. */
const inOrder = (keys: readonly string[]) =>
  sql`select key from links where key = any(${[...keys]}::text[]) order by key for update`;

/** Counts a fetch that failed in a way that may pass. @returns the tries so far, this one included */
export async function countTry(db: Db, key: string, now: Date): Promise<number> {
  const row = await db
    .updateTable('links')
    .set((is) => ({ tries: is('tries', '+', 1), changed_at: now }))
    .where('key', '=', key)
    .returning('tries')
    .executeTakeFirst();
  return row?.tries ?? 0;
}

/** Fetch the link again at that time, or never (null). */
export async function scheduleRevisit(db: Db, key: string, at: Date | null): Promise<void> {
  await db.updateTable('links').set({ revisit_at: at, tries: 0 }).where('key', '=', key).execute();
}

/** A second look did not find the page: look again at that time. @returns how often that happened in a row */
export async function countMiss(db: Db, key: string, at: Date): Promise<number> {
  const row = await db
    .updateTable('links')
    .set((is) => ({ revisit_at: at, tries: is('tries', '+', 1) }))
    .where('key', '=', key)
    .returning('tries')
    .executeTakeFirst();
  return row?.tries ?? 0;
}

/** Writes how the link ended. Call it in the transaction that writes what the outcome names. */
export const writeOutcome = (db: Db, key: string, outcome: Outcome, now: Date): Promise<void> =>
  writeOutcomes(db, [{ key, outcome, at: now }]);

/** The link's article could not be stored on any try. A link that has an outcome keeps it: it may be that of another try. */
export async function giveUpLink(db: Db, key: string, outcome: Outcome, now: Date): Promise<void> {
  await writeOutcomes(db, [{ key, outcome, at: now }], sql`links.state <> 'done'`);
}

/** A link that ended. */
export interface EndedLink {
  readonly key: string;
  readonly outcome: Outcome;
  readonly at: Date;
}

/**
 * The same for many links, each of them once.
 * @param only what must be true of a link for it to be written
 */
export async function writeOutcomes(db: Db, ended: readonly EndedLink[], only = sql`true`): Promise<void> {
  const columns = ended.map((one) => outcomeColumns(one.outcome));
  const keys = ended.map((one) => one.key);
  await sql`
    with mine as (${inOrder(keys)}),
    changed as (
      update links set state = 'done', outcome = ended.outcome, stage = ended.stage, reason = ended.reason, detail = ended.detail,
        article = ended.article, match = ended.match, changed_at = ended.at
      from mine join unnest(${keys}::text[], ${columns.map((one) => one.outcome)}::text[],
        ${columns.map((one) => one.stage)}::text[], ${columns.map((one) => one.reason)}::text[],
        ${columns.map((one) => one.detail)}::text[], ${columns.map((one) => one.article)}::uuid[],
        ${columns.map((one) => one.match)}::text[], ${ended.map((one) => one.at)}::timestamptz[]
      ) as ended (key, outcome, stage, reason, detail, article, match, at) using (key)
      where links.key = mine.key and ${only}
      returning links.source, links.stage, links.outcome, links.reason, links.changed_at),
    ${countOutcomesIn('changed')}
    select`.execute(db);
}

function outcomeColumns(outcome: Outcome) {
  const rejected = outcome.kind === 'rejected' ? outcome : undefined;
  return {
    outcome: outcome.kind,
    stage: rejected?.stage ?? null,
    reason: rejected?.reason ?? null,
    detail: rejected?.detail ?? null,
    article: outcome.kind === 'duplicate' ? outcome.of : outcome.kind === 'rejected' ? null : outcome.article,
    match: outcome.kind === 'duplicate' ? outcome.match : null,
  };
}

/** How many links of these sources ended how since a moment: rows of outcome, reason (of rejections) and count. */
export function countOutcomes(
  db: Db,
  sources: readonly string[],
  since: Date,
): Promise<{ outcome: string; reason: string | null; count: number }[]> {
  return db
    .selectFrom('links')
    .select(({ fn }) => ['outcome', 'reason', fn.countAll<string>().as('count')])
    .where('state', '=', 'done')
    .where('changed_at', '>=', since)
    .where('source', '=', sql<string>`any(${[...sources]}::text[])`)
    .groupBy(['outcome', 'reason'])
    .execute()
    .then((rows) => rows.map((row) => ({ outcome: row.outcome ?? '', reason: row.reason, count: Number(row.count) })));
}

/** How many links of these sources have no outcome yet. */
export async function countOpen(db: Db, sources: readonly string[]): Promise<number> {
  const row = await db
    .selectFrom('links')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('state', '<>', 'done')
    .where('source', '=', sql<string>`any(${[...sources]}::text[])`)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
