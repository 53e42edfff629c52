import type { Classification, Label, LabelOrigin } from '../../article.ts';
import type { Cut } from '../../store/cut.ts';
import type { ArticleCard } from '../../store/reading.ts';
import { type CutKind, cutKinds, cutName, pageAddress } from '../cut.ts';
import { excerpt } from '../excerpt.ts';
import { type Html, html } from '../html.ts';
import { type Outlets, outletName } from '../outlets.ts';

/** The page's own summary, or the beginning of its text. */
export const standfirst = (article: ArticleCard): string => article.summary ?? excerpt(article.opening);

/** What a part of a cut is called, sources included. */
export const partName = (kind: CutKind, id: string, outlets: Outlets): string =>
  kind === 'source' ? outletName(outlets, id) : cutName(kind, id);

/** A cut in words: `Serbia · Politics and government · “inflation”`; undefined for the whole wire. */
export function cutTitle(cut: Cut, outlets: Outlets): string | undefined {
  const parts = cutKinds.flatMap((kind) => {
    const id = cut[kind];
    return id === undefined ? [] : [partName(kind, id, outlets)];
  });
  if (cut.query !== undefined) parts.push(`“${cut.query}”`);
  return parts.length === 0 ? undefined : parts.join(' · ');
}

const chip = (kind: CutKind, id: string): Html =>
  html`<li><a class="chip" href="${pageAddress({ [kind]: id })}">${cutName(kind, id)}</a></li>`;

/** Countries, topics and what else the reader should know before following an article. */
export function chips(article: ArticleCard): Html {
  const { countries, topics } = article.labels;
  const flags = [
    article.liveBlog && 'Live',
    article.opinion && 'Opinion',
    article.paywalled && 'Subscribers only',
    article.agency,
  ].filter(Boolean);
  const marks: Html[] = [
    ...countries.slice(0, 3).map(({ id }) => chip('region', id)),
    ...topics.map(({ id }) => chip('topic', id)),
    ...flags.map((flag) => html`<li><span class="chip flag">${flag}</span></li>`),
  ];
  return marks.length === 0 ? html`` : html`<ul class="chips" aria-label="Labels">${marks}</ul>`;
}

/** What each origin of a label means to a reader. */
const originMeaning: Readonly<Record<LabelOrigin, string>> = {
  operator: 'a rule of the operator of this wire',
  publisher: "the publisher's own label",
  text: 'words of the text',
  source: 'the country of the source, for want of anything in the text',
};

const reason = (kind: CutKind, label: Label): Html => html`<li>
<a href="${pageAddress({ [kind]: label.id })}">${cutName(kind, label.id)}</a>
<span class="soft">${Math.round(label.confidence * 100)} %, from ${originMeaning[label.origin]}</span>
${label.evidence.length > 0 && html`<br>${label.evidence.map((words) => html`<mark dir="auto">${words}</mark> `)}`}
</li>`;

/** Why an article carries its labels: each with its origin and the words that decided. */
export function whyLabels(labels: Classification): Html {
  const list = (title: string, kind: CutKind, all: readonly Label[]): Html | false =>
    all.length > 0 && html`<h3>${title}</h3><ul>${all.map((label) => reason(kind, label))}</ul>`;
  const shown = [
    list('Countries', 'region', labels.countries),
    list('Regions', 'region', labels.regions),
    list('Topics', 'topic', labels.topics),
  ];
  return html`<details class="panel"><summary>Why these labels?</summary>
${shown.some(Boolean) ? shown : html`<p>Neither countries nor topics could be told from this article.</p>`}
<p class="soft">Language: ${cutName('lang', labels.lang)}.</p>
</details>`;
}
