import type { Notice, NoticeItem } from '../../domain/notice.ts';
import type { NewsArticle } from '../../store/read/rule-news.ts';
import type { Rule } from '../../store/rules.ts';
import { standfirst } from '../../text/excerpt.ts';

/** Stories that one message tells; what is more stands on the page. */
const mostItems = 25;

/** Addresses of pages, complete. */
export interface DigestLinks {
  readonly base: string;
  /** The page of the rule's filter. */
  readonly page: string;
}

/** What a rule tells: one item a story, by the first of its articles that has a text. */
export function digestNotice(rule: Rule, news: readonly NewsArticle[], { base, page }: DigestLinks): Notice {
  const stories = [...Map.groupBy(news, ({ story }) => story).values()];
  const items = stories.map((articles) => itemOf(articles, base));
  const told = items.slice(0, mostItems);
  const [first] = told;
  const left = items.length - told.length;
  const count = `${items.length} new ${items.length === 1 ? 'story' : 'stories'}`;
  return {
    title:
      rule.every === 'now' && items.length === 1 && first ? `${rule.title}: ${first.title}` : `${rule.title}: ${count}`,
    lines: left > 0 ? [`${count}; the first ${told.length} of them:`] : [],
    items: told,
    link: { text: 'See all of it', url: page },
    unsubscribe: `${base}/unsubscribe/${rule.token}`,
  };
}

function itemOf(articles: readonly NewsArticle[], base: string): NoticeItem {
  const face = articles.find(({ opening }) => opening !== '') ?? (articles[0] as NewsArticle);
  const others = new Set(articles.map(({ outlet }) => outlet)).size - 1;
  return {
    title: face.title,
    url: `${base}/article/${face.id}`,
    outlet: others > 0 ? `${face.outlet} and ${others} more` : face.outlet,
    at: face.newsAt.toISOString(),
    lang: face.lang,
    summary: standfirst(face.summary, face.opening),
  };
}
