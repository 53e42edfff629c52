import { sql } from 'kysely';
import type { Filter } from '../../domain/filter.ts';
import type { Db } from '../db.ts';
import { type ArticleView, articlesBySeq } from './articles.ts';
import { inFilter } from './filter.ts';

/** A text and its headline. */
interface Version {
  readonly title: string;
  readonly text: string;
}

/** One change of an article that readers should hear of. */
export interface ArticleChange {
  readonly article: ArticleView;
  readonly changedAt: Date;
  readonly before: Version;
  readonly after: Version;
}

/** The last changes of the articles of a filter, the newest first. */
export async function latestChanges(db: Db, filter: Filter, limit: number): Promise<ArticleChange[]> {
  const { rows } = await sql<{
    seq: string;
    changedAt: Date;
    title: string;
    text: string;
    nextTitle: string | null;
    nextText: string | null;
  }>`
    select a.seq, r.replaced_at as "changedAt", r.title, r.text, later.title as "nextTitle", later.text as "nextText"
    from revisions r join articles a on a.id = r.article
    left join lateral (select title, text from revisions n where n.article = r.article and n.replaced_at > r.replaced_at
      order by n.replaced_at limit 1) later on true
    where ${inFilter(filter)} order by r.replaced_at desc, a.seq desc limit ${limit}`.execute(db);
  const articles = await articlesBySeq(db, [...new Set(rows.map(({ seq }) => seq))]);
  const bySeq = new Map(articles.map((article) => [article.seq, article]));
  return rows.flatMap(({ seq, changedAt, title, text, nextTitle, nextText }) => {
    const article = bySeq.get(seq);
    if (!article) return [];
    const after = { title: nextTitle ?? article.title, text: nextText ?? article.text };
    return [{ article, changedAt, before: { title, text }, after }];
  });
}
