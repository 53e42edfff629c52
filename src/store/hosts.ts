import { type RawBuilder, sql } from 'kysely';
import type { HostLeases } from '../crawl/ports.ts';
import type { Db } from './db.ts';

/**
 * The leases of all sites, shared by every worker on every machine. The database's clock decides, so the clocks of the
 * machines need not agree. A site has a row for its lease; an origin has one of its own while it fails.
 */
export function storedLeases(db: Db): HostLeases {
  return {
    async take({ site, origin }, holder, { gapMs, leaseMs }) {
      const { rows } = await sql<{ failures: number }>`
        insert into hosts as host (site, holder, held_until)
        select ${site}::text, ${holder}::uuid, clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        where not exists (select from hosts where site = ${origin} and not_before > clock_timestamp())
        on conflict (site) do update set holder = excluded.holder, held_until = excluded.held_until
        where host.held_until <= clock_timestamp() and host.not_before <= clock_timestamp()
          and host.ended_at + ${gapMs} * interval '1 millisecond' <= clock_timestamp()
        returning coalesce((select failures from hosts where site = ${origin}), 0) as failures`.execute(db);
      if (rows[0]) return { taken: true, failures: rows[0].failures };
      // Times that have passed, -infinity among them, are no hindrance.
      const left = (at: RawBuilder<unknown>) =>
        sql`extract(epoch from greatest(${at}, clock_timestamp()) - clock_timestamp())::float8 * 1000`;
      const nextAt = sql`greatest(not_before, ended_at + ${gapMs} * interval '1 millisecond')`;
      const { rows: waits } = await sql<{ held: number; away: number; rest: number }>`
        select
          coalesce(max(${left(sql`held_until`)}) filter (where site = ${site}), 0) as held,
          coalesce(max(${left(nextAt)}) filter (where site = ${site}), 0) as away,
          coalesce(max(${left(sql`not_before`)}) filter (where site = ${origin}), 0) as rest
        from hosts where site in (${site}, ${origin})`.execute(db);
      const { held = 0, away = 0, rest = 0 } = waits[0] ?? {};
      return { taken: false, heldMs: held, awayMs: away, restMs: rest };
    },
    async giveBack({ site, origin }, holder, { failures, restMs, awayMs }) {
      await sql`
        with given as (
          update hosts set
            holder = null,
            held_until = '-infinity',
            ended_at = clock_timestamp(),
            not_before = clock_timestamp() + ${awayMs} * interval '1 millisecond'
          where site = ${site} and holder = ${holder}
          returning site
        ), recovered as (
          delete from hosts using given where hosts.site = ${origin} and ${failures} = 0
        )
        insert into hosts (site, failures, not_before)
        select ${origin}::text, ${failures}::int, clock_timestamp() + ${restMs} * interval '1 millisecond'
        from given where ${failures} > 0
        on conflict (site) do update set failures = excluded.failures, not_before = excluded.not_before`.execute(db);
    },
  };
}
