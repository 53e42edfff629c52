import { type RawBuilder, sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import { byWords } from './by-words.ts';
import { inFilter } from './filter.ts';
import { type Among, newestFirst } from './newest-first.ts';

/** How many of the newest articles of a filter carry a label. */
export interface FacetCount {
  readonly id: string;
  readonly count: number;
}

export interface Facets {
  readonly countries: readonly FacetCount[];
  readonly regions: readonly FacetCount[];
  readonly topics: readonly FacetCount[];
  readonly langs: readonly FacetCount[];
  readonly sources: readonly FacetCount[];
}

/** What the newest articles of a filter are about, and of a search: all that it finds has to be put in order for them. */
const newestOf = { list: 2000, search: 500 };
/** Of a filter that is rare among the newest of all, a twentieth of them will do: they tell what it is about. */
const fewOfRare = 0.05;
/** The same of a search, whose counts are of fewer articles. */
const fewFound = 0.2;

/**
 * What the newest articles of a filter are about: counts over the newest `of` articles, most frequent first; over fewer where the filter
 * is rare among the newest of all.
 */
export async function facets(
  db: Db,
  filter: Filter,
  of = filter.query === undefined ? newestOf.list : newestOf.search,
): Promise<Facets> {
  const ask = async (asked: Db, newest: RawBuilder<unknown>) => {
    const { rows } = await sql<{ kind: keyof Facets; id: string; count: number }>`
      with ${newest}
      select 'countries' as kind, id, count(*)::int as count from newest, unnest(countries) as id group by id
      union all select 'regions', id, count(*)::int from newest, unnest(regions) as id group by id
      union all select 'topics', id, count(*)::int from newest, unnest(topics) as id group by id
      union all select 'langs', lang, count(*)::int from newest group by lang
      union all select 'sources', source, count(*)::int from newest group by source
      order by count desc, id`.execute(asked);
    return rows;
  };
  const counted = (found: readonly { readonly kind: keyof Facets; readonly count: number }[]): number =>
    found.reduce((sum, { kind, count }) => sum + (kind === 'langs' ? count : 0), 0);
  const rows =
    filter.query === undefined
      ? await newestFirst({
          time: 'news_at',
          ask: (among) => ask(db, newestIn(filter, of, among)),
          count: counted,
          full: of,
          enough: Math.ceil(of * fewOfRare),
        })
      : await byWords(db, filter, {
          time: 'news_at',
          ask: (asked, among) => ask(asked, newestFound(filter, of, among)),
          count: counted,
          full: of,
          enough: Math.ceil(of * fewFound),
        });
  const counts = (kind: keyof Facets): FacetCount[] =>
    rows.filter((row) => row.kind === kind).map(({ id, count }) => ({ id, count }));
  return {
    countries: counts('countries'),
    regions: counts('regions'),
    topics: counts('topics'),
    langs: counts('langs'),
    sources: counts('sources'),
  };
}

/** The articles that are counted, as `newest`. */
const newestIn = (filter: Filter, of: number, among: Among): RawBuilder<unknown> => sql`
  newest as materialized (
    select a.countries, a.regions, a.topics, a.lang, a.source
    from ${among.articles} a where ${inFilter(filter, 'a', among.isWalk)}
    order by a.news_at desc, a.seq desc limit ${of})`;

/** The same of a search. */
const newestFound = (filter: Filter, of: number, { articles, isWalk }: Among): RawBuilder<unknown> => sql`
  found as materialized (select a.seq, a.news_at from ${articles} a where ${inFilter(filter, 'a', isWalk)}),
  latest as materialized (select seq from found order by news_at desc, seq desc limit ${of}),
  newest as materialized (select a.countries, a.regions, a.topics, a.lang, a.source from latest join articles a using (seq))`;
