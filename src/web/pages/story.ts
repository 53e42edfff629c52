import type { StoryArticle } from '../../store/read/articles.ts';
import { type Html, html } from '../html.ts';
import { type Names, outletName } from '../names.ts';
import { alsoAt } from './article.ts';
import { chips, lede } from './labels.ts';
import { fullTime } from './time.ts';

/** One story as all outlets tell it, the first told first. */
export function storyPage(articles: readonly StoryArticle[], names: Names): Html {
  const sources = new Set(
    articles.flatMap((article) => [article.source, ...article.alsoAt.map((copy) => copy.source)]),
  );
  const first = articles[0];
  const newest = articles.at(-1);
  if (!first || !newest) return html``;
  return html`<div class="single text-width article">
<h1 lang="${newest.lang}" dir="auto">${newest.title}</h1>
<p class="byline"><span class="number">${articles.length}</span> ${articles.length === 1 ? 'article' : 'articles'} at
<span class="number">${sources.size}</span> ${sources.size === 1 ? 'outlet' : 'outlets'}, first ${fullTime(first.newsAt)}</p>
<ol class="plain timeline">${articles.map((article) => telling(article, names))}</ol>
</div>`;
}

const telling = (article: StoryArticle, names: Names): Html => html`<li>
<p class="soft">${fullTime(article.newsAt)} · <strong>${outletName(names, article.source)}</strong></p>
<h2 lang="${article.lang}" dir="auto"><a href="/article/${article.id}">${article.title}</a></h2>
${lede(article)}
<p class="told"><a href="${article.url}" rel="noopener external">Read at ${outletName(names, article.source)}</a></p>
${chips(article, names)}
${alsoAt(article, names, html`<h3>Also at</h3>`)}
</li>`;
