import { sql } from 'kysely';
import type { HostMemory } from '../crawl/run/host-memory.ts';
import type { Db } from './db.ts';

/** What is remembered of a host, or undefined. */
export async function readHostMemory(db: Db, host: string): Promise<HostMemory | undefined> {
  const row = await db.selectFrom('site_memory').select('memory').where('host', '=', host).executeTakeFirst();
  // Written by the function below only.
  return row?.memory as HostMemory | undefined;
}

/** Replaces what is remembered of a host. Two crawls of one host at once: the later one stays; what is lost is learnt again. */
export async function writeHostMemory(db: Db, host: string, memory: HostMemory): Promise<void> {
  const row = { memory: JSON.stringify(memory), changed_at: sql<Date>`now()` };
  await db
    .insertInto('site_memory')
    .values({ host, ...row })
    .onConflict((conflict) => conflict.column('host').doUpdateSet(row))
    .execute();
}
