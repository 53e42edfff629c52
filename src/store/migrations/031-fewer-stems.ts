import { type Kysely, sql } from 'kysely';

/**
 * A stem that stands in the text as a word (half of them do) is not stored once more. A text has the bare mark of its stemmer instead, and
 * a stem is searched for as itself, marked, or as a word of a text with that mark. What was stored before is found as it was.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function search_other_stems(stemmer text, content text, words tsvector) returns tsvector
    language sql immutable strict parallel safe
    return (select array_to_tsvector(array_agg(distinct mark)) from (
      select search_mark(stemmer, lexeme) as mark
      from unnest(ts_delete(to_tsvector(stemmer::regconfig, content), tsvector_to_array(words)))
      union all select stemmer || '~') as marks)`.execute(db);
  await sql`create function search_quoted(lexeme text) returns text language sql immutable strict parallel safe
    return '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''''`.execute(db);
  // In a word of a text marks of letters are folded; a stem may have kept them.
  await sql`create or replace function search_stem_query(stemmers text[], word text) returns tsquery language sql immutable strict parallel safe
    return (select coalesce(string_agg('(' || lexemes || ')', '|')::tsquery, ''::tsquery) from (
      select string_agg('(' || search_quoted(search_mark(stemmer, lexeme)) || '|' || search_quoted(stemmer || '~') || '&('
        || search_quoted(lexeme) || '|' || search_quoted(substr(search_mark(stemmer, lexeme), length(stemmer) + 2)) || '))', '&') as lexemes
      from unnest(stemmers) as stemmer, unnest(to_tsvector(stemmer::regconfig, word)) group by stemmer) as ways)`.execute(
    db,
  );
}
