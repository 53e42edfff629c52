import type { MarkedArticle } from '../../store/marks.ts';
import type { ArticleView } from '../../store/read/articles.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import { itemContent } from '../greader/item.ts';
import { type Names, outletName } from '../names.ts';

/** A folder as Fever has it: groups go by a number, which is that of the first filter in the folder. */
export interface Group {
  readonly id: number;
  readonly title: string;
  readonly feeds: readonly Subscription[];
}

export function groupsOf(followed: readonly Subscription[]): Group[] {
  const inFolders = followed.filter(({ folder }) => folder !== null);
  return [...Map.groupBy(inFolders, ({ folder }) => folder ?? '')].map(([title, feeds]) => ({
    id: Number(feeds[0]?.id ?? 0),
    title,
    feeds,
  }));
}

export const feedsGroups = (groups: readonly Group[]): object[] =>
  groups.map(({ id, feeds }) => ({ group_id: id, feed_ids: feeds.map((feed) => feed.id).join(',') }));

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

export const feverFeed = ({ id, title }: Subscription, url: string, updated: Date | null): object => ({
  id: Number(id),
  favicon_id: 0,
  title,
  url,
  site_url: url,
  is_spark: 0,
  last_updated_on_time: updated === null ? 0 : seconds(updated),
});

export const feverItem = (
  article: ArticleView,
  marked: MarkedArticle,
  origin: Subscription | undefined,
  names: Names,
  operator: boolean,
): object => ({
  id: Number(article.seq),
  feed_id: Number(origin?.id ?? 0),
  title: article.title,
  author: article.byline.join(', ') || outletName(names, article.source),
  html: itemContent(article, names, operator),
  url: article.url,
  is_saved: marked.starred ? 1 : 0,
  is_read: marked.read ? 1 : 0,
  created_on_time: seconds(article.newsAt),
});
