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

/** What readers' programs were told, and which of the targets know. */
export interface TrailEvent {
  readonly at: Date;
  readonly kind: string;
  readonly told: readonly string[];
  readonly waiting: readonly string[];
}

/** All that is known of an address. */
export interface Trail {
  readonly links: readonly LinkReport[];
  readonly fetches: readonly PageFetch[];
  readonly articles: readonly TrailArticle[];
  readonly copies: readonly TrailCopy[];
  readonly pairs: readonly TrailPair[];
  readonly events: readonly TrailEvent[];
}

const most = { fetches: 60, copies: 60, pairs: 20, events: 60 };

/** The way of an address from the list that named it to the feeds. */
export async function trailOf(db: Db, url: string): Promise<Trail> {
  const links = await linksAt(db, url);
  const ids = [...new Set(links.flatMap(({ article }) => article ?? []))];
  const [fetches, articles, copies, pairs, events] = await Promise.all([
    fetchesOf(
      db,
      links.map(({ key }) => key),
      most.fetches,
    ),
    articlesOf(db, ids),
    copiesOf(db, ids),
    pairsOf(db, ids),
    eventsOf(db, ids),
  ]);
  return { links, fetches, articles, copies, pairs, events };
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
  const { rows } = await sql<TrailEvent>`
    select e.at, e.kind, coalesce(array_agg(d.target order by d.target) filter (where (e.xact, e.id) <= (d.xact, d.event)), '{}') as told,
      coalesce(array_agg(d.target order by d.target) filter (where (e.xact, e.id) > (d.xact, d.event)), '{}') as waiting
    from events e left join deliveries d on true where e.article = ${anyOf(ids)}
    group by e.xact, e.id, e.at, e.kind order by e.xact, e.id limit ${most.events}`.execute(db);
  return rows;
}
