import type { Classification, Label, LabelOrigin } from '../../domain/article.ts';
import { type Filter, type FilterKind, filterKinds } from '../../domain/filter.ts';
import type { ArticleCard } from '../../store/read/articles.ts';
import { standfirst as standfirstOf } from '../../text/excerpt.ts';
import { filterName, pageAddress } from '../filter.ts';
import { highlight } from '../highlight.ts';
import { type Html, html } from '../html.ts';
import { type Names, outletName } from '../names.ts';

/** Whether nothing but its headline was taken: the article stands at the outlet. */
export const isHeadline = (article: Pick<ArticleCard, 'opening'>): boolean => article.opening === '';

/** The page's own summary, or the beginning of its text; empty where there is neither. */
export const standfirst = ({ summary, opening }: Pick<ArticleCard, 'summary' | 'opening'>): string =>
  standfirstOf(summary, opening);

const nothingSearched: ReadonlySet<string> = new Set();

/** The standfirst as lists show it. @param searched words to mark, in lower case @param text what to show in its place */
export function lede(
  article: ArticleCard,
  searched: ReadonlySet<string> = nothingSearched,
  text = standfirst(article),
): Html | false {
  return text !== '' && html`<p class="standfirst" lang="${article.lang}" dir="auto">${highlight(text, searched)}</p>`;
}

/** What a part of a filter is called, sources included. */
export const partName = (kind: FilterKind, id: string, names: Names): string =>
  kind === 'source' ? outletName(names, id) : filterName(kind, id, names.labels);

/** A filter in words: `Serbia · Politics and government · “inflation”`; undefined for the whole wire. */
export function filterTitle(filter: Filter, names: Names): string | undefined {
  const parts = filterKinds.flatMap((kind) => {
    const id = filter[kind];
    return id === undefined ? [] : [partName(kind, id, names)];
  });
  if (filter.query !== undefined) parts.push(`“${filter.query}”`);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

const chip = (kind: FilterKind, id: string, names: Names): Html =>
  html`<li><a class="chip" href="${pageAddress({ [kind]: id })}">${partName(kind, id, names)}</a></li>`;

/** Countries, topics and what else the reader should know before following an article. */
export function chips(article: ArticleCard, names: Names): Html {
  const { countries, topics } = article.labels;
  const flags = [
    isHeadline(article) && 'Headline',
    article.liveBlog && 'Live',
    article.opinion && 'Opinion',
    article.paywalled && 'Subscribers only',
    article.stub === 'description' && 'Description only',
    article.agency,
  ].filter(Boolean);
  const marks: Html[] = [
    ...countries.slice(0, 3).map(({ id }) => chip('region', id, names)),
    ...topics.map(({ id }) => chip('topic', id, names)),
    ...flags.map((flag) => html`<li><span class="chip flag">${flag}</span></li>`),
  ];
  return marks.length === 0 ? html`` : html`<ul class="chips" aria-label="Labels">${marks}</ul>`;
}

/** What each origin of a label means to a reader. */
const originMeaning: Readonly<Record<LabelOrigin, string>> = {
  operator: 'a rule of the operator of this wire',
  publisher: "the publisher's own label",
  text: 'words of the text',
  story: 'other articles of its story',
  source: 'the country of the source, for want of anything in the text',
};

const marks = (evidence: readonly string[]): Html =>
  html`${evidence.map((words) => html`<mark dir="auto">${words}</mark> `)}`;

/** What a label rests on: words of the text, or of a region the countries in it with theirs. */
function grounds({ evidence }: Label, countries: readonly Label[], names: Names): Html {
  const named = evidence.flatMap((id) => countries.filter((country) => country.id === id));
  if (named.length === 0) return marks(evidence);
  return html`${named.map(
    ({ id, origin, evidence: words }, at) =>
      html`${at > 0 && html`<br>`}${partName('region', id, names)}: ${words.length > 0 ? marks(words) : originMeaning[origin]}`,
  )}`;
}

const reason = (kind: FilterKind, label: Label, countries: readonly Label[], names: Names): Html => html`<li>
<a href="${pageAddress({ [kind]: label.id })}">${partName(kind, label.id, names)}</a>
<span class="soft">${Math.round(label.confidence * 100)} %, from ${originMeaning[label.origin]}</span>
${label.evidence.length > 0 && label.origin !== 'story' && html`<br>${grounds(label, countries, names)}`}
</li>`;

/** Why an article carries its labels: each with its origin and the words that decided. */
export function whyLabels(labels: Classification, names: Names): Html {
  const list = (title: string, kind: FilterKind, all: readonly Label[]): Html | false =>
    all.length > 0 &&
    html`<h2>${title}</h2><ul>${all.map((label) => reason(kind, label, labels.countries, names))}</ul>`;
  const shown = [
    list('Countries', 'region', labels.countries),
    list('Regions', 'region', labels.regions),
    list('Topics', 'topic', labels.topics),
  ];
  return html`<details class="panel"><summary>Why these labels?</summary>
${shown.some(Boolean) ? shown : html`<p>Neither countries nor topics could be told from this article.</p>`}
<p class="soft">Language: ${partName('lang', labels.lang, names)}.</p>
</details>`;
}
