import { sql } from 'kysely';
import { dayMs } from '../domain/time.ts';
import type { Db } from './db.ts';

/** How long what the crawl remembers is kept after it was last of use, in days. */
const keptDays = {
  /** A rejected or duplicate link that is still listed then is fetched once more. */
  links: 180,
  /** Links that wait for a source that is no longer crawled are given up then: the catalogue may be put right again. */
  pending: 30,
  /** Articles are looked at again within a week, listings daily. */
  validators: 30,
  robots: 30,
  turns: 30,
  siteMemory: 180,
  crawls: 90,
  fetches: 30,
} as const;
/** Rows of a table that one call deletes at most, so that it is short whatever was left behind. */
const most = 5000;

/** Rows that were deleted, by table. */
export type Forgotten = Readonly<
  Record<'links' | 'http_cache' | 'robots' | 'hosts' | 'site_memory' | 'crawls' | 'fetches', number>
>;

/**
 * Deletes what the crawl will not need again, so that a store of months holds what is read and not what was once seen:
 * links that came to nothing, validators, robots.txt files and turns of hosts that are no longer asked. To be called
 * every hour or so. Links of articles stay as long as their articles.
 */
export async function forgetOldCrawls(db: Db, now: Date): Promise<Forgotten> {
  const before = (days: number) => new Date(now.getTime() - days * dayMs);
  const count = async (query: ReturnType<typeof sql>): Promise<number> =>
    Number((await query.execute(db)).numAffectedRows ?? 0);
  const ended = await count(sql`
    delete from links where key in (
      select key from links where outcome in ('rejected', 'duplicate') and changed_at < ${before(keptDays.links)}
      order by changed_at limit ${sql.lit(most)})`);
  await count(sql`
    update links set state = 'done', outcome = 'rejected', stage = 'crawl', reason = 'excluded',
      detail = 'its source was taken out of the catalogue', changed_at = ${now}
    where key in (
      select links.key from sources join links on links.source = sources.id
      where not sources.active and links.state <> 'done' and links.changed_at < ${before(keptDays.pending)}
      limit ${sql.lit(most)})`);
  return {
    links: ended,
    http_cache: await count(sql`
      delete from http_cache where url_hash in (
        select url_hash from http_cache where seen_at < ${before(keptDays.validators)}
        order by seen_at limit ${sql.lit(most)})`),
    robots: await count(sql`delete from robots where expires_at < ${before(keptDays.robots)}`),
    // Who has a turn, or is to be left alone, stays.
    hosts: await count(sql`
      delete from hosts where greatest(held_until, not_before, ended_at) < ${before(keptDays.turns)}`),
    crawls: await count(sql`
      delete from crawls where id in (
        select id from crawls where started_at < ${before(keptDays.crawls)} order by started_at limit ${sql.lit(most)})`),
    fetches: await count(sql`
      delete from fetches where id in (
        select id from fetches where at < ${before(keptDays.fetches)} order by at limit ${sql.lit(most)})`),
    site_memory: await count(sql`delete from site_memory where changed_at < ${before(keptDays.siteMemory)}`),
  };
}
