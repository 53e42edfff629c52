import { type Kysely, sql } from 'kysely';

/**
 * Partitions of a quarter of a million prints instead of a million: the one that grows touches fewer pages, and the others are packed.
 * What was stored is moved over.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<{ latest: number }>`select coalesce(max(number), 0) as latest from prints`.execute(db);
  const { rows: before } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'fingerprints'::regclass`.execute(db);
  for (const { name } of before) {
    await sql`alter table fingerprints detach partition ${sql.id(name)}`.execute(db);
    await sql`alter table ${sql.id(name)} rename to ${sql.id(`old_${name}`)}`.execute(db);
    // The name of its key would be in the way of the new one's.
    await sql`alter table ${sql.id(`old_${name}`)} drop constraint ${sql.id(`${name}_pkey`)}`.execute(db);
  }
  const size = 2 ** 18;
  for (let place = 0; place <= Math.floor((rows[0]?.latest ?? 0) / size); place++) {
    await sql`
      create table ${sql.id(`fingerprints_${place}`)} partition of fingerprints
      for values from (${sql.lit(place * size)}) to (${sql.lit((place + 1) * size)})`.execute(db);
  }
  for (const { name } of before) {
    await sql`insert into fingerprints select * from ${sql.id(`old_${name}`)}`.execute(db);
    await sql`drop table ${sql.id(`old_${name}`)}`.execute(db);
  }
}
