import { type RawBuilder, sql } from 'kysely';
import type { Difference } from '../../dedupe/difference.ts';
import type { Classification, Image } from '../../domain/article.ts';
import type { Filter } from '../../domain/filter.ts';
import type { Rights } from '../../domain/rights.ts';
import type { Db } from '../db.ts';
import { storeVersion } from '../events.ts';
import { byWords } from './by-words.ts';
import { inFilter } from './filter.ts';
import { type Among, type Cursor, newestFirst } from './newest-first.ts';

export type { Cursor, Difference };

/** The same article at another outlet. */
interface AlsoAt {
  readonly url: string;
  readonly source: string;
  readonly title: string;
  readonly published: Date | null;
  readonly seenAt: Date;
  /** Share of the known article's text that the copy holds, 0…1. */
  readonly share: number;
}

/** An article as lists show it. */
export interface ArticleCard {
  readonly id: string;
  readonly seq: string;
  readonly story: string;
  readonly url: string;
  readonly source: string;
  readonly site: string | null;
  readonly title: string;
  readonly byline: readonly string[];
  readonly agency: string | null;
  readonly summary: string | null;
  /** The first 600 characters of the text. */
  readonly opening: string;
  readonly image: Image | null;
  readonly published: Date | null;
  readonly modified: Date | null;
  readonly firstSeenAt: Date;
  readonly updatedAt: Date;
  /** When it became news: published, or first seen where the page gives no time (or one in the future). */
  readonly newsAt: Date;
  readonly lang: string;
  readonly labels: Classification;
  /** What the publisher says of its use; null: nothing. */
  readonly rights: Rights | null;
  readonly paywalled: boolean;
  /** The text is what the page says of itself. */
  readonly stub: string | null;
  readonly liveBlog: boolean;
  readonly opinion: boolean;
}

/** An article as a story shows it. */
export interface StoryArticle extends ArticleCard {
  readonly alsoAt: readonly AlsoAt[];
}

/** An article with its text. */
export interface ArticleView extends StoryArticle {
  /** Sanitised before it was stored. */
  readonly html: string;
  readonly text: string;
  readonly withdrawnAt: Date | null;
}

/** The columns of an article as lists show it. */
export const card = [
  'a.id',
  'a.seq',
  'a.story',
  'a.url',
  'a.source',
  'a.site',
  'a.title',
  'a.byline',
  'a.agency',
  'a.summary',
  sql<string>`left(a.text, 600)`.as('opening'),
  'a.image',
  'a.published',
  'a.modified',
  'a.first_seen_at as firstSeenAt',
  'a.updated_at as updatedAt',
  'a.news_at as newsAt',
  'a.lang',
  'a.labels',
  'a.rights',
  'a.paywalled',
  'a.stub',
  'a.live_blog as liveBlog',
  'a.opinion',
] as const;

const whole = [...card, 'a.html', 'a.text', 'a.withdrawn_at as withdrawnAt'] as const;

/** A word that changes with everything that readers see: what was published, updated or withdrawn, and copies seen elsewhere. */
export async function readingVersion(db: Db): Promise<string> {
  const copies = sql<{ seen: string }>`select coalesce(extract(epoch from max(seen_at)), 0)::text as seen from copies`;
  const [version, { rows }] = await Promise.all([storeVersion(db), copies.execute(db)]);
  return `${version}-${rows[0]?.seen ?? 0}`;
}

/** The newest articles of a filter in the order of their arrival, so that a subscriber who reads often enough misses none. */
export async function latestArticles(db: Db, filter: Filter, limit: number, before?: Cursor): Promise<ArticleView[]> {
  const wholeOf = (asked: Db, found: RawBuilder<unknown>) =>
    asked
      .selectFrom('articles as a')
      .select(whole)
      .where(sql<boolean>`a.seq in (${found})`)
      .orderBy('a.first_seen_at', 'desc')
      .orderBy('a.seq', 'desc')
      .execute();
  const inOrder = sql`order by first_seen_at desc, seq desc limit ${limit}`;
  if (filter.query === undefined) {
    const ask = ({ articles, isWalk }: Among) =>
      wholeOf(db, sql`select a.seq from ${articles} a where ${inFilter(filter, 'a', isWalk)} ${inOrder}`);
    const count = (found: readonly unknown[]): number => found.length;
    return withCopies(db, await newestFirst({ time: 'first_seen_at', before, ask, count, full: limit }));
  }
  const ask = (asked: Db, { articles, isWalk }: Among) =>
    wholeOf(
      asked,
      sql`with found as materialized (select a.seq, a.first_seen_at from ${articles} a where ${inFilter(filter, 'a', isWalk)})
        select seq from found ${inOrder}`,
    );
  const count = (found: readonly unknown[]): number => found.length;
  return withCopies(db, await byWords(db, filter, { time: 'first_seen_at', before, ask, count, full: limit }));
}

