import { type RawBuilder, sql } from 'kysely';
import type { Filter } from '../domain/filter.ts';
import type { Db } from './db.ts';
import { inFilter } from './read/filter.ts';
import type { Subscription } from './subscriptions.ts';

/** Which articles of an account are asked for. */
export interface MarkedQuery {
  readonly user: string;
  /** Articles in any of these. Without it: in any state, wherever they stand. */
  readonly filters?: readonly Filter[];
  readonly starred?: boolean;
  readonly read?: boolean;
  /** Arrived at or after this instant, and before that. */
  readonly since?: Date;
  readonly until?: Date;
  /** The last article of the page before. */
  readonly after?: string;
  readonly oldestFirst?: boolean;
  readonly limit: number;
}

export interface MarkedArticle {
  readonly seq: string;
  readonly id: string;
  readonly arrived: Date;
  /** So marked, or older than the account. */
  readonly read: boolean;
  /** So marked: nobody has looked at what is older than the account. */
  readonly seen: boolean;
  readonly starred: boolean;
}

const isRead = sql<boolean>`coalesce(m.read, a.first_seen_at < u.unread_since)`;
const from = (user: string): RawBuilder<unknown> => sql`articles a join users u on u.id = ${user}
  left join marks m on m.user_id = u.id and m.seq = a.seq`;
const anyOf = (filters: readonly Filter[]): RawBuilder<unknown> =>
  filters.length === 0
    ? sql`false`
    : sql`(${sql.join(
        filters.map((filter) => inFilter(filter)),
        sql` or `,
      )})`;

/** Articles with what the account did to them, in the order of arrival. */
export async function markedArticles(db: Db, query: MarkedQuery): Promise<MarkedArticle[]> {
  const { user, filters, starred, read, since, until, after, oldestFirst = false, limit } = query;
  const conditions = [sql`a.withdrawn_at is null`];
  if (filters) conditions.push(anyOf(filters));
  if (starred !== undefined) conditions.push(starred ? sql`m.starred_at is not null` : sql`m.starred_at is null`);
  if (read !== undefined) conditions.push(sql`${isRead} = ${read}`);
  if (since) conditions.push(sql`a.first_seen_at >= ${since}`);
  if (until) conditions.push(sql`a.first_seen_at < ${until}`);
  if (after !== undefined) conditions.push(oldestFirst ? sql`a.seq > ${after}` : sql`a.seq < ${after}`);
  const { rows } = await sql<MarkedArticle>`
    select a.seq, a.id, a.first_seen_at as arrived, ${isRead} as read, coalesce(m.read, false) as seen, m.starred_at is not null as starred
    from ${from(user)} where ${sql.join(conditions, sql` and `)}
    order by a.seq ${oldestFirst ? sql`asc` : sql`desc`} limit ${limit}`.execute(db);
  return rows;
}

/** The same for articles by their numbers; those that are not there are left out. */
export async function marksOf(db: Db, user: string, seqs: readonly string[]): Promise<MarkedArticle[]> {
  const { rows } = await sql<MarkedArticle>`
    select a.seq, a.id, a.first_seen_at as arrived, ${isRead} as read, coalesce(m.read, false) as seen, m.starred_at is not null as starred
    from ${from(user)} where a.seq = any(${seqs}::bigint[]) and a.withdrawn_at is null order by a.seq desc`.execute(db);
  return rows;
}

/** Which of the followed filters an article stands in: the first, by the article's number. */
export async function originsOf(
  db: Db,
  seqs: readonly string[],
  followed: readonly Subscription[],
): Promise<ReadonlyMap<string, Subscription>> {
  if (seqs.length === 0 || followed.length === 0) return new Map();
  const cases = followed.map(({ filter }, index) => sql`when ${inFilter(filter)} then ${sql.lit(index)}`);
  const { rows } = await sql<{ seq: string; place: number | null }>`
    select a.seq, case ${sql.join(cases, sql` `)} end as place from articles a where a.seq = any(${seqs}::bigint[])`.execute(
    db,
  );
  return new Map(
    rows.flatMap(({ seq, place }) => {
      const origin = place === null ? undefined : followed[place];
      return origin ? [[seq, origin] as const] : [];
    }),
  );
}

/** More unread articles are not counted. */
export const mostCounted = 1000;

/** Unread articles of a filter, and when the newest arrived. */
export async function countUnread(
  db: Db,
  user: string,
  filters: readonly Filter[],
): Promise<{ readonly count: number; readonly newest: Date | null }> {
  const { rows } = await sql<{ count: number; newest: Date | null }>`
    select count(*)::int as count, max(arrived) as newest from (
      select a.first_seen_at as arrived from ${from(user)}
      where a.withdrawn_at is null and not ${isRead} and ${anyOf(filters)} order by a.seq desc limit ${mostCounted}) unread`.execute(
    db,
  );
  return rows[0] ?? { count: 0, newest: null };
}

/** Changes what is given for these articles; numbers of articles that are not there are left out. */
export async function mark(
  db: Db,
  user: string,
  seqs: readonly string[],
  changes: { readonly read?: boolean; readonly starred?: boolean },
  now: Date,
): Promise<void> {
  const { read, starred } = changes;
  if (seqs.length === 0 || (read === undefined && starred === undefined)) return;
  await sql`
    insert into marks as m (user_id, seq, read, starred_at)
    select ${user}, seq, ${read ?? null}::boolean, case when ${starred ?? false} then ${now}::timestamptz end
    from articles where seq = any(${seqs}::bigint[])
    on conflict (user_id, seq) do update set read = coalesce(excluded.read, m.read),
      starred_at = case when ${starred === undefined} then m.starred_at
        when ${starred ?? false} then coalesce(m.starred_at, excluded.starred_at) end`.execute(db);
}

/** Everything that arrived in these filters until then counts as read. */
export async function markAllRead(db: Db, user: string, filters: readonly Filter[], until: Date): Promise<void> {
  await sql`
    insert into marks as m (user_id, seq, read)
    select u.id, a.seq, true from ${from(user)}
    where a.first_seen_at <= ${until} and not ${isRead} and ${anyOf(filters)}
    on conflict (user_id, seq) do update set read = true`.execute(db);
}
