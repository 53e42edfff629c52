import { type RawBuilder, sql } from 'kysely';

/** The part of the wire that is asked for. All that is given must hold at once. */
export interface Cut {
  /** A country (`RS`) or the id of a region (`balkans`, `039`). */
  readonly region?: string;
  /** IPTC Media Topic id, `11000000`. */
  readonly topic?: string;
  /** ISO 639 code, `sr`. */
  readonly lang?: string;
  /** Id of a source. */
  readonly source?: string;
  /** Words to search for, as PostgreSQL's `websearch_to_tsquery` reads them. */
  readonly query?: string;
}

type Alias = 'a' | 'newer';

/** Whether the article of that alias is in the cut and was not withdrawn. */
export function inCut(cut: Cut, alias: Alias = 'a'): RawBuilder<boolean> {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${alias}.${name}`);
  const conditions = [sql`${column('withdrawn_at')} is null`];
  if (cut.region !== undefined) {
    // Countries are two capital letters, regions never are.
    const labels = column(/^[A-Z]{2}$/.test(cut.region) ? 'countries' : 'regions');
    conditions.push(sql`${labels} @> array[${cut.region}]::text[]`);
  }
  if (cut.topic !== undefined) conditions.push(sql`${column('topics')} @> array[${cut.topic}]::text[]`);
  if (cut.lang !== undefined) conditions.push(sql`${column('lang')} = ${cut.lang}`);
  if (cut.source !== undefined) {
    // As the one that was kept or as a copy: who follows a source misses nothing of it.
    conditions.push(sql`${column('id')} in (
      select id from articles where source = ${cut.source} union all select article from copies where source = ${cut.source})`);
  }
  if (cut.query !== undefined)
    conditions.push(sql`${column('search')} @@ websearch_to_tsquery('simple', ${cut.query})`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
