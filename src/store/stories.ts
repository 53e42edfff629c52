import { sql } from 'kysely';
import type { GrownStory } from '../dedupe/stories.ts';
import type { Instant, StoryId } from '../domain/article.ts';
import type { Db } from './db.ts';
import { packMarks } from './packed-marks.ts';
import { packTerms } from './packed-terms.ts';
import { spread } from './spread.ts';

/** A story as it is now. */
export interface ChangedStory {
  readonly id: StoryId;
  readonly story: Pick<GrownStory, 'articles' | 'first' | 'latest' | 'terms' | 'marks' | 'leading'>;
  /** When its article appeared, for a story that has no other time. */
  readonly at: Instant;
}

/** Writes stories as they are now, each of them once. */
export async function writeStories(db: Db, changed: readonly ChangedStory[]): Promise<void> {
  const leading = changed.map(({ story }) => [...story.leading]);
  const all = leading.flat();
  await sql`
    with given as (
      select id, articles, first_at, latest_at, vector, marks, found_by::int[] as found_by, ordinal
      from unnest(${changed.map(({ id }) => id)}::uuid[], ${changed.map(({ story }) => story.articles)}::int[],
        ${changed.map(({ story, at }) => story.first ?? at)}::timestamptz[], ${changed.map(({ story, at }) => story.latest ?? at)}::timestamptz[],
        ${changed.map(({ story }) => packTerms(story.terms))}::bytea[], ${changed.map(({ story }) => packMarks(story.marks))}::bytea[],
        ${leading.map((terms) => `{${terms.map(([term]) => term)}}`)}::text[]
      ) with ordinality as given (id, articles, first_at, latest_at, vector, marks, found_by, ordinal)
    ), before as (
      select stories.number, stories.found_by, given.found_by as found_now from stories join given using (id)
    ), story as (
      insert into stories (id, articles, first_at, latest_at, vector, marks, found_by)
      select id, articles, first_at, latest_at, vector, marks, found_by from given order by ordinal
      on conflict (id) do update set
        articles = excluded.articles, first_at = excluded.first_at, latest_at = excluded.latest_at,
        vector = excluded.vector, marks = excluded.marks, found_by = excluded.found_by
      returning number, id
    ), gone as (
      delete from story_terms using before
      where story = before.number and term = any(before.found_by) and term <> all(before.found_now)
    )
    insert into story_terms (term, story, weight, first_minute, latest_minute)
    select found.term, story.number, found.weight, ${minuteOf('given.first_at')}, ${minuteOf('given.latest_at')}
    from unnest(${all.map(([term]) => term)}::int[], ${all.map(([, weight]) => weight)}::real[],
      ${spread(leading.map((terms) => terms.length))}::int[]) as found (term, weight, index)
    join given on given.ordinal = found.index + 1 join story using (id)
    on conflict (term, story) do update set
      weight = excluded.weight, first_minute = excluded.first_minute, latest_minute = excluded.latest_minute`.execute(
    db,
  );
}

const minuteOf = (column: string) => sql`floor(extract(epoch from ${sql.ref(column)}) / 60)`;

/**
 * Makes stories part of another, or takes articles from one, as far as they are written: articles change over, and nothing is found by
 * what a story that is gone led with.
 */
export async function moveArticles(db: Db, into: StoryId, { absorbs, takes }: GrownStory): Promise<void> {
  if (absorbs.length > 0) await absorb(db, into, absorbs);
  if (takes.length > 0) {
    await db
      .updateTable('articles')
      .set({ story: into })
      .where('id', '=', sql<string>`any(${[...takes]}::uuid[])`)
      .execute();
  }
}

async function absorb(db: Db, into: StoryId, gone: readonly StoryId[]): Promise<void> {
  await db
    .updateTable('articles')
    .set({ story: into })
    .where('story', '=', sql<string>`any(${[...gone]}::uuid[])`)
    .execute();
  await sql`
    with gone as (
      delete from stories where id = any(${[...gone]}::uuid[]) returning number, found_by
    )
    delete from story_terms using gone where story = gone.number and term = any(gone.found_by)`.execute(db);
}

/**
 * Forgets the terms of stories whose latest article is older than `before`: nothing joins them any more, and the index of terms stays
 * as large as what is open. Their articles and ids stay. Cheap when there is nothing to do.
 * @param before well more than `openDays` ago: a story may go on after a pause
 */
export async function closeStories(db: Db, before: Date): Promise<void> {
  await sql`
    with closed as (
      select id, number, found_by from stories where found_by <> '{}' and latest_at < ${before}
      order by latest_at limit 1000 for update skip locked
    ), unled as (
      delete from story_terms using closed where story = closed.number and term = any(closed.found_by)
    )
    update stories set vector = '', marks = '', found_by = '{}' from closed where stories.id = closed.id`.execute(db);
}
