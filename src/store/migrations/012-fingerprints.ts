import { type Kysely, sql } from 'kysely';

/**
 * True names: a row of `fingerprints` (was `prints`) is a version of an article, a row of `shingle_keys` (was `fingerprints`) is one of
 * its keys. Nothing is moved. A process of the old code that still runs writes nothing wrong meanwhile: each of its statements names a
 * table or a column that is gone (`prints`, `fingerprints.key`), fails, and its job is done again by a new process.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { rows: partitions } = await sql<{ name: string }>`
    select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'fingerprints'::regclass`.execute(db);
  for (const name of ['fingerprints', ...partitions.map((partition) => partition.name)]) {
    const renamed = name.replace('fingerprints', 'shingle_keys');
    await sql`alter table ${sql.id(name)} rename to ${sql.id(renamed)}`.execute(db);
    // The name of the key would be in the way of the next table's.
    await sql`alter index if exists ${sql.id(`${name}_pkey`)} rename to ${sql.id(`${renamed}_pkey`)}`.execute(db);
  }
  await sql`alter table shingle_keys rename column print to fingerprint`.execute(db);
  await sql`alter table prints rename to fingerprints`.execute(db);
  for (const constraint of ['pkey', 'article_key', 'article_fkey'])
    await sql`alter table fingerprints rename constraint ${sql.id(`prints_${constraint}`)}
      to ${sql.id(`fingerprints_${constraint}`)}`.execute(db);
  await sql`alter sequence prints_number_seq rename to fingerprints_number_seq`.execute(db);
}
