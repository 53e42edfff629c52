import { sql } from 'kysely';
import type { Db } from './db.ts';

/** Fingerprints of one partition of the index: its pages fit into memory while it grows, and there are few enough for each to be asked. */
const partitionSize = 2 ** 18;
/** Any number but that of `withIngestLock`. */
const tendLock = 4_202_612;

/**
 * Makes room in the index for the next quarter of a million articles and drops what is older than `keepFrom`, a whole partition at a time.
 * Cheap when there is nothing to do; call it now and then (the scheduler's tick).
 */
export async function tendShingleKeys(db: Db, keepFrom: Date): Promise<void> {
  const { rows: latest } = await sql<{ number: number | null }>`select max(number) as number from fingerprints`.execute(
    db,
  );
  const current = Math.floor((latest[0]?.number ?? 0) / partitionSize);
  const partitions = await partitionNumbers(db);
  if (!partitions.includes(current + 1) && (await addPartition(db, current + 1)) && partitions.includes(current - 1))
    await packPartition(db, current - 1);
  for (const partition of partitions.filter((one) => one < current)) {
    const { rows: young } = await sql`
      select 1 from fingerprints left join articles on articles.id = fingerprints.article
      where number >= ${partition * partitionSize} and number < ${(partition + 1) * partitionSize}
        and (articles.updated_at < ${keepFrom}) is not true limit 1`.execute(db);
    if (young.length === 0) await dropPartition(db, partition);
  }
}

/** Numbers of the partitions, `shingle_keys_7` → 7. */
async function partitionNumbers(db: Db): Promise<number[]> {
  const { rows } = await sql<{ partition: number }>`
    select substring(child.relname from '[0-9]+$')::int as partition
    from pg_inherits join pg_class child on child.oid = inhrelid
    where inhparent = 'shingle_keys'::regclass order by 1`.execute(db);
  return rows.map((row) => row.partition);
}

/** Makes a partition to which nothing is added any more as small as it can be: an index that grew at random is three quarters full. */
async function packPartition(db: Db, partition: number): Promise<void> {
  await sql`reindex table concurrently ${sql.id(`shingle_keys_${partition}`)}`.execute(db);
}

/** @returns whether it was this call that made it */
async function addPartition(db: Db, partition: number): Promise<boolean> {
  const name = sql.id(`shingle_keys_${partition}`);
  return db.transaction().execute(async (trx) => {
    // Held until the end, so that of two that come at once the second finds the partition.
    await sql`select pg_advisory_xact_lock(${sql.lit(tendLock)})`.execute(trx);
    if ((await partitionNumbers(trx)).includes(partition)) return false;
    // Made apart and attached: that way ingest goes on meanwhile (creating it in partition locks the whole index).
    await sql`create table ${name} (like shingle_keys including all)`.execute(trx);
    await sql`
      alter table shingle_keys attach partition ${name}
      for values from (${sql.lit(partition * partitionSize)}) to (${sql.lit((partition + 1) * partitionSize)})`.execute(
      trx,
    );
    return true;
  });
}

async function dropPartition(db: Db, partition: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`drop table if exists ${sql.id(`shingle_keys_${partition}`)}`.execute(trx);
    await sql`
      delete from fingerprints where number >= ${partition * partitionSize} and number < ${(partition + 1) * partitionSize}`.execute(
      trx,
    );
  });
}
