import { type Kysely, sql } from 'kysely';

/**
 * The same stems for two thirds of the time: no pattern for what is ASCII (so not `strict`, or each call would be one of a function), and
 * repeats are left to the making of the vector.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create or replace function search_mark(stemmer text, lexeme text) returns text language sql immutable parallel safe
    return left(stemmer || '~' || case when octet_length(lexeme) = length(lexeme) then lexeme
      else regexp_replace(normalize(lexeme, NFKD), ${sql.lit('[\\u0300-\\u036f]')}, '', 'g') end, 200)`.execute(db);
  await sql`create or replace function search_other_stems(stemmer text, content text, words tsvector) returns tsvector
    language sql immutable strict parallel safe
    return (select array_to_tsvector(array_agg(mark)) from (
      select search_mark(stemmer, lexeme) as mark
      from unnest(tsvector_to_array(ts_delete(to_tsvector(stemmer::regconfig, content), tsvector_to_array(words)))) as lexeme
      union all select stemmer || '~') as marks)`.execute(db);
}
