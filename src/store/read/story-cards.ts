import { sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import { searchQuery } from '../search.ts';
import { type ArticleCard, type Cursor, card } from './articles.ts';
import { byWords } from './by-words.ts';
import { chooseFace } from './choose-face.ts';
import { inFilter } from './filter.ts';
import { type Among, isOlder, newestFirst } from './newest-first.ts';

/** A story as lists show it. */
export interface StoryCard {
  readonly story: string;
  /** The newest article of the filter: its place in the list. */
  readonly newest: { readonly seq: Cursor; readonly newsAt: Date };
  /** The article of the filter that stands for the story. */
  readonly face: ArticleCard;
  /** All articles of the story, whatever the filter. */
  readonly articles: number;
  /** Ids of all sources that tell it, who told it first in front; copies included. */
  readonly sources: readonly string[];
  /** Sources that tell it in words of their own: an article that is no copy. */
  readonly independent: number;
  /** Languages in which it is told. */
  readonly langs: readonly string[];
}

/** Articles of one story that are compared; of more the longest with a text. */
const mostCandidates = 12;

/** The face of each story, chosen among its articles in the filter; see `chooseFace`. */
export async function facesOf(
  db: Db,
  stories: readonly string[],
  filter: Filter,
): Promise<ReadonlyMap<string, ArticleCard>> {
  if (stories.length === 0) return new Map();
  // The size of the stored text is that after compression, which tells the longer text without reading it.
  const candidates = await db
    .selectFrom('articles as a')
    .select([...card, sql<number>`pg_column_size(a.text)`.as('size')])
    .where(
      sql<boolean>`a.seq in (select seq from (
        select a.seq, row_number() over (partition by a.story order by a.text = '', pg_column_size(a.text) desc, a.seq) as place
        from articles a where a.story = any(${[...stories]}::uuid[]) and ${inFilter(filter)}) placed
        where place <= ${sql.lit(mostCandidates)})`,
    )
    .execute();
  const faces = [...Map.groupBy(candidates, ({ story }) => story)].flatMap(([story, of]) => {
    const chosen = chooseFace(of);
    if (!chosen) return [];
    const { size: _size, ...face } = chosen;
    return [[story, face] as const];
  });
  return new Map(faces);
}

/** The face of one story; undefined when it has no article. `story` must be a UUID. */
export const faceOf = async (db: Db, story: string): Promise<ArticleCard | undefined> =>
  (await facesOf(db, [story], {})).get(story);

type Place = Pick<StoryCard, 'story' | 'newest'>;

/** Stories with all that lists show of them; those that were taken down meanwhile are left out. */
async function cardsOf(db: Db, places: readonly Place[], filter: Filter): Promise<StoryCard[]> {
  const stories = places.map(({ story }) => story);
  const [faces, tellers] = await Promise.all([facesOf(db, stories, filter), storyTellers(db, stories)]);
  return places.flatMap(({ story, newest }) => {
    const [face, told] = [faces.get(story), tellers.get(story)];
    if (!face || !told) return [];
    const { articles, sources, independent, langs } = told;
    return [{ story, newest, face, articles, sources, independent, langs }];
  });
}

/** The newest stories of a filter, by their newest article in it. */
export async function latestStories(db: Db, filter: Filter, limit: number, before?: Cursor): Promise<StoryCard[]> {
  const places =
    filter.query === undefined
      ? await newestPlaces(db, filter, limit, before)
      : await newestFound(db, filter, limit, before);
  return cardsOf(db, places, filter);
}

/** Goes through the articles from the newest on. */
async function newestPlaces(db: Db, filter: Filter, limit: number, before: Cursor | undefined): Promise<Place[]> {
  const ask = async ({ articles, isWalk }: Among) => {
    const { rows } = await sql<PlaceRow>`
      select a.story, a.seq, a.news_at as "newsAt" from ${articles} a where ${inFilter(filter, 'a', isWalk)}
        and not exists (select from articles newer where newer.story = a.story
          and (newer.news_at, newer.seq) > (a.news_at, a.seq) and ${inFilter(filter, 'newer')})
      order by a.news_at desc, a.seq desc limit ${limit}`.execute(db);
    return rows;
  };
  const rows = await newestFirst({ time: 'news_at', before, ask, count: (found) => found.length, full: limit });
  return rows.map(placeOf);
}

/** Takes all that a search finds, and the newest of each story. */
async function newestFound(db: Db, filter: Filter, limit: number, before: Cursor | undefined): Promise<Place[]> {
  const ask = async (asked: Db, { articles, isWalk }: Among) => {
    const { rows } = await sql<PlaceRow>`
      with found as materialized (select a.story, a.seq, a.news_at from ${articles} a where ${inFilter(filter, 'a', isWalk)}),
        newest as (select distinct on (story) story, seq, news_at from found order by story, news_at desc, seq desc)
      select story, seq, news_at as "newsAt" from newest where ${isOlder('news_at', before)} order by news_at desc, seq desc limit ${limit}`.execute(
      asked,
    );
    return rows;
  };
  // The place is left to the question: whether a story was shown before is told by its newest article of all.
  const rows = await byWords(db, filter, { time: 'news_at', ask, count: (found) => found.length, full: limit });
  return rows.map(placeOf);
}

interface PlaceRow {
  readonly story: string;
  readonly seq: Cursor;
  readonly newsAt: Date;
}

const placeOf = ({ story, seq, newsAt }: PlaceRow): Place => ({ story, newest: { seq, newsAt } });

/** Relevance is told among so many of the newest articles that fit; of a large store at least among these. */
const ranked = 1000;
const enoughRanked = 300;

/** The stories of a search by their best article: how often its words stand there, in the headline above all, and how near to one another. */
export async function relevantStories(db: Db, filter: Filter, limit: number): Promise<StoryCard[]> {
  const query = searchQuery(filter.query ?? '');
  const ask = async (asked: Db, { articles, isWalk }: Among) => {
    const { rows } = await sql<PlaceRow & { found: number }>`
      with found as materialized (select a.seq, a.news_at from ${articles} a where ${inFilter(filter, 'a', isWalk)}),
        latest as materialized (select seq from found order by news_at desc, seq desc limit ${ranked}),
        weighed as (
          select a.story, a.seq, a.news_at, ts_rank(a.search, ${query}, 1) as rank from latest join articles a using (seq))
      select story, max(seq) as seq, max(news_at) as "newsAt", (select count(*)::int from latest) as found
      from weighed group by story order by max(rank) desc, max(news_at) desc limit ${limit}`.execute(asked);
    return rows;
  };
  const count = ([first]: readonly { readonly found: number }[]): number => first?.found ?? 0;
  const rows = await byWords(db, filter, { time: 'news_at', ask, count, full: ranked, enough: enoughRanked });
  return cardsOf(db, rows.map(placeOf), filter);
}

/** What a story's weight is made of. */
export interface StoryStanding {
  readonly story: string;
  readonly newest: { readonly seq: Cursor; readonly newsAt: Date };
  /** Outlets of the filter with an article of their own. */
  readonly outlets: number;
  readonly langs: number;
  /** Countries where these outlets sit. */
  readonly countries: number;
}

/** The stories of a filter that several outlets have told since then. */
export async function widelyTold(db: Db, filter: Filter, since: Date, limit = 100): Promise<StoryStanding[]> {
  const { rows } = await sql<{
    story: string;
    seq: string;
    newsAt: Date;
    outlets: number;
    langs: number;
    countries: number;
  }>`
    select a.story, max(a.seq) as seq, max(a.news_at) as "newsAt", count(distinct a.source)::int as outlets,
      count(distinct a.lang)::int as langs, count(distinct s.settings->>'country')::int as countries
    from articles a left join sources s on s.id = a.source
    where ${inFilter(filter, 'a', true)} and a.news_at > ${since}
    group by a.story having count(distinct a.source) > 1
    order by outlets desc, max(a.news_at) desc limit ${limit}`.execute(db);
  return rows.map(({ story, seq, newsAt, ...rest }) => ({ story, newest: { seq, newsAt }, ...rest }));
}

/** The cards of chosen stories, in that order. */
export const storyCards = (db: Db, places: readonly Place[], filter: Filter): Promise<StoryCard[]> =>
  cardsOf(db, places, filter);

interface Tellers {
  readonly story: string;
  readonly articles: number;
  readonly sources: string[];
  readonly independent: number;
  readonly langs: string[];
}

async function storyTellers(db: Db, stories: readonly string[]): Promise<ReadonlyMap<string, Tellers>> {
  const { rows } = await sql<Tellers>`
    with told as (
      select story, id, source, lang, news_at as at, true as own from articles
        where story = any(${stories}::uuid[]) and withdrawn_at is null
      union all
      select a.story, a.id, c.source, a.lang, c.seen_at, false from copies c join articles a on a.id = c.article
        where a.story = any(${stories}::uuid[]) and a.withdrawn_at is null),
    first as (select story, source, min(at) as at, bool_or(own) as own from told group by story, source)
    select story, array_agg(source order by at, source) as sources, count(*) filter (where own)::int as independent,
      (select count(distinct id)::int from told where told.story = first.story) as articles,
      (select array_agg(distinct lang order by lang) from told where told.story = first.story) as langs
    from first group by story`.execute(db);
  return new Map(rows.map((row) => [row.story, row]));
}
