import type { ArticleCard, Difference, StoryArticle } from '../../store/read/articles.ts';
import { pageAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';
import { countriesOf, type Names, outletName } from '../names.ts';
import { pictureAddress } from '../pictures/address.ts';
import { followButton } from './account.ts';
import { alsoAt } from './article.ts';
import { tellsOtherwise } from './difference.ts';
import { directionOf } from './direction.ts';
import { chips, lede, partName, standfirst } from './labels.ts';
import { subscribeLinks } from './layout.ts';
import { shareButtons } from './share.ts';
import { fullTime } from './time.ts';
import { volume } from './volume.ts';

export interface StoryPage {
  readonly story: string;
  /** Its most complete, clean article. */
  readonly face: ArticleCard;
  /** The first told first. */
  readonly articles: readonly StoryArticle[];
  /** What each article tells otherwise than those before it, by its id. */
  readonly differences: ReadonlyMap<string, Difference>;
  readonly names: Names;
  readonly pictures: boolean;
  /** Whether the one who asks has an account, which can follow it. */
  readonly canFollow: boolean;
  /** Whether the one who asks may read the texts of all sources of the story. */
  readonly readable: (source: string) => boolean;
}

const distinct = <T>(values: readonly T[]): T[] => [...new Set(values)];
const count = (number: number, one: string, more = `${one}s`): Html =>
  html`<span class="number">${number}</span> ${number === 1 ? one : more}`;

/** One story: what happened, who told it first, and what each outlet adds, leaves out or counts otherwise. */
export function storyPage({
  story,
  face,
  articles,
  differences,
  names,
  pictures,
  canFollow,
  readable,
}: StoryPage): Html {
  const [first] = articles;
  if (!first) return html``;
  const copies = articles.flatMap((article) => article.alsoAt);
  const sources = distinct([...articles, ...copies].map(({ source }) => source));
  const own = distinct(articles.map(({ source }) => source));
  const text = standfirst(face);
  return html`<div class="single text-width article" dir="${directionOf(face.lang)}">
<h1 lang="${face.lang}" dir="auto">${face.title}</h1>
<p class="byline">${count(articles.length, 'article')} at ${count(sources.length, 'outlet')}, ${own.length} in their own words ·
first told by <strong>${outletName(names, first.source)}</strong>, ${fullTime(first.newsAt)}</p>
${pictures && face.image && html`<figure class="lead-picture"><img src="${pictureAddress(face.id, 'large')}" alt="${face.image.caption}" width="672" height="448" decoding="async"></figure>`}
${
  text !== '' &&
  html`<p class="lead" lang="${face.lang}" dir="auto">${text}</p>
<p class="soft">As <a href="/article/${face.id}">${outletName(names, face.source)}</a> tells it</p>`
}
${facts(articles, names)}
<div class="actions">${canFollow && followButton(pageAddress({ story }))}${subscribeLinks({ story })}${shareButtons(`/story/${story}`)}</div>
<h2 class="day">As it was told</h2>
<ol class="plain timeline">${articles.map((article, index) =>
    telling(
      article,
      index === 0,
      differences.get(article.id),
      names,
      articles.every(({ source, stub }) => readable(source) && stub !== 'subscribers'),
    ),
  )}</ol>
<nav class="pager more" aria-label="The list that led here" hidden></nav>
</div>`;
}

/** Languages and countries of the story, and when it was told. */
function facts(articles: readonly StoryArticle[], names: Names): Html {
  const langs = distinct(articles.map(({ lang }) => lang)).filter((lang) => lang !== 'und');
  const from = countriesOf(
    names,
    articles.flatMap(({ source, alsoAt }) => [source, ...alsoAt.map((copy) => copy.source)]),
  );
  const countries = distinct(articles.flatMap(({ labels }) => labels.countries.map(({ id }) => id)));
  const links = (kind: 'lang' | 'region', ids: readonly string[]): Html =>
    html`${ids.map((id, index) => html`${index > 0 && ', '}<a href="${pageAddress({ [kind]: id })}">${partName(kind, id, names)}</a>`)}`;
  return html`<dl class="facts">
${langs.length > 0 && html`<div><dt>Told in</dt><dd>${links('lang', langs)}</dd></div>`}
${from.length > 0 && html`<div><dt>Told from</dt><dd>${links('region', from)}</dd></div>`}
${countries.length > 0 && html`<div><dt>About</dt><dd>${links('region', countries.slice(0, 8))}</dd></div>`}
</dl>
${volume(articles.map(({ newsAt }) => newsAt))}`;
}

const telling = (
  article: StoryArticle,
  isFirst: boolean,
  difference: Difference | undefined,
  names: Names,
  quoted: boolean,
): Html => html`<li dir="${directionOf(article.lang)}">
<p class="soft">${fullTime(article.newsAt)} · <strong>${outletName(names, article.source)}</strong>${isFirst && ' · told it first'}</p>
<h2 lang="${article.lang}" dir="auto"><a href="/article/${article.id}">${article.title}</a></h2>
${lede(article)}
${difference && tellsOtherwise(difference, quoted)}
<p class="told"><a href="${article.url}" rel="noopener external">Read at ${outletName(names, article.source)}</a></p>
${chips(article, names)}
${alsoAt(article, names, html`<h3>Also reported by</h3>`)}
</li>`;
