import { type RawBuilder, sql } from 'kysely';
import type { Classification, Image } from '../article.ts';
import type { Db } from './db.ts';
import { storeVersion } from './events.ts';

/** The part of the wire that is asked for. All that is given must hold at once. */
export interface Cut {
  /** A country (`RS`) or the id of a region (`balkans`, `039`). */
  readonly region?: string;
  /** IPTC Media Topic id, `11000000`. */
  readonly topic?: string;
  /** ISO 639 code, `sr`. */
  readonly lang?: string;
  /** Id of a source. */
  readonly source?: string;
  /** Words to search for, as PostgreSQL's `websearch_to_tsquery` reads them. */
  readonly query?: string;
}

/** A place in a list: the `seq` of the last article before it. */
export type Cursor = string;

/** The same article at another outlet. */
interface AlsoAt {
  readonly url: string;
  readonly source: string;
  readonly title: string;
  readonly published: Date | null;
  readonly seenAt: Date;
  /** Share of the kept article's text that the copy holds, 0…1. */
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
  readonly paywalled: boolean;
  readonly liveBlog: boolean;
  readonly opinion: boolean;
}

/** An article with its text. */
export interface ArticleView extends ArticleCard {
  /** Sanitised before it was stored. */
  readonly html: string;
  readonly text: string;
  readonly withdrawnAt: Date | null;
  readonly alsoAt: readonly AlsoAt[];
}

/** A story as lists show it: its newest article of the cut, and who tells it. */
export interface StoryCard {
  readonly lead: ArticleCard;
  /** All articles of the story, whatever the cut. */
  readonly articles: number;
  /** Ids of all sources that tell it, those of copies included; the lead's first. */
  readonly sources: readonly string[];
}

/** How many of the newest articles of a cut carry a label. */
export interface FacetCount {
  readonly id: string;
  readonly count: number;
}

export interface Facets {
  readonly countries: readonly FacetCount[];
  readonly regions: readonly FacetCount[];
  readonly topics: readonly FacetCount[];
  readonly langs: readonly FacetCount[];
  readonly sources: readonly FacetCount[];
}

const card = [
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
  'a.paywalled',
  'a.live_blog as liveBlog',
  'a.opinion',
] as const;

const whole = [...card, 'a.html', 'a.text', 'a.withdrawn_at as withdrawnAt'] as const;

type Alias = 'a' | 'newer';

