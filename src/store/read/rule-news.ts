import { sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import type { RuleCursor } from '../rules.ts';
import { inFilter } from './filter.ts';

/** An article that a rule has to tell. */
export interface NewsArticle {
  readonly id: string;
  readonly story: string;
  readonly title: string;
  readonly outlet: string;
  readonly newsAt: Date;
  readonly lang: string;
  readonly summary: string | null;
  readonly opening: string;
}

/** What was published in a filter since the cursor, in order, and where the next look begins. What comes in out of order is not missed. */
export async function newsSince(
  db: Db,
  filter: Filter,
  since: RuleCursor,
  limit: number,
): Promise<{ readonly articles: readonly NewsArticle[]; readonly cursor: RuleCursor }> {
  const { rows } = await sql<{ xact: string; event: string; articles: NewsArticle[] | null }>`
    with fresh as (
      select xact, id, kind, article from events
      where (xact, id) > (${since.xact}::xid8, ${since.event}::bigint) and xact < pg_snapshot_xmin(pg_current_snapshot())),
    latest as (select xact, id from fresh order by xact desc, id desc limit 1),
    news as (
      select a.id, a.story, a.title, coalesce(s.settings->>'name', a.source) as outlet, a.news_at as "newsAt", a.lang, a.summary,
        left(a.text, 600) as opening
      from fresh f join articles a on a.id = f.article left join sources s on s.id = a.source
      where f.kind = 'published' and ${inFilter(filter)} order by f.xact, f.id limit ${limit})
    select latest.xact::text as xact, latest.id as event, (select json_agg(news) from news) as articles from latest`.execute(
    db,
  );
  const [found] = rows;
  if (!found) return { articles: [], cursor: since };
  const articles = (found.articles ?? []).map((one) => ({ ...one, newsAt: new Date(one.newsAt) }));
  return { articles, cursor: { xact: found.xact, event: found.event } };
}
