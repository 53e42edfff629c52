import { type Kysely, sql } from 'kysely';

/**
 * How many links, articles and stories there are is kept instead of counted. Each statement appends what it changed, so that nobody waits
 * for anybody's count; `foldRowCounts` puts the rows together. Triggers keep it, so no way of writing can forget to.
 *
 * Indexes of links go by what is asked: those of a source, the rejected of a reason, those that became articles; and by address where it
 * is another than the key.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table row_counts (
    counted text not null, state text, outcome text, stage text, reason text, rows bigint not null)`.execute(db);
  // The schema is named at its making: also who writes by hand, with another search path, is counted.
  await sql`create function count_rows() returns trigger language plpgsql set search_path from current as $$
    begin
      insert into row_counts (counted, rows)
      select tg_table_name, case tg_op when 'INSERT' then count(*) else -count(*) end from changed having count(*) > 0;
      return null;
    end $$`.execute(db);
  await sql`create function count_links() returns trigger language plpgsql set search_path from current as $$
    begin
      insert into row_counts (counted, state, outcome, stage, reason, rows)
      select 'links', state, outcome, stage, reason, case tg_op when 'INSERT' then count(*) else -count(*) end
      from changed group by state, outcome, stage, reason;
      return null;
    end $$`.execute(db);
  await sql`create function count_moved_links() returns trigger language plpgsql set search_path from current as $$
    begin
      insert into row_counts (counted, state, outcome, stage, reason, rows)
      select 'links', state, outcome, stage, reason, sum(one) from (
        select state, outcome, stage, reason, 1 as one from after union all select state, outcome, stage, reason, -1 from before) moved
      group by state, outcome, stage, reason having sum(one) <> 0;
      return null;
    end $$`.execute(db);
  await sql`create function forget_count() returns trigger language plpgsql set search_path from current as $$
    begin
      delete from row_counts where counted = tg_table_name;
      return null;
    end $$`.execute(db);
  for (const table of ['articles', 'stories', 'links']) {
    const [name, count] = [sql.id(table), sql.raw(table === 'links' ? 'count_links' : 'count_rows')];
    await sql`create trigger count_added after insert on ${name} referencing new table as changed
      for each statement execute function ${count}()`.execute(db);
    await sql`create trigger count_gone after delete on ${name} referencing old table as changed
      for each statement execute function ${count}()`.execute(db);
    await sql`create trigger count_none after truncate on ${name} for each statement execute function forget_count()`.execute(
      db,
    );
  }
  await sql`create trigger count_moved after update on links referencing old table as before new table as after
    for each statement execute function count_moved_links()`.execute(db);
  await sql`insert into row_counts (counted, rows)
    select 'articles', count(*) from articles union all select 'stories', count(*) from stories`.execute(db);
  await sql`insert into row_counts (counted, state, outcome, stage, reason, rows)
    select 'links', state, outcome, stage, reason, count(*) from links group by state, outcome, stage, reason`.execute(
    db,
  );

  await sql`drop index links_ends, links_rejected, links_changed, links_url`.execute(db);
  await sql`create index links_source on links (source, changed_at desc)`.execute(db);
  await sql`create index links_reason on links (reason, changed_at desc) where outcome = 'rejected'`.execute(db);
  await sql`create index links_kept on links (changed_at desc) where outcome in ('published', 'updated')`.execute(db);
  await sql`create index links_url on links using hash (url) where url <> key`.execute(db);
}
