import { type Kysely, sql } from 'kysely';

/** When each target was told, which articles a message tells of, and the trace of what is told. Kept as long as the events are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table tellings (
    target text not null,
    xact xid8 not null,
    event bigint not null,
    at timestamptz not null,
    primary key (target, xact, event))`.execute(db);
  await sql`create index tellings_at on tellings (at)`.execute(db);
  await sql`alter table events add column trace text`.execute(db);
  await sql`alter table messages add column articles uuid[]`.execute(db);
  await sql`create index messages_articles on messages using gin (articles) where articles is not null`.execute(db);
}
