import { sql } from 'kysely';
import type { Reason } from '../domain/article.ts';
import type { Db } from './db.ts';

/** Links that one step takes. */
const atATime = 2000;

/**
 * Has rejected links fetched again: they are pending as if nobody had looked at them, and their sources are due. In steps, so that no
 * crawl waits; what was forgotten by the retention stays forgotten.
 * @returns how many
 */
export async function retryRejected(
  db: Db,
  { reason, source }: { readonly reason: Reason; readonly source?: string | undefined },
  now: Date,
): Promise<number> {
  let all = 0;
  for (;;) {
    const { rows } = await sql<{ source: string; count: number }>`
      with chosen as (
        select key from links where outcome = 'rejected' and reason = ${reason} and reason <> 'pruned'
          and (${source ?? null}::text is null or source = ${source ?? null})
        limit ${sql.lit(atATime)} for update skip locked),
      retried as (
        update links set state = 'pending', outcome = null, stage = null, reason = null, detail = null, tries = 0, changed_at = ${now}
        from chosen where links.key = chosen.key returning links.source)
      select source, count(*)::int as count from retried group by source`.execute(db);
    if (rows.length === 0) return all;
    all += rows.reduce((sum, { count }) => sum + count, 0);
    const sources = rows.map((row) => row.source);
    await sql`update sources set next_crawl_at = ${now} where id = any(${sources}::text[]) and next_crawl_at > ${now}`.execute(
      db,
    );
  }
}
