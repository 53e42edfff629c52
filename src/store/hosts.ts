import { sql } from 'kysely';
import type { Turns } from '../crawl/gate.ts';
import type { Db } from './db.ts';

/**
 * The turns of all sites, shared by every worker on every machine. The database's clock decides, so the clocks of the
 * machines need not agree.
 */
export function storedTurns(db: Db): Turns {
  return {
    async take(site, holder, { gapMs, leaseMs }) {
      const { rows } = await sql<{ failures: number }>`
        insert into hosts as host (site, holder, held_until)
        values (${site}, ${holder}, clock_timestamp() + ${leaseMs} * interval '1 millisecond')
        on conflict (site) do update set holder = excluded.holder, held_until = excluded.held_until
        where host.held_until <= clock_timestamp() and host.not_before <= clock_timestamp()
          and host.ended_at + ${gapMs} * interval '1 millisecond' <= clock_timestamp()
        returning failures`.execute(db);
      if (rows[0]) return { taken: true, failures: rows[0].failures };
      const { rows: waits } = await sql<{ held: number; pause: number }>`
        select greatest(0, extract(epoch from held_until - clock_timestamp()))::float8 * 1000 as held,
               greatest(0, extract(epoch from
                 greatest(not_before, ended_at + ${gapMs} * interval '1 millisecond') - clock_timestamp())
               )::float8 * 1000 as pause
        from hosts where site = ${site}`.execute(db);
      const { held = 0, pause = 0 } = waits[0] ?? {};
      return held > 0
        ? { taken: false, held: true, waitMs: Math.ceil(held) }
        : { taken: false, held: false, waitMs: Math.max(1, Math.ceil(pause)) };
    },
    async give(site, holder, { failures, awayMs }) {
      await sql`
        update hosts set
          holder = null,
          held_until = '-infinity',
          ended_at = clock_timestamp(),
          not_before = clock_timestamp() + ${awayMs} * interval '1 millisecond',
          failures = ${failures}
        where site = ${site} and holder = ${holder}`.execute(db);
    },
  };
}
