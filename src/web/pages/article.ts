import type { ArticleView, Difference, Revision, StoryArticle } from '../../store/read/articles.ts';
import { changesBetween, type Piece } from '../changes.ts';
import { type Html, html, trustedHtml } from '../html.ts';
import { type Names, outletName } from '../names.ts';
import { pictureAddress } from '../pictures/address.ts';
import { starButton } from './account.ts';
import { tellsOtherwise } from './difference.ts';
import { directionOf } from './direction.ts';
import { chips, isHeadline, standfirst, whyLabels } from './labels.ts';
import { muteButtons } from './own.ts';
import { readingTime } from './reading-time.ts';
import { shareButtons } from './share.ts';
import { fullTime } from './time.ts';

export interface ArticlePage {
  readonly article: ArticleView;
  readonly names: Names;
  /** Whether pictures are shown. */
  readonly pictures: boolean;
  /** Whether the one who asks may read the text here: the operator, or anyone where the source allows it. */
  readonly full: boolean;
  /** Earlier versions, the last first. */
  readonly revisions: readonly Revision[];
  /** What copies tell otherwise, by their address. */
  readonly differences: ReadonlyMap<string, Difference>;
  /** Whether the one who asks may read the texts of a source. */
  readonly readable: (source: string) => boolean;
  /** Whether the account of the one who asks starred it; undefined without an account. */
  readonly starred: boolean | undefined;
  /** How many other articles tell the story. */
  readonly others: number;
}

/** One article: what is known of it, where it stands, why it carries its labels, and its text where that is allowed. */
export function articlePage({
  article,
  names,
  pictures,
  full,
  revisions,
  differences,
  readable,
  starred,
  others,
}: ArticlePage): Html {
  const outlet = outletName(names, article.source);
  return html`<article class="single text-width article" dir="${directionOf(article.lang)}">
<h1 lang="${article.lang}" dir="auto">${article.title}</h1>
<p class="byline">
${article.byline.length > 0 && html`<span dir="auto">${article.byline.join(', ')}</span> · `}<strong>${outlet}</strong> ·
${fullTime(article.newsAt)}${!isHeadline(article) && html` · ${readingTime(article.text)}`}${article.modified && article.modified > article.newsAt && html`, changed ${fullTime(article.modified)}`}
</p>
${chips(article, names)}
<div class="actions">${starred !== undefined && starButton(article.id, starred)}${shareButtons(article.url)}</div>
${article.withdrawnAt && html`<p class="empty">The publisher has taken this article down (noticed ${fullTime(article.withdrawnAt)}).</p>`}
${pictures && article.image && picture(article.id, article.image)}
${full && !isHeadline(article) ? html`<div class="body" lang="${article.lang}" dir="auto">${trustedHtml(article.html)}</div>` : lead(article)}
${isHeadline(article) && html`<p class="empty">Only the headline is taken from ${outlet}; the article stands there.</p>`}
<p><a class="button" href="${article.url}" rel="noopener external">Read at ${outlet}</a></p>
${others > 0 && html`<p><a href="/story/${article.story}">The whole story: ${others} more ${others === 1 ? 'article' : 'articles'}</a></p>`}
${alsoAt(article, names, html`<h2>Also at</h2>`, (copy) => {
  // Both sides are quoted.
  const difference = full && readable(copy.source) ? differences.get(copy.url) : undefined;
  return difference && tellsOtherwise(difference, true);
})}
${full && revisions.length > 0 && history(article, revisions)}
<nav class="pager more" aria-label="The list that led here" hidden></nav>
${whyLabels(article.labels, names)}
${
  starred !== undefined &&
  muteButtons(
    article.source,
    article.labels.topics.map(({ id }) => id),
    names,
  )
}
</article>`;
}

function lead(article: ArticleView): Html | false {
  const text = standfirst(article);
  return text !== '' && html`<p class="lead" lang="${article.lang}" dir="auto">${text}</p>`;
}

/** What each new version changed, the newest first. */
function history(article: ArticleView, revisions: readonly Revision[]): Html {
  const changes = revisions.map((before, index) => {
    const { title, blocks } = changesBetween(before, revisions[index - 1] ?? article);
    return html`<li><p>${fullTime(before.replacedAt)}</p>
${title && html`<p>The headline: ${pieces(title)}</p>`}
${blocks.map((block) => html`<p>${pieces(block)}</p>`)}
</li>`;
  });
  const times = revisions.length === 1 ? 'once' : `${revisions.length} times`;
  return html`<details class="panel"><summary>Changed ${times} since it was published</summary>
<ol class="plain changes" lang="${article.lang}" dir="auto">${changes}</ol></details>`;
}

const pieces = (all: readonly Piece[]): Html =>
  html`${all.map(({ kind, text }) =>
    kind === 'added' ? html`<ins>${text}</ins>` : kind === 'removed' ? html`<del>${text}</del>` : text,
  )}`;

const picture = (article: string, image: NonNullable<ArticleView['image']>): Html => html`<figure class="lead-picture">
<img src="${pictureAddress(article, 'large')}" alt="${image.caption}" width="672" height="448" decoding="async">
${(image.caption || image.credit) && html`<figcaption dir="auto">${image.caption}${image.credit && html` <span class="soft">(${image.credit})</span>`}</figcaption>`}
</figure>`;

/** The other places at which the same article stands; `more` says what else there is to say of a copy. */
export function alsoAt(
  article: StoryArticle,
  names: Names,
  heading: Html,
  more?: (copy: StoryArticle['alsoAt'][number]) => Html | false | undefined,
): Html | false {
  const copies = article.alsoAt;
  return (
    copies.length > 0 &&
    html`<section class="panel">${heading}<ul>${copies.map(
      (copy) => html`<li><a href="${copy.url}" rel="noopener external">${outletName(names, copy.source)}</a>
<span class="soft">${fullTime(copy.published ?? copy.seenAt)} · ${copy.share === 0 ? html`<q dir="auto">${copy.title}</q>` : sharedText(copy.share)}</span>${more?.(copy)}</li>`,
    )}</ul></section>`
  );
}

const sharedText = (share: number): string =>
  share >= 0.995 ? 'the same text' : `${Math.round(share * 100)} % of the text`;
