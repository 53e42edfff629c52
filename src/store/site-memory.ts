import { sql } from 'kysely';
import type { HostMemory, SiteMemoryStore } from '../crawl/ports.ts';
import type { Db } from './db.ts';

/** What any worker has learnt of a host. Two crawls of one host at once: the later one stays; what is lost is learnt again. */
export function storedSiteMemory(db: Db): SiteMemoryStore {
  return {
    async read(host) {
      const row = await db.selectFrom('site_memory').select('memory').where('host', '=', host).executeTakeFirst();
      // Written by the function below only.
      return row?.memory as HostMemory | undefined;
    },
    async write(host, memory) {
      const row = { memory: JSON.stringify(memory), changed_at: sql<Date>`now()` };
      await db
        .insertInto('site_memory')
        .values({ host, ...row })
        .onConflict((conflict) => conflict.column('host').doUpdateSet(row))
        .execute();
    },
  };
}
