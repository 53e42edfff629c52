import { sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import { type ArticleView, articlesBySeq, card, type StoryArticle, withCopies } from './articles.ts';
import { inFilter } from './filter.ts';
import { type Among, newestFirst } from './newest-first.ts';
import { facesOf } from './story-cards.ts';

/** A story as a feed tells it. */
export interface ToldStory {
  readonly story: string;
  /** The article of the filter that stands for it. */
  readonly face: ArticleView;
  /** The story's articles whatever the filter, the first told first. */
  readonly articles: readonly StoryArticle[];
}

/** Of a longer story a feed names the first articles only. */
const mostNamed = 40;

/** The stories of a filter to which something was added last, by the order of arrival: a subscriber who reads often enough misses none. */
export async function latestToldStories(db: Db, filter: Filter, limit: number): Promise<ToldStory[]> {
  const ask = async ({ articles, isWalk }: Among) => {
    const { rows } = await sql<{ story: string }>`
      select a.story from ${articles} a where ${inFilter(filter, 'a', isWalk)} and not exists (
        select from articles newer where newer.story = a.story
          and (newer.first_seen_at, newer.seq) > (a.first_seen_at, a.seq) and ${inFilter(filter, 'newer')})
      order by a.first_seen_at desc, a.seq desc limit ${limit}`.execute(db);
    return rows;
  };
  const count = (found: readonly unknown[]): number => found.length;
  const rows =
    filter.query === undefined
      ? await newestFirst({ time: 'first_seen_at', ask, count, full: limit })
      : await ask({ articles: sql`articles`, isWalk: false });
  return toldStories(
    db,
    rows.map(({ story }) => story),
    filter,
  );
}

/** The stories of chosen articles, in their order. */
export async function storiesOfSeqs(db: Db, seqs: readonly string[], filter: Filter): Promise<ToldStory[]> {
  const { rows } = await sql<{ story: string }>`
    select story from articles join unnest(${seqs}::bigint[]) with ordinality as wanted (seq, place) using (seq)
    order by place`.execute(db);
  return toldStories(
    db,
    rows.map(({ story }) => story),
    filter,
  );
}

async function toldStories(db: Db, stories: readonly string[], filter: Filter): Promise<ToldStory[]> {
  if (stories.length === 0) return [];
  const [faces, articles] = await Promise.all([facesOf(db, stories, filter), namedArticles(db, stories)]);
  const views = await articlesBySeq(
    db,
    [...faces.values()].map(({ seq }) => seq),
  );
  const face = new Map(views.map((view) => [view.story, view]));
  return stories.flatMap((story) => {
    const found = face.get(story);
    return found ? [{ story, face: found, articles: articles.get(story) ?? [found] }] : [];
  });
}

async function namedArticles(db: Db, stories: readonly string[]): Promise<ReadonlyMap<string, StoryArticle[]>> {
  const rows = await db
    .selectFrom('articles as a')
    .select(card)
    .where(
      sql<boolean>`a.seq in (select told.seq from unnest(${[...stories]}::uuid[]) as wanted (story) cross join lateral (
        select seq from articles where story = wanted.story and withdrawn_at is null order by news_at, seq limit ${mostNamed}) told)`,
    )
    .orderBy('a.news_at')
    .orderBy('a.seq')
    .execute();
  return Map.groupBy(await withCopies(db, rows), ({ story }) => story);
}
