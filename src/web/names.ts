import type { CustomLabels } from '../classify/custom-labels.ts';
import { type Rights, reservesText } from '../domain/rights.ts';
import type { Db } from '../store/db.ts';
import type { ArticleView } from '../store/read/articles.ts';
import { type Outlet, outlets } from '../store/read/outlets.ts';

/** What the things that the store knows by id are called. */
export interface Names {
  /** Every outlet by its source's id. */
  readonly outlets: ReadonlyMap<string, Outlet>;
  /** The custom topics and regions (setting LABELS). */
  readonly labels: CustomLabels;
}

export const readNames = async ({
  db,
  labels,
}: {
  readonly db: Db;
  readonly labels: CustomLabels;
}): Promise<Names> => ({
  outlets: await outlets(db),
  labels,
});

/** An outlet's name; its id when it is no longer known. */
export const outletName = ({ outlets }: Names, id: string): string => outlets.get(id)?.name ?? id;

/** The countries that outlets report from, each once. */
export const countriesOf = ({ outlets }: Names, ids: readonly string[]): string[] => [
  ...new Set(ids.flatMap((id) => outlets.get(id)?.country ?? [])),
];

/**
 * Whether someone may get the text of an article: nobody one that its page hides for subscribers, the operator any other, the public where the
 * source's settings and the publisher allow it.
 */
export const mayRead = (
  article: Pick<ArticleView, 'source' | 'withdrawnAt'> & {
    readonly rights?: Rights | null;
    readonly stub?: string | null;
  },
  { outlets }: Names,
  operator: boolean,
): boolean =>
  article.stub !== 'subscribers' &&
  (operator ||
    (outlets.get(article.source)?.content === 'full' && article.withdrawnAt === null && !reservesText(article.rights)));
