import { sql } from 'kysely';
import type { Db } from '../db.ts';

/** An article as work over the whole store reads it. */
export interface WholeArticle {
  /** Its place in the order of arrival. */
  readonly seq: string;
  readonly id: string;
  readonly key: string;
  readonly url: string;
  readonly source: string;
  readonly story: string;
  readonly title: string;
  readonly text: string;
  readonly summary: string | null;
  readonly agency: string | null;
  readonly lang: string;
  readonly section: string | null;
  readonly tags: string[];
  /** What the feed that listed it says it is about. */
  readonly categories: string[];
  readonly published: Date | null;
  readonly first_seen_at: Date;
  readonly text_hash: Buffer;
  /** Keys under which it is found as a candidate; null where it is too old to be found. */
  readonly keys: number | null;
}

/** The next articles in the order of arrival. */
export async function articlesAfter(db: Db, seq: string, last: string, limit: number): Promise<WholeArticle[]> {
  const { rows } = await sql<WholeArticle>`
    select a.seq, a.id, a.key, a.url, a.source, a.story, a.title, a.text, a.summary, a.agency, a.lang, a.section, a.tags, a.published,
      a.first_seen_at, a.text_hash, f.keys,
      coalesce((select array(select jsonb_array_elements_text(listed->'categories')) from links where links.key = a.key), '{}') as categories
    from articles a left join fingerprints f on f.article = a.id
    where a.seq > ${seq} and a.seq <= ${last} order by a.seq limit ${limit}`.execute(db);
  return rows;
}

/** The place of the newest article, and how many there are. */
export async function articleBounds(db: Db): Promise<{ last: string; total: number }> {
  const { rows } = await sql<{ last: string; total: string }>`
    select coalesce(max(seq), 0)::text as last, count(*) as total from articles`.execute(db);
  return { last: rows[0]?.last ?? '0', total: Number(rows[0]?.total ?? 0) };
}
