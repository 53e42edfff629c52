import { type Kysely, sql } from 'kysely';

/**
 * A story's terms and weights are one row of bytes. Old code that still runs fails at the names of the old columns, and its job is done
 * again by a new process.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table stories add column vector bytea not null default ''`.execute(db);
  await sql`
    update stories set vector = (
      select string_agg(int4send(term) || float4send(weight), ''::bytea order by place)
      from unnest(terms, weights) with ordinality as packed (term, weight, place))
    where terms <> '{}'`.execute(db);
  await sql`alter table stories drop column terms, drop column weights, alter column vector drop default`.execute(db);
}
