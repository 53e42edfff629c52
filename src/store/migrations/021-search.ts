import { type Kysely, sql } from 'kysely';

/**
 * Searches fold marks and scripts, and know stems: the column is written by us from here on (`src/store/search.ts`). Articles that are
 * there keep what they are found by until the schedule worker has made it anew, some hundred a tick; no table is rewritten here.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table articles alter column search drop expression`.execute(db);
  await sql`alter table articles add column search_version smallint not null default 0`.execute(db);
  await sql`create index articles_search_old on articles (seq desc) where search_version < 1`.execute(db);
  await sql`create index revisions_replaced on revisions (replaced_at desc)`.execute(db);

  await sql`create function search_mark(stemmer text, lexeme text) returns text language sql immutable strict parallel safe
    return left(stemmer || '~' || regexp_replace(normalize(lexeme, NFKD), ${sql.lit('[\\u0300-\\u036f]')}, '', 'g'), 200)`.execute(
    db,
  );
  await sql`create function search_stems(stemmer text, content text) returns tsvector language sql immutable strict parallel safe
    return (select coalesce(array_to_tsvector(array_agg(distinct search_mark(stemmer, lexeme))), ''::tsvector)
      from unnest(to_tsvector(stemmer::regconfig, content)))`.execute(db);
  // Each stemmer gives its own stem of a word; a word that it takes apart must stand in the text with all its parts.
  await sql`create function search_stem_query(stemmers text[], word text) returns tsquery language sql immutable strict parallel safe
    return (select coalesce(string_agg('(' || lexemes || ')', '|')::tsquery, ''::tsquery) from (
      select string_agg('''' || replace(replace(search_mark(stemmer, lexeme), '\\', '\\\\'), '''', '''''') || '''', '&') as lexemes
      from unnest(stemmers) as stemmer, unnest(to_tsvector(stemmer::regconfig, word)) group by stemmer) as ways)`.execute(
    db,
  );
}
