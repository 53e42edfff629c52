import { type Filter, type FilterKind, filterKinds } from '../../domain/filter.ts';
import type { Preferences } from '../../domain/preferences.ts';
import type { MarkedArticle } from '../../store/marks.ts';
import type { FacetCount, Facets } from '../../store/read/facets.ts';
import type { StoryCard } from '../../store/read/story-cards.ts';
import { readSearch } from '../../text/search-query.ts';
import { pageAddress } from '../filter.ts';
import { highlight } from '../highlight.ts';
import { type Html, html } from '../html.ts';
import { countriesOf, type Names, outletName } from '../names.ts';
import { pictureAddress } from '../pictures/address.ts';
import type { SearchHits } from '../search-hits.ts';
import { followButton, starButton } from './account.ts';
import { directionOf } from './direction.ts';
import { chips, filterTitle, lede, partName } from './labels.ts';
import { subscribeLinks } from './layout.ts';
import { viewSwitch } from './preferences.ts';
import { dayName, listTime } from './time.ts';

export interface StoryList {
  readonly now: Date;
  readonly filter: Filter;
  /** The weightiest, for the first page. */
  readonly top: readonly StoryCard[];
  /** Address that an account may follow. */
  readonly follow: string | undefined;
  /** Where a script hears of what is new in the list. */
  readonly live: string | undefined;
  /** Whether pictures are shown. */
  readonly pictures: boolean;
  readonly view: Preferences;
  /** Its own address, to come back to. */
  readonly address: string;
  /** What the account of the one who asks did to the faces, by their number; undefined without an account. */
  readonly own: ReadonlyMap<string, MarkedArticle> | undefined;
  /** Whether mutes or languages of the reader leave something out. */
  readonly personal: boolean;
  readonly stories: readonly StoryCard[];
  /** What a search found in them. */
  readonly hits: SearchHits;
  /** Whether a search is listed by how well it fits instead of by time. */
  readonly byRelevance: boolean;
  readonly facets: Facets;
  readonly names: Names;
  /** Address of the next page, when there is one. */
  readonly older: string | undefined;
  /** Whether this is not the first page. */
  readonly later: boolean;
}

/** The list of stories of a filter, beside it the ways to filter further. */
export const storyList = (list: StoryList): Html => html`<div class="columns">
<div class="list">
<div class="heading"><h1>${filterTitle(list.filter, list.names) ?? 'Latest'}</h1><a class="to-filters" href="#filters">Filters</a>
${subscribeLinks(list.filter)}${list.follow && followButton(list.follow)}${viewSwitch(list.view.view, list.address)}${list.own && readAllButton(list)}</div>
${list.live !== undefined && html`<p class="live" role="status"><a id="live" href="${list.live}" hidden>New</a></p>`}
${list.personal && html`<p class="soft">Without what you mute, in the languages that you read. <a href="${list.own ? '/account#muted' : '/preferences'}">Change</a></p>`}
${chosen(list)}
${list.filter.query !== undefined && searchTools(list)}
${list.top.length > 0 && html`<section class="top" aria-label="Top stories"><h2 class="day">Top stories</h2>${list.top.map((card, index) => story(card, list, index === 0))}</section>`}
${list.stories.length > 0 ? (list.byRelevance ? list.stories.map((card) => story(card, list)) : byDay(list)) : list.top.length === 0 && nothing(list)}
<nav class="more" aria-label="Pages">
${list.later ? html`<a href="${pageAddress(list.filter)}">Back to the newest</a>` : html`<span></span>`}
${list.older && html`<a rel="next" href="${list.older}">Older stories</a>`}
</nav>
</div>
<aside class="facets" id="filters" aria-label="Filters"><a class="close" href="#main">Close the filters</a>
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

/** The newest articles over which filters are counted. */
const counted = 2000;

/** How much a search found, and between which days it looks. */
function searchTools({ filter, facets, byRelevance }: StoryList): Html {
  const found = facets.langs.reduce((sum, { count }) => sum + count, 0);
  const day = (name: 'from' | 'to', text: string): Html =>
    html`<label for="${name}">${text}</label><input id="${name}" name="${name}" type="date" value="${filter[name]?.slice(0, 10)}">`;
  return html`<form class="search-tools" action="${pageAddress({ ...filter, query: '' }).split('?', 1)[0]}">
