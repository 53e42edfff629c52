import { sql } from 'kysely';
import type { PageFetch } from '../../crawl/ports.ts';
import type { Classification } from '../../domain/article.ts';
import type { Db } from '../db.ts';
import { fetchesOf } from '../fetches.ts';
import { type LinkReport, linksAt } from './operations.ts';

export type { PageFetch };

/** An article that an address led to. */
export interface TrailArticle {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly source: string;
  readonly story: string;
  readonly published: Date | null;
  readonly firstSeenAt: Date;
  readonly updatedAt: Date;
  readonly withdrawnAt: Date | null;
  readonly labels: Classification;
  readonly characters: number;
  readonly stub: string | null;
}

/** The same text at another address. */
export interface TrailCopy {
  readonly article: string;
  readonly url: string;
  readonly source: string;
  readonly match: string;
  /** 0…1 */
  readonly share: number;
  readonly seenAt: Date;
}

/** A pair that was close, with its score. */
export interface TrailPair {
  readonly titles: readonly string[];
  readonly urls: readonly string[];
  readonly score: number;
  /** What the operator said; null: nothing yet. */
  readonly same: boolean | null;
}

/** A target, and when it was told of an event. */
export interface TrailTelling {
  readonly target: string;
  /** Null where it was told before such times were kept, or is still to be told. */
  readonly at: Date | null;
  readonly isTold: boolean;
  /** Why it was not told yet, where a try failed. */
  readonly error: string | null;
}

/** What others were told of an article. */
export interface TrailEvent {
  readonly at: Date;
  readonly kind: string;
  readonly tellings: readonly TrailTelling[];
}

/** Messages of one channel, to readers who asked for them by rule. */
export interface TrailMessages {
  readonly channel: string;
  readonly state: 'waiting' | 'sent' | 'failed';
  readonly count: number;
  /** When the first and the last of them were sent or given up; null while they wait. */
  readonly first: Date | null;
  readonly last: Date | null;
  /** What the last failed try said. */
  readonly error: string | null;
}

/** All that is known of an address. */
export interface Trail {
  readonly links: readonly LinkReport[];
  readonly fetches: readonly PageFetch[];
  readonly articles: readonly TrailArticle[];
  readonly copies: readonly TrailCopy[];
  readonly pairs: readonly TrailPair[];
  readonly events: readonly TrailEvent[];
  readonly messages: readonly TrailMessages[];
}

const most = { fetches: 60, copies: 60, pairs: 20, events: 60 };

/** The way of an address from the list that named it to the feeds. */
export async function trailOf(db: Db, url: string): Promise<Trail> {
  const links = await linksAt(db, url);
  const ids = [...new Set(links.flatMap(({ article }) => article ?? []))];
  const [fetches, articles, copies, pairs, events, messages] = await Promise.all([
    fetchesOf(
      db,
      links.map(({ key }) => key),
      most.fetches,
    ),
    articlesOf(db, ids),
    copiesOf(db, ids),
    pairsOf(db, ids),
    eventsOf(db, ids),
    messagesOf(db, ids),
  ]);
  return { links, fetches, articles, copies, pairs, events, messages };
}

const anyOf = (ids: readonly string[]) => sql`any(${[...ids]}::uuid[])`;

async function articlesOf(db: Db, ids: readonly string[]): Promise<TrailArticle[]> {
  const { rows } = await sql<TrailArticle>`
    select id, title, url, source, story, published, first_seen_at as "firstSeenAt", updated_at as "updatedAt",
      withdrawn_at as "withdrawnAt", labels, length(text) as characters, stub from articles where id = ${anyOf(ids)}`.execute(
    db,
  );
  return rows;
}

async function copiesOf(db: Db, ids: readonly string[]): Promise<TrailCopy[]> {
  const { rows } = await sql<TrailCopy>`
    select article, url, source, match, share, seen_at as "seenAt" from copies where article = ${anyOf(ids)}
    order by seen_at limit ${most.copies}`.execute(db);
  return rows;
}

async function pairsOf(db: Db, ids: readonly string[]): Promise<TrailPair[]> {
  const { rows } = await sql<TrailPair>`
    select titles, urls, score, same from review_items where article = ${anyOf(ids)} or other = ${anyOf(ids)}
    order by score desc limit ${most.pairs}`.execute(db);
  return rows;
}

async function eventsOf(db: Db, ids: readonly string[]): Promise<TrailEvent[]> {
  type Row = Omit<TrailTelling, 'target'> & { id: string; eventAt: Date; kind: string; target: string | null };
  const { rows } = await sql<Row>`
    with told as (select * from events where article = ${anyOf(ids)} order by xact, id limit ${most.events})
    select e.id, e.at as "eventAt", e.kind, d.target, a.error is null and (e.xact, e.id) <= (d.xact, d.event) as "isTold",
      case when a.error is null then (select t.at from tellings t where t.target = d.target and (t.xact, t.event) >= (e.xact, e.id)
        order by t.xact, t.event limit 1) end as at,
      coalesce(a.error, case when (e.xact, e.id) > (d.xact, d.event) then d.last_error end) as error
    from told e left join deliveries d on true left join set_aside a on a.target = d.target and a.event = e.id
    order by e.xact, e.id, d.target`.execute(db);
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((all) => {
    const [first] = all;
    const tellings = all.flatMap(({ target, ...told }) => (target === null ? [] : [{ target, ...told }]));
    return first ? [{ at: first.eventAt, kind: first.kind, tellings }] : [];
  });
}

async function messagesOf(db: Db, ids: readonly string[]): Promise<TrailMessages[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<TrailMessages>`
    select channel, state, count(*)::int as count, min(ended_at) as first, max(ended_at) as last,
      max(last_error) filter (where state <> 'sent') as error
    from messages where articles && ${sql`${[...ids]}::uuid[]`} group by channel, state order by channel, state`.execute(
    db,
  );
  return rows;
}
