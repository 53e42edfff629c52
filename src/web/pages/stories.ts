import type { StoryCard } from '../../store/read/articles.ts';
import type { FacetCount, Facets } from '../../store/read/facets.ts';
import type { Cut } from '../../store/read/filter.ts';
import { type CutKind, cutKinds, pageAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';
import { type Names, outletName } from '../names.ts';
import { chips, cutTitle, lede, partName } from './labels.ts';
import { subscribeLinks } from './layout.ts';
import { clockTime, dayName } from './time.ts';

export interface StoryList {
  readonly cut: Cut;
  readonly stories: readonly StoryCard[];
  readonly facets: Facets;
  readonly names: Names;
  /** Address of the next page, when there is one. */
  readonly older: string | undefined;
  /** Whether this is not the first page. */
  readonly later: boolean;
}

/** The list of stories of a cut, beside it the ways to cut further. */
export const storyList = (list: StoryList): Html => html`<div class="columns">
<div>
<div class="cut"><h1>${cutTitle(list.cut, list.names) ?? 'Latest'}</h1>${subscribeLinks(list.cut)}</div>
${chosen(list)}
${list.stories.length > 0 ? byDay(list) : nothing(list)}
<nav class="more" aria-label="Pages">
${list.later ? html`<a href="${pageAddress(list.cut)}">Back to the newest</a>` : html`<span></span>`}
${list.older && html`<a rel="next" href="${list.older}">Older stories</a>`}
</nav>
</div>
<aside class="facets" aria-label="Narrow down">
${facet(list, 'Topics', 'topic', list.facets.topics)}
${facet(list, 'Countries', 'region', list.facets.countries)}
${facet(list, 'Regions', 'region', list.facets.regions)}
${facet(
  list,
  'Languages',
  'lang',
  list.facets.langs.filter(({ id }) => id !== 'und'),
)}
${facet(list, 'Sources', 'source', list.facets.sources)}
</aside>
</div>`;

/** The parts of the cut, each with a way to leave it out again. */
function chosen({ cut, names }: StoryList): Html | false {
  const without = (key: keyof Cut, name: string): Html => {
    const { [key]: _left, ...rest } = cut;
    return html`<li><a class="chip set" href="${pageAddress(rest)}">${name} <span aria-hidden="true">✕</span><span class="hidden">: leave out</span></a></li>`;
  };
  const parts = cutKinds.flatMap((kind) => {
    const id = cut[kind];
    return id === undefined ? [] : [without(kind, partName(kind, id, names))];
  });
  if (cut.query !== undefined) parts.push(without('query', `“${cut.query}”`));
  return parts.length > 0 && html`<ul class="chips" aria-label="Chosen">${parts}</ul>`;
}

function byDay({ stories, names }: StoryList): Html {
  const days = Map.groupBy(stories, ({ lead }) => dayName(lead.newsAt));
  return html`${[...days].map(
    ([day, ofDay]) => html`<h2 class="day">${day}</h2>${ofDay.map((card) => story(card, names))}`,
  )}`;
}

function story({ lead, articles, sources }: StoryCard, names: Names): Html {
  const address = articles > 1 ? `/story/${lead.story}` : `/article/${lead.id}`;
  return html`<article class="story">
${clockTime(lead.newsAt)}
<div>
<h3 lang="${lead.lang}" dir="auto"><a href="${address}">${lead.title}</a></h3>
${lede(lead)}
<p class="told">${tellers(sources, names)}</p>
${chips(lead, names)}
</div>
</article>`;
}

/** `3 outlets: A, B, C`, or the one outlet's name. */
function tellers(sources: readonly string[], names: Names): Html {
  const shown = sources.slice(0, 4).map((id) => outletName(names, id));
  if (sources.length === 1) return html`<strong>${shown}</strong>`;
  const left = sources.length - shown.length;
  return html`<strong class="number">${sources.length} outlets:</strong> ${shown.join(', ')}${left > 0 && ` and ${left} more`}`;
}

const nothing = ({ cut, later }: StoryList): Html => html`<div class="empty">
<p><strong>${later ? 'There is nothing older.' : 'Nothing here yet.'}</strong></p>
${
  Object.keys(cut).length === 0
    ? html`<p>The wire has not published an article so far. The first round of crawling takes a few minutes.</p>`
    : html`<p>No article of the wire fits so far; new ones appear here and in the feeds above as they come. <a href="/">See all stories.</a></p>`
}
</div>`;

/** How many of a facet's values are shown at once; the rest opens on demand. */
const shownValues = 8;

function facet({ cut, names }: StoryList, title: string, kind: CutKind, counts: readonly FacetCount[]): Html | false {
  const others = counts.filter(({ id }) => cut[kind] !== id);
  if (others.length === 0) return false;
  const row = ({ id, count }: FacetCount): Html =>
    html`<li><a href="${pageAddress({ ...cut, [kind]: id })}">${partName(kind, id, names)}</a><span class="number">${count}</span></li>`;
  const rest = others.slice(shownValues);
  return html`<section><h2>${title}</h2>
<ul>${others.slice(0, shownValues).map(row)}</ul>
${rest.length > 0 && html`<details><summary class="soft">${rest.length} more</summary><ul>${rest.slice(0, 60).map(row)}</ul></details>`}
</section>`;
}