<p class="soft">${found >= counted ? `More than ${counted}` : found} ${found === 1 ? 'article' : 'articles'}</p>
<input type="hidden" name="q" value="${filter.query}">
${day('from', 'From')} ${day('to', 'to')} <label for="sort">Order</label>
<select id="sort" name="sort"><option value="time">by time</option><option value="relevance"${byRelevance && html` selected`}>by relevance</option></select>
<button>Search</button></form>`;
}

/** The parts of the filter, each with a way to leave it out again. */
function chosen({ filter, names }: StoryList): Html | false {
  const without = (key: keyof Filter, name: string): Html => {
    const { [key]: _left, ...rest } = filter;
    return html`<li><a class="chip set" href="${pageAddress(rest)}">${name} <span aria-hidden="true">✕</span><span class="hidden">: leave out</span></a></li>`;
  };
  const parts = filterKinds.flatMap((kind) => {
    const id = filter[kind];
    return id === undefined ? [] : [without(kind, partName(kind, id, names))];
  });
  if (filter.query !== undefined) parts.push(without('query', `“${filter.query}”`));
  return parts.length > 0 && html`<ul class="chips" aria-label="Chosen">${parts}</ul>`;
}

function byDay(list: StoryList): Html {
  const days = Map.groupBy(list.stories, ({ newest }) => dayName(newest.newsAt));
  return html`${[...days].map(
    ([day, ofDay]) => html`<h2 class="day">${day}</h2>${ofDay.map((card) => story(card, list))}`,
  )}`;
}

/** Marks all of a list as read. */
const readAllButton = ({ address, now }: StoryList): Html => html`<form method="post" action="/account/read-all">
<input type="hidden" name="address" value="${address}"><input type="hidden" name="until" value="${now.toISOString()}"><button>Mark all as read</button></form>`;

/** How wide a picture is shown: browsers choose the file by it. */
function pictureSizes(view: Preferences['view'], isLead: boolean): string {
  if (isLead) return '(min-width: 56rem) 22rem, 100vw';
  return view === 'cards' ? '(min-width: 36rem) 18rem, 100vw' : '10rem';
}

function story(
  card: StoryCard,
  { hits, names, now, pictures, view, own, address: back }: StoryList,
  isLead = false,
): Html {
  const { face, articles, newest } = card;
  const address = articles > 1 ? `/story/${face.story}` : `/article/${face.id}`;
  const marks = own && (own.get(face.seq) ?? { seen: false, starred: false });
  return html`<article class="story${marks?.seen && ' read'}" id="a-${face.id}" dir="${directionOf(face.lang)}">
<div>
<h3 lang="${face.lang}" dir="auto"><a href="${address}">${highlight(face.title, hits.words)}</a></h3>
${lede(face, hits.words, hits.around.get(face.id))}
<p class="told">${listTime(newest.newsAt, now)} · ${tellers(card, names)}</p>
${chips(face, names)}
${marks && starButton(face.id, marks.starred, `${back}#a-${face.id}`)}
</div>
${pictures && face.image && thumbnail(face.id, address, pictureSizes(view.view, isLead), isLead)}
</article>`;
}

function thumbnail(id: string, address: string, sizes: string, isLead: boolean): Html {
  const [small, large] = [pictureAddress(id, 'small'), pictureAddress(id, 'large')];
  return html`<a class="thumbnail" href="${address}" tabindex="-1" aria-hidden="true">
