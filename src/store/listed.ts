import { sql } from 'kysely';
import type { Link } from '../domain/article.ts';

/** The column `url` of a link: most addresses are written as their key is, and are not stored twice. */
export const addressIn = (key: string, url: string): string | null => (url === key ? null : url);

/** The address of a link in a query. */
export const addressOf = sql<string>`coalesce(links.url, links.key)`;

/** What the column `listed` holds: what a listing says of a link, without what the row has in `url` and without empty lists. */
export type Listed = Omit<Link, 'url' | 'authors' | 'categories'> &
  Partial<Pick<Link, 'url' | 'authors' | 'categories'>>;

export const listedOf = ({ url: _, authors, categories, ...rest }: Link): Listed => ({
  ...rest,
  ...(authors.length > 0 && { authors }),
  ...(categories.length > 0 && { categories }),
});

/** The link of a row. What was stored before has its address in the column too: that is the one that was seen last. */
export const linkOf = (url: string, listed: Listed): Link => ({ url, authors: [], categories: [], ...listed });
