import type { Outlet } from '../store/outlets.ts';
import type { ArticleView } from '../store/reading.ts';

/** Every outlet by its source's id. */
export type Outlets = ReadonlyMap<string, Outlet>;

/** An outlet's name; its id when it is no longer known. */
export const outletName = (outlets: Outlets, id: string): string => outlets.get(id)?.name ?? id;

/** Whether someone may get the text of an article: the operator always, others where the source's settings allow it. */
export const mayRead = (article: ArticleView, outlets: Outlets, operator: boolean): boolean =>
  operator || (outlets.get(article.source)?.content === 'full' && article.withdrawnAt === null);
