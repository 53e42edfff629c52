import { type RawBuilder, sql } from 'kysely';
import { beginning, end, type Filter } from '../../domain/filter.ts';
import { searchQuery } from '../search.ts';

type Alias = 'a' | 'newer';

/**
 * Whether the article of that alias is in the filter and was not withdrawn.
 * @param isWalk when articles come one by one anyway, rather than from an index that the filter chooses
 */
export function inFilter(filter: Filter, alias: Alias = 'a', isWalk = alias === 'newer'): RawBuilder<boolean> {
  const column = (name: string): RawBuilder<unknown> => sql.ref(`${alias}.${name}`);
  const conditions = [sql`${column('withdrawn_at')} is null`];
  if (filter.region !== undefined) {
    // Countries are two capital letters, regions never are.
    const labels = column(/^[A-Z]{2}$/.test(filter.region) ? 'countries' : 'regions');
    conditions.push(sql`${labels} @> array[${filter.region}]::text[]`);
  }
  if (filter.topic !== undefined) conditions.push(sql`${column('topics')} @> array[${filter.topic}]::text[]`);
  if (filter.lang !== undefined) conditions.push(sql`${column('lang')} = ${filter.lang}`);
  if (filter.source !== undefined) conditions.push(ofSource([filter.source], column, isWalk));
  if (filter.story !== undefined) conditions.push(sql`${column('story')} = ${filter.story}`);
  if (filter.query !== undefined) conditions.push(sql`${column('search')} @@ ${searchQuery(filter.query)}`);
  conditions.push(...oneOfSeveral(filter, column, isWalk), ...leftOut(filter, column));
  if (filter.from !== undefined) conditions.push(sql`${column('news_at')} >= ${beginning(filter.from)}`);
  if (filter.to !== undefined) conditions.push(sql`${column('news_at')} < ${end(filter.to)}`);
  if (filter.since !== undefined) conditions.push(sql`${column('first_seen_at')} >= ${beginning(filter.since)}`);
  return sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

type Column = (name: string) => RawBuilder<unknown>;

/** Several values of a kind, of which one must fit. */
function oneOfSeveral({ anyOf = {} }: Filter, column: Column, isWalk: boolean): RawBuilder<unknown>[] {
  const { region = [], topic = [], lang = [], source = [] } = anyOf;
  const conditions: RawBuilder<unknown>[] = [];
  if (region.length > 0)
    conditions.push(sql`(${column('countries')} && ${region}::text[] or ${column('regions')} && ${region}::text[])`);
  if (topic.length > 0) conditions.push(sql`${column('topics')} && ${topic}::text[]`);
  if (lang.length > 0) conditions.push(sql`${column('lang')} = any(${lang}::text[])`);
  if (source.length > 0) conditions.push(ofSource(source, column, isWalk));
  return conditions;
}

/** As the one that was kept or as a copy: who follows a source misses nothing of it. */
const ofSource = (sources: readonly string[], column: Column, isWalk: boolean): RawBuilder<unknown> => {
  const copied = sql`select article from copies where source = any(${[...sources]}::text[])`;
  return isWalk
    ? sql`(${column('source')} = any(${[...sources]}::text[]) or ${column('id')} in (${copied}))`
    : sql`${column('id')} in (select id from articles where source = any(${[...sources]}::text[]) union all ${copied})`;
};

/** What an account mutes. */
function leftOut({ without }: Filter, column: Column): RawBuilder<unknown>[] {
  if (!without) return [];
  const { source, topic, word } = without;
  const conditions: RawBuilder<unknown>[] = [];
  if (source.length > 0) conditions.push(sql`${column('source')} <> all(${source}::text[])`);
  if (topic.length > 0) conditions.push(sql`not ${column('topics')} && ${topic}::text[]`);
  for (const one of word)
    conditions.push(sql`not ${column('search')} @@ ${searchQuery(`"${one.replaceAll('"', ' ')}"`)}`);
  return conditions;
}
