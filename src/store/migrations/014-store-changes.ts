import { type Kysely, sql } from 'kysely';

/** Whoever listens on the channel `courant_changed` hears, by the name of the schema, that readers would see something else now. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create function tell_change() returns trigger language plpgsql as $$
    begin perform pg_notify('courant_changed', tg_table_schema); return null; end $$`.execute(db);
  await sql`create trigger tell_change after insert on events for each statement execute function tell_change()`.execute(
    db,
  );
  await sql`create trigger tell_change after insert or update or delete on copies
    for each statement execute function tell_change()`.execute(db);
  // A crawl writes when it was, several times a minute: only the settings matter to readers.
  await sql`create trigger tell_change after insert or update of settings or delete on sources
    for each statement execute function tell_change()`.execute(db);
}
