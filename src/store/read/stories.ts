import { sql } from 'kysely';
import { appearedAt } from '../../dedupe/decide.ts';
import { type KnownStory, openDays, type StoryMember, storiesPerTerm, storyLimit } from '../../dedupe/story-index.ts';
import { type StoryTerms, storyTerms } from '../../dedupe/story-terms.ts';
import { wordsOf } from '../../dedupe/words.ts';
import type { Instant, StoryId } from '../../domain/article.ts';
import type { Db } from '../db.ts';
import { unpackTerms } from '../packed-terms.ts';

interface StoryRow {
  readonly id: string;
  readonly articles: number;
  readonly first_at: Date;
  readonly latest_at: Date;
  readonly vector: Buffer;
}

/** Stories found by their leading terms; see `StoryIndex.byTerms`. */
export async function storiesByTerms(db: Db, terms: StoryTerms, at: Instant | undefined): Promise<KnownStory[]> {
  const margin = sql`make_interval(days => ${sql.lit(openDays)})`;
  const closed = at
    ? sql`(stories.first_at > ${at}::timestamptz + ${margin} or stories.latest_at < ${at}::timestamptz - ${margin}),`
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
    select stories.id, stories.articles, stories.first_at, stories.latest_at, stories.vector
    from hits join stories on stories.number = hits.story
    order by ${closed} hits.product desc, stories.number
    limit ${sql.lit(storyLimit)}`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    articles: row.articles,
    first: row.first_at.toISOString(),
    latest: row.latest_at.toISOString(),
    terms: unpackTerms(row.vector),
  }));
}

/** The articles of stories with their terms, made anew from the texts; see `StoryIndex.members`. */
export async function storyMembers(db: Db, stories: readonly StoryId[], limit: number): Promise<StoryMember[]> {
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'title', 'text', 'published', 'first_seen_at'])
    .where('story', '=', sql<string>`any(${[...stories]}::uuid[])`)
    .orderBy('seq')
    .limit(limit)
    .execute();
  const members = rows.map((row) => ({
    id: row.id,
    at: appearedAt(row.published?.toISOString(), row.first_seen_at.toISOString()),
    terms: storyTerms(wordsOf(row.title), wordsOf(row.text)),
  }));
  return members.sort((a, b) => a.at.localeCompare(b.at));
}
