import { type Kysely, sql } from 'kysely';

/** The pair of keys by which push services know this wire: one for all its processes, for good. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table push_keys (
    one boolean primary key default true check (one),
    public_key text not null,
    private_key text not null)`.execute(db);
}