<img src="${small}" srcset="${small} 320w, ${large} 1344w" sizes="${sizes}"
alt="" width="160" height="107" loading="${isLead ? 'eager' : 'lazy'}" decoding="async"></a>`;
}

/** `3 outlets: A, B, C` with a bar of how many tell it in their own words and how many copy, or the one outlet's name. */
function tellers({ sources, independent, langs }: StoryCard, names: Names): Html {
  const shown = sources.slice(0, 4).map((id) => outletName(names, id));
  if (sources.length === 1) return html`<strong>${shown}</strong>`;
  const left = sources.length - shown.length;
  const countries = countriesOf(names, sources).length;
  const outlets = html`${coverage(sources.length, independent)}<strong class="number">${sources.length} outlets:</strong> ${shown.join(', ')}`;
  return html`${outlets}${left > 0 && ` and ${left} more`}${countries > 1 && ` · from ${countries} countries`}${langs.length > 1 && ` · in ${langs.length} languages`}`;
}

/** How many outlets are drawn; beyond that the bar is full. */
const longestBar = 12;

function coverage(outlets: number, independent: number): Html {
  const drawn = Math.min(longestBar, outlets);
  const marks = Array.from(
    { length: drawn },
    (_, index) => html`<rect x="${index * 7}" width="5" height="10" class="${index < independent ? 'own' : 'copy'}"/>`,
  );
  const label = `${independent} in their own words, ${outlets - independent} as copies`;
  return html`<svg class="coverage" width="${drawn * 7}" height="10" role="img" aria-label="${label}">${marks}</svg> `;
}

/** What else could be looked at where nothing fits. */
function wider(filter: Filter): { address: string; text: string }[] {
  const { query, from, to, since, ...place } = filter;
  const ways: { address: string; text: string }[] = [];
  const bounded = from !== undefined || to !== undefined || since !== undefined;
  if (bounded)
    ways.push({ address: pageAddress(query === undefined ? place : { ...place, query }), text: 'The same on any day' });
  if (query !== undefined) {
    if (Object.keys(place).length > 0)
      ways.push({ address: pageAddress({ query }), text: `“${query}” in the whole wire` });
    const words = readSearch(query).flatMap(({ all }) => all.map(({ text }) => text));
    if (words.length > 1 || query.includes('"'))
      ways.push(...words.map((word) => ({ address: pageAddress({ query: word }), text: `${word} alone` })));
  }
  return [...ways, { address: '/', text: 'All stories' }];
}

const nothing = ({ filter, later }: StoryList): Html => html`<div class="empty">
<p><strong>${later ? 'There is nothing older.' : 'Nothing here yet.'}</strong></p>
${
  Object.keys(filter).length === 0
    ? html`<p>The wire has not published an article so far. The first round of crawling takes a few minutes.</p>`
    : html`<p>No article of the wire fits so far; new ones appear here and in the feeds above as they come.</p>
<ul>${wider(filter).map(({ address, text }) => html`<li><a href="${address}">${text}</a></li>`)}</ul>`
}
</div>`;

/** How many of a facet's values are shown at once; the rest opens on demand. */
const shownValues = 8;

function facet(
  { filter, names }: StoryList,
  title: string,
  kind: FilterKind,
  counts: readonly FacetCount[],
): Html | false {
  const others = counts.filter(({ id }) => filter[kind] !== id);
  if (others.length === 0) return false;
  const row = ({ id, count }: FacetCount): Html =>
    html`<li><a href="${pageAddress({ ...filter, [kind]: id })}">${partName(kind, id, names)}</a><span class="number">${count}</span></li>`;
  const rest = others.slice(shownValues);
  return html`<section><h2>${title}</h2>
<ul>${others.slice(0, shownValues).map(row)}</ul>
${rest.length > 0 && html`<details><summary class="soft">${rest.length} more</summary><ul>${rest.slice(0, 60).map(row)}</ul></details>`}
</section>`;
}