/** Whether the article of that alias is in the cut and was not withdrawn. */
function inCut(cut: Cut, alias: Alias = 'a'): RawBuilder<boolean> {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${alias}.${name}`);
  const conditions = [sql`${column('withdrawn_at')} is null`];
  if (cut.region !== undefined) {
    // Countries are two capital letters, regions never are.
    const labels = column(/^[A-Z]{2}$/.test(cut.region) ? 'countries' : 'regions');
    conditions.push(sql`${labels} @> array[${cut.region}]::text[]`);
  }
  if (cut.topic !== undefined) conditions.push(sql`${column('topics')} @> array[${cut.topic}]::text[]`);
  if (cut.lang !== undefined) conditions.push(sql`${column('lang')} = ${cut.lang}`);
  if (cut.source !== undefined) {
    // As the one that was kept or as a copy: who follows a source misses nothing of it.
    conditions.push(sql`${column('id')} in (
      select id from articles where source = ${cut.source} union all select article from copies where source = ${cut.source})`);
  }
  if (cut.query !== undefined)
    conditions.push(sql`${column('search')} @@ websearch_to_tsquery('simple', ${cut.query})`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** A word that changes with everything that readers see: what was published, updated or withdrawn, and copies seen elsewhere. */
export async function readingVersion(db: Db): Promise<string> {
  const { rows } = await sql<{
    seen: string;
  }>`select coalesce(extract(epoch from max(seen_at)), 0)::text as seen from copies`.execute(db);
  return `${await storeVersion(db)}-${rows[0]?.seen ?? 0}`;
}

/** The newest articles of a cut in the order of their arrival, so that a subscriber who reads often enough misses none. */
export async function latestArticles(db: Db, cut: Cut, limit: number, before?: Cursor): Promise<ArticleView[]> {
  let query = db.selectFrom('articles as a').select(whole).where(inCut(cut));
  if (before !== undefined)
    query = query.where(
      sql<boolean>`(a.first_seen_at, a.seq) < (select first_seen_at, seq from articles where seq = ${before})`,
    );
  const articles = await query.orderBy('a.first_seen_at', 'desc').orderBy('a.seq', 'desc').limit(limit).execute();
  return withCopies(db, articles);
}

/** One article; undefined when there is none. `id` must be a UUID. */
export async function oneArticle(db: Db, id: string): Promise<ArticleView | undefined> {
  const articles = await db.selectFrom('articles as a').select(whole).where('a.id', '=', id).execute();
  return (await withCopies(db, articles))[0];
}

/** All articles of a story, the first told first; empty when there is no such story. */
export async function storyArticles(db: Db, story: string, limit = 200): Promise<ArticleView[]> {
  const articles = await db
    .selectFrom('articles as a')
    .select(whole)
    .where('a.story', '=', story)
    .where('a.withdrawn_at', 'is', null)
    .orderBy('a.news_at')
    .orderBy('a.seq')
    .limit(limit)
    .execute();
  return withCopies(db, articles);
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

async function withCopies<Row extends { readonly id: string }>(
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

/** The newest stories of a cut, by their newest article in it. */
export async function latestStories(db: Db, cut: Cut, limit: number, before?: Cursor): Promise<StoryCard[]> {
  let query = db
    .selectFrom('articles as a')
    .select(card)
    .where(inCut(cut))
    .where(
      sql<boolean>`not exists (select from articles newer
        where newer.story = a.story and (newer.news_at, newer.seq) > (a.news_at, a.seq) and ${inCut(cut, 'newer')})`,
    );
  if (before !== undefined)
    query = query.where(sql<boolean>`(a.news_at, a.seq) < (select news_at, seq from articles where seq = ${before})`);
  const leads = await query.orderBy('a.news_at', 'desc').orderBy('a.seq', 'desc').limit(limit).execute();
  const tellers = await storyTellers(
    db,
    leads.map((lead) => lead.story),
  );
  return leads.map((lead) => {
    const told = tellers.get(lead.story);
    const others = told?.sources.filter((source) => source !== lead.source) ?? [];
    return { lead, articles: told?.articles ?? 1, sources: [lead.source, ...others] };
  });
}

async function storyTellers(
  db: Db,
  stories: readonly string[],
): Promise<Map<string, { articles: number; sources: string[] }>> {
  const { rows } = await sql<{ story: string; articles: number; sources: string[] }>`
    with told as (
      select story, id, source, news_at as at from articles where story = any(${stories}::uuid[]) and withdrawn_at is null
      union all
      select a.story, a.id, c.source, c.seen_at from copies c join articles a on a.id = c.article
        where a.story = any(${stories}::uuid[]) and a.withdrawn_at is null),
    first as (select story, source, min(at) as at from told group by story, source)
    select story, array_agg(source order by at, source) as sources,
      (select count(distinct id)::int from told where told.story = first.story) as articles
    from first group by story`.execute(db);
  return new Map(rows.map((row) => [row.story, row]));
}

/** What the newest articles of a cut are about: counts over the newest `of` articles, most frequent first. */
export async function facets(db: Db, cut: Cut, of = 2000): Promise<Facets> {
  const { rows } = await sql<{ kind: keyof Facets; id: string; count: number }>`
    with newest as (
      select a.countries, a.regions, a.topics, a.lang, a.source from articles a where ${inCut(cut)}
      order by a.news_at desc, a.seq desc limit ${of})
    select 'countries' as kind, id, count(*)::int as count from newest, unnest(countries) as id group by id
    union all select 'regions', id, count(*)::int from newest, unnest(regions) as id group by id
    union all select 'topics', id, count(*)::int from newest, unnest(topics) as id group by id
    union all select 'langs', lang, count(*)::int from newest group by lang
    union all select 'sources', source, count(*)::int from newest group by source
    order by count desc, id`.execute(db);
  const counts = (kind: keyof Facets): FacetCount[] =>
    rows.filter((row) => row.kind === kind).map(({ id, count }) => ({ id, count }));
  return {
    countries: counts('countries'),
    regions: counts('regions'),
    topics: counts('topics'),
    langs: counts('langs'),
    sources: counts('sources'),
  };
}

/** What readers are told of a source. */
export interface Outlet {
  readonly id: string;
  readonly name: string;
  /** The outlet's own site. */
  readonly url: string | undefined;
  /** Whether the public may get the full text. */
  readonly content: 'full' | 'summary';
}

/** Every source that is or was listed, by id. */
export async function outlets(db: Db): Promise<ReadonlyMap<string, Outlet>> {
  const rows = await db.selectFrom('sources').select(['id', 'settings']).orderBy('id').execute();
  return new Map(
    rows.map(({ id, settings }) => [
      id,
      {
        id,
        name: typeof settings.name === 'string' ? settings.name : id,
        url: typeof settings.home === 'string' ? settings.home : undefined,
        content: settings.content === 'full' ? 'full' : 'summary',
      },
    ]),
  );
}

/** Whether a source is or was listed. */
export async function hasSource(db: Db, id: string): Promise<boolean> {
  const row = await db.selectFrom('sources').select('id').where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

export async function sourceIds(db: Db, limit: number): Promise<string[]> {
  const rows = await db.selectFrom('sources').select('id').orderBy('id').limit(limit).execute();
  return rows.map((row) => row.id);
}