/** How many articles stand in these filters together, 100,000 at most. */
export async function countArticlesIn(db: Db, filters: readonly Filter[]): Promise<number> {
  if (filters.length === 0) return 0;
  const either = sql.join(
    filters.map((filter) => inFilter(filter)),
    sql` or `,
  );
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (select from articles a where ${either} limit 100000) found`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The numbers of the newest articles of a filter that arrived after that one. */
export async function newSeqs(db: Db, filter: Filter, after: Cursor, limit: number): Promise<Cursor[]> {
  const rows = await db
    .selectFrom('articles as a')
    .select('a.seq')
    .where('a.seq', '>', after)
    .where(inFilter(filter))
    .orderBy('a.seq', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ seq }) => seq);
}

/** The number of the article that arrived last. */
export async function lastSeq(db: Db): Promise<Cursor> {
  const { rows } = await sql<{ last: Cursor }>`select coalesce(max(seq), 0)::text as last from articles`.execute(db);
  return rows[0]?.last ?? '0';
}

/** One article; undefined when there is none. `id` must be a UUID. */
export async function oneArticle(db: Db, id: string): Promise<ArticleView | undefined> {
  const articles = await db.selectFrom('articles as a').select(whole).where('a.id', '=', id).execute();
  return (await withCopies(db, articles))[0];
}

/** The articles of a story, the first told first; empty when there is no such story. `story` must be a UUID. */
export async function storyArticles(db: Db, story: string, limit = 200): Promise<StoryArticle[]> {
  const articles = await db
    .selectFrom('articles as a')
    .select(card)
    .where('a.story', '=', story)
    .where('a.withdrawn_at', 'is', null)
    .orderBy('a.news_at')
    .orderBy('a.seq')
    .limit(limit)
    .execute();
  return withCopies(db, articles);
}

/** How many articles of a story there are. */
export async function storySize(db: Db, story: string): Promise<number> {
  const row = await db
    .selectFrom('articles')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('story', '=', story)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** An earlier version of an article. */
export interface Revision {
  readonly replacedAt: Date;
  readonly title: string;
  readonly text: string;
}

/** The earlier versions of an article, the last first. */
export const revisionsOf = (db: Db, article: string, limit = 20): Promise<Revision[]> =>
  db
    .selectFrom('revisions')
    .select(['replaced_at as replacedAt', 'title', 'text'])
    .where('article', '=', article)
    .orderBy('replaced_at', 'desc')
    .limit(limit)
    .execute();

/** What copies of an article tell otherwise than it does, by the address of the copy. Those that tell the same are left out. */
export async function differencesOf(db: Db, article: string): Promise<ReadonlyMap<string, Difference>> {
  const rows = await db
    .selectFrom('copies')
    .select(['url', 'difference'])
    .where('article', '=', article)
    .where('difference', 'is not', null)
    .execute();
  return new Map(
    rows.flatMap(({ url, difference }) => (difference && tellsOtherwise(difference) ? [[url, difference]] : [])),
  );
}

const tellsOtherwise = ({ added, cut, figures }: Difference): boolean => added.length + cut.length + figures.length > 0;

/** The articles with the places at which copies of them stand. */
export async function withCopies<Row extends { readonly id: string }>(
  db: Db,
  articles: readonly Row[],
): Promise<(Row & { alsoAt: AlsoAt[] })[]> {
  if (articles.length === 0) return [];
  const copies = await db
    .selectFrom('copies')
    .select(['article', 'url', 'source', 'title', 'published', 'seen_at as seenAt', 'share'])
    .where(
      'article',
      'in',
      articles.map((article) => article.id),
    )
    .orderBy('seen_at')
    .execute();
  const byArticle = Map.groupBy(copies, (copy) => copy.article);
  return articles.map((article) => ({ ...article, alsoAt: byArticle.get(article.id) ?? [] }));
}

/** Articles by their numbers, the newest first; those that are not there are left out. */
export async function articlesBySeq(db: Db, seqs: readonly Cursor[]): Promise<ArticleView[]> {
  if (seqs.length === 0) return [];
  const articles = await db
    .selectFrom('articles as a')
    .select(whole)
    .where('a.seq', 'in', [...seqs])
    .where('a.withdrawn_at', 'is', null)
    .orderBy('a.seq', 'desc')
    .execute();
  return withCopies(db, articles);
}
