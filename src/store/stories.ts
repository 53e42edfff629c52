import { sql } from 'kysely';
import type { GrownStory, StoryChange } from '../dedupe/stories.ts';
import type { Instant, StoryId } from '../domain/article.ts';
import type { Db } from './db.ts';
import { packMarks } from './packed-marks.ts';
import { packTerms } from './packed-terms.ts';

/** Writes what an article's coming makes of the stories; `id` is that of its own story. The article itself is written already. */
export async function writeStories(db: Db, id: StoryId, { story, others }: StoryChange, at: Instant): Promise<void> {
  await writeStory(db, id, story, at);
  for (const other of others) if (other.id !== undefined) await writeStory(db, other.id, other, at);
}

/** Writes a story as it is now. `at`: when its article appeared, for a story that has no other time. */
async function writeStory(db: Db, id: StoryId, story: GrownStory, at: Instant): Promise<void> {
  if (story.absorbs.length > 0) await absorb(db, id, story.absorbs);
  if (story.takes.length > 0) {
    await db
      .updateTable('articles')
      .set({ story: id })
      .where('id', '=', sql<string>`any(${[...story.takes]}::uuid[])`)
      .execute();
  }
  const leading = [...story.leading.keys()];
  await sql`
    with before as (
      select number, found_by from stories where id = ${id}
    ), story as (
      insert into stories (id, articles, first_at, latest_at, vector, marks, found_by)
      values (${id}, ${story.articles}, ${story.first ?? at}, ${story.latest ?? at}, ${packTerms(story.terms)}, ${packMarks(story.marks)}, ${leading})
      on conflict (id) do update set
        articles = excluded.articles, first_at = excluded.first_at, latest_at = excluded.latest_at,
        vector = excluded.vector, marks = excluded.marks, found_by = excluded.found_by
      returning number
    ), gone as (
      delete from story_terms using before
      where story = before.number and term = any(before.found_by) and term <> all(${leading}::int[])
    )
    insert into story_terms (term, story, weight)
    select found.term, story.number, found.weight
    from story, unnest(${leading}::int[], ${[...story.leading.values()]}::real[]) as found (term, weight)
    on conflict (term, story) do update set weight = excluded.weight`.execute(db);
}

/** Makes stories part of another: their articles change over, and nothing is found by what they led with. */
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
