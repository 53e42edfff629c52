import { sql } from 'kysely';
import type { Instant, StoryId } from '../article.ts';
import { type KnownStory, openDays, storyLimit, type TermCounts } from '../dedupe/dedupe-index.ts';
import { joinStory } from '../dedupe/stories.ts';
import type { StoryTerms } from '../dedupe/story-terms.ts';
import type { Db } from './db.ts';

/** Term under which all articles are counted. */
const allArticles = 0;
/** One article in so many counts, for all: a row written for each word of each article would cost more than the article itself. */
const countedOneIn = 8;
/** Of a term that leads more stories only the latest are looked at. */
const storiesPerTerm = 64;

export async function readTermCounts(db: Db, terms: readonly number[]): Promise<TermCounts> {
  const { rows } = await sql<{ term: number; articles: number }>`
    select term, articles from term_counts where term = any(${[allArticles, ...terms]}::int[])`.execute(db);
  const holding = new Map(rows.map((row) => [row.term, row.articles]));
  return { articles: holding.get(allArticles) ?? 0, holding };
}

interface StoryRow {
  readonly id: string;
  readonly articles: number;
  readonly first_at: Date;
  readonly latest_at: Date;
  readonly terms: number[];
  readonly weights: number[];
}

/** Open stories found by their leading terms; see `DedupeIndex.byTerms`. */
export async function storiesByTerms(db: Db, terms: StoryTerms, at: Instant | undefined): Promise<KnownStory[]> {
  const margin = sql`make_interval(days => ${sql.lit(openDays)})`;
  const open = at
    ? sql`and stories.first_at <= ${at}::timestamptz + ${margin} and stories.latest_at >= ${at}::timestamptz - ${margin}`
    : sql``;
  const { rows } = await sql<StoryRow>`
    with hits as (
      select held.story, sum(held.weight * wanted.weight) as product
      from unnest(${[...terms.keys()]}::int[], ${[...terms.values()]}::real[]) as wanted (term, weight)
      cross join lateral (
        select story, weight from story_terms where term = wanted.term order by story desc limit ${sql.lit(storiesPerTerm)}
      ) as held
      group by held.story
    )
    select stories.id, stories.articles, stories.first_at, stories.latest_at, stories.terms, stories.weights
    from hits join stories on stories.number = hits.story ${open}
    order by hits.product desc, stories.number
    limit ${sql.lit(storyLimit)}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    articles: row.articles,
    first: row.first_at.toISOString(),
    latest: row.latest_at.toISOString(),
    terms: new Map(row.terms.map((term, place) => [term, row.weights[place] ?? 0])),
  }));
}

/** Adds an article to its story, which it opens if there is none of that id. */
export async function joinStoryRow(db: Db, id: StoryId, article: StoryTerms, at: Instant): Promise<void> {
  const before = await db
    .selectFrom('stories')
    .select(['terms', 'weights', 'found_by'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  const termsBefore = before && new Map(before.terms.map((term, place) => [term, before.weights[place] ?? 0]));
  const counts = await readTermCounts(db, [...new Set([...(before?.terms ?? []), ...article.keys()])]);
  const { terms, leading } = joinStory(termsBefore, article, counts);
  const gone = before?.found_by.filter((term) => !leading.has(term)) ?? [];
  const added = [...leading.keys()].filter((term) => !before?.found_by.includes(term));
  const addedWeights = added.map((term) => leading.get(term) ?? 0);
  await sql`
    with story as (
      insert into stories (id, articles, first_at, latest_at, terms, weights, found_by)
      values (${id}, 1, ${at}, ${at}, ${[...terms.keys()]}, ${[...terms.values()]}, ${[...leading.keys()]})
      on conflict (id) do update set
        articles = stories.articles + 1,
        first_at = least(stories.first_at, excluded.first_at),
        latest_at = greatest(stories.latest_at, excluded.latest_at),
        terms = excluded.terms, weights = excluded.weights, found_by = excluded.found_by
      returning number
    ), gone as (
      delete from story_terms using story where story = story.number and term = any(${gone}::int[])
    )
    insert into story_terms (term, story, weight)
    select added.term, story.number, added.weight
    from story, unnest(${added}::int[], ${addedWeights}::real[]) as added (term, weight)
    on conflict do nothing`.execute(db);
}

/** Counts the article's terms, if it is one of those that count (by its hash, so that a retry does the same). */
export async function countTerms(db: Db, article: StoryTerms, hash: number): Promise<void> {
  const { articles } = await readTermCounts(db, []);
  // While there are few, each one counts: a sample of a handful says nothing.
  const weight = articles < 2000 ? 1 : countedOneIn;
  if (weight > 1 && (hash >>> 0) % countedOneIn !== 0) return;
  // In order, so that two transactions never wait for each other.
  const terms = [allArticles, ...article.keys()].sort((a, b) => a - b);
  await sql`
    insert into term_counts (term, articles) select unnest(${terms}::int[]), ${sql.lit(weight)}
    on conflict (term) do update set articles = term_counts.articles + ${sql.lit(weight)}`.execute(db);
}
