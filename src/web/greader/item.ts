import type { MarkedArticle } from '../../store/marks.ts';
import type { ArticleView } from '../../store/read/articles.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import { escapeHtml } from '../html.ts';
import { mayRead, type Names, outletName } from '../names.ts';
import { directionOf } from '../pages/direction.ts';
import { isHeadline, standfirst } from '../pages/labels.ts';
import { feedStream, folderStream, itemId, states } from './streams.ts';

/** What a reader app shows of an article: its text, or what may be shown of it. */
export function itemContent(article: ArticleView, names: Names, operator: boolean): string {
  if (mayRead(article, names, operator) && !isHeadline(article)) return article.html;
  const brief = standfirst(article);
  return brief === '' ? '' : `<p>${escapeHtml(brief)}</p>`;
}

/** An article as the Google Reader API gives it. */
export function readerItem(
  article: ArticleView,
  marked: MarkedArticle,
  origin: Subscription | undefined,
  names: Names,
  operator: boolean,
): object {
  const arrivedMs = marked.arrived.getTime();
  const outlet = names.outlets.get(article.source);
  return {
    id: itemId(article.seq),
    crawlTimeMsec: String(arrivedMs),
    timestampUsec: String(arrivedMs * 1000),
    published: Math.floor(article.newsAt.getTime() / 1000),
    updated: Math.floor(article.updatedAt.getTime() / 1000),
    title: article.title,
    canonical: [{ href: article.url }],
    alternate: [{ href: article.url, type: 'text/html' }],
    author: article.byline.join(', ') || outletName(names, article.source),
    summary: {
      direction: directionOf(article.lang),
      content: itemContent(article, names, operator),
    },
    categories: [
      states.all,
      ...(marked.read ? [states.read] : []),
      ...(marked.starred ? [states.starred] : []),
      ...(origin?.folder ? [folderStream(origin.folder)] : []),
    ],
    ...(article.image ? { enclosure: [{ href: article.image.url, type: 'image/jpeg' }] } : {}),
    origin: {
      streamId: feedStream(origin?.id ?? '0'),
      title: outletName(names, article.source),
      htmlUrl: outlet?.url ?? article.url,
    },
  };
}
