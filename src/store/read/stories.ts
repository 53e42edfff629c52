import { sql } from 'kysely';
import { appearedAt } from '../../dedupe/decide.ts';
import { type KnownStory, openDays, type StoryMember, storiesPerTerm, storyLimit } from '../../dedupe/story-index.ts';
import { outlineOf } from '../../dedupe/story-mark.ts';
import { type StoryTerms, storyTerms } from '../../dedupe/story-terms.ts';
import { wordsOf } from '../../dedupe/words.ts';
import type { Instant, StoryId } from '../../domain/article.ts';
import { dayMs } from '../../domain/time.ts';
import type { Db } from '../db.ts';
import { unpackMarks } from '../packed-marks.ts';
import { unpackTerms } from '../packed-terms.ts';

const minuteMs = 60_000;

interface StoryRow {
  readonly id: string;
  readonly articles: number;
  readonly first_at: Date;
  readonly latest_at: Date;
  readonly vector: Buffer;
  readonly marks: Buffer;
  readonly product: number;
  readonly closed: boolean;
}

/** A story that shares terms. */
export interface FoundStory extends KnownStory {
  /** Sum of products of the weights. */
  readonly product: number;
  /** Told more than `openDays` before or after. */
  readonly closed: boolean;
}

/**
 * Stories found by their leading terms; see `StoryIndex.byTerms`. An article shares a term with hundreds of stories; to fetch each, to see
 * whether it is open, took longer than to find them.
 */
export async function storiesByTerms(db: Db, terms: StoryTerms, at: Instant | undefined): Promise<FoundStory[]> {
  const minute = at === undefined ? null : Date.parse(at) / minuteMs;
  const margin = sql.lit((openDays * dayMs) / minuteMs);
  // What a story remembers is fetched of the best alone. No `select *`: that would be planned anew for each article (`prepared.ts`).
  const { rows } = await sql<StoryRow>`
    with best as materialized (
      select held.story as number, sum(held.weight * wanted.weight) as product,
        coalesce(min(first_minute) > ${minute}::float8 + ${margin} or max(latest_minute) < ${minute}::float8 - ${margin}, false) as closed
      from unnest(${[...terms.keys()]}::int[], ${[...terms.values()]}::real[]) as wanted (term, weight)
      cross join lateral (
        select story, weight, first_minute, latest_minute from story_terms where term = wanted.term
        order by story desc limit ${sql.lit(storiesPerTerm)}
      ) as held
      group by held.story
      order by closed, product desc, number limit ${sql.lit(storyLimit)}
    )
    select id, articles, first_at, latest_at, vector, marks, product, closed from best join stories using (number)
    order by closed, product desc, number`.execute(db);
  return rows.map(foundStory);
}

/** Its marks are read when they are asked for: of most stories the words alone tell that they are others. */
function foundStory(row: StoryRow): FoundStory {
  let marks: KnownStory['marks'] | undefined;
  return {
    id: row.id,
    articles: row.articles,
    first: row.first_at.toISOString(),
    latest: row.latest_at.toISOString(),
    terms: unpackTerms(row.vector),
    product: row.product,
    closed: row.closed,
    get marks() {
      marks ??= unpackMarks(row.marks);
      return marks;
    },
  };
}

/** The articles of stories with their terms, made from the texts; see `StoryIndex.members`. */
export async function storyMembers(db: Db, stories: readonly StoryId[], limit: number): Promise<StoryMember[]> {
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'title', 'text', 'source', 'published', 'first_seen_at'])
    .where('story', '=', sql<string>`any(${[...stories]}::uuid[])`)
    .orderBy('seq')
    .limit(limit)
    .execute();
  const members = rows.map((row) => {
    const at = appearedAt(row.published?.toISOString(), row.first_seen_at.toISOString());
    const { terms, outline } = contentOf(row);
    return { id: row.id, at, source: row.source, terms, outline };
  });
  return members.sort((a, b) => a.at.localeCompare(b.at));
}

interface Content extends Pick<StoryMember, 'terms' | 'outline'> {
  readonly title: string;
  readonly text: string;
}

/** What was made of the articles that were looked at last: a story that grows is looked at again and again, and its articles with it. */
const contents = new Map<string, Content>();
const mostContents = 400;

function contentOf({
  id,
  title,
  text,
}: {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}): Content {
  const known = contents.get(id);
  const content = known?.title === title && known.text === text ? known : readContent(title, text);
  contents.delete(id);
  contents.set(id, content);
  for (const oldest of contents.keys()) {
    if (contents.size <= mostContents) break;
    contents.delete(oldest);
  }
  return content;
}

function readContent(title: string, text: string): Content {
  const [heading, words] = [wordsOf(title), wordsOf(text)];
  return { title, text, terms: storyTerms(heading, words), outline: outlineOf(heading, words) };
}
