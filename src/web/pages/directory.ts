import type { Filter, FilterKind } from '../../domain/filter.ts';
import type { FacetCount, Facets } from '../../store/read/facets.ts';
import { feedAddress, pageAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';
import type { Names } from '../names.ts';
import { partName } from './labels.ts';

/** Filters of one kind. */
interface DirectoryGroup {
  readonly id: 'topics' | 'regions' | 'countries' | 'langs' | 'sources';
  readonly title: string;
  readonly kind: FilterKind;
  readonly counts: readonly FacetCount[];
}

/** The groups that a list of subscriptions may hold; without a choice it is everything in one feed. */
export const opmlGroups = ['all', 'topics', 'regions', 'countries', 'langs', 'sources'] as const;

/** The filters that the newest articles give, by kind: what a subscriber can choose from. */
export const directoryGroups = (facets: Facets, names: Names): readonly DirectoryGroup[] => [
  { id: 'topics', title: 'Topics', kind: 'topic', counts: facets.topics },
  { id: 'regions', title: 'Regions', kind: 'region', counts: facets.regions },
  { id: 'countries', title: 'Countries', kind: 'region', counts: facets.countries },
  { id: 'langs', title: 'Languages', kind: 'lang', counts: facets.langs.filter(({ id }) => id !== 'und') },
  {
    id: 'sources',
    title: 'Sources',
    kind: 'source',
    counts: [...names.outlets.values()].map(({ id }) => ({
      id,
      count: facets.sources.find((source) => source.id === id)?.count ?? 0,
    })),
  },
];

/** All feeds that the wire offers, and how to combine them. */
export const directoryPage = (facets: Facets, names: Names): Html => html`<div class="single status">
<div class="heading"><h1>Feeds</h1></div>
<p class="text-width">Every list of this wire is a feed too. Put one of these addresses into a feed reader.
Parts combine by standing one after another, as in <code>${feedAddress({ region: 'RS', topic: '11000000', lang: 'en' }, 'rss')}</code>;
a search is a feed as well: <code>${feedAddress({ query: 'inflation' }, 'rss')}</code>.</p>
<p class="text-width">Any of them takes <code>?items=story</code> for one item a story, <code>?items=change</code> and <code>?items=correction</code> for what was
changed after it was published, <code>?text=summary</code>, <code>?limit=20</code>, and <code>?day=2026-11-28</code> for the archive of a day.</p>
${opmlChoice(facets, names)}
<section><h2>Everything</h2><ul class="directory">${row({}, 'All news', undefined)}</ul></section>
${directoryGroups(facets, names).map(
  ({ title, kind, counts }) =>
    counts.length > 0 &&
    html`<section><h2>${title}</h2><ul class="directory">${counts.map(({ id, count }) => row({ [kind]: id }, partName(kind, id, names), count))}</ul></section>`,
)}
</div>`;

/** A form that makes a list of subscriptions (OPML) of chosen groups: all groups at once would give each article several times. */
function opmlChoice(facets: Facets, names: Names): Html {
  const groups = directoryGroups(facets, names).filter(({ counts }) => counts.length > 0);
  const box = (name: string, value: string, text: string, type = 'checkbox', checked = false): Html =>
    html`<label><input type="${type}" name="${name}" value="${value}"${checked && html` checked`}> ${text}</label>`;
  return html`<form class="panel choice" action="/opml"><fieldset><legend>A list of subscriptions (OPML) for your feed reader</legend>
${box('group', 'all', 'Everything, in one feed', 'checkbox', true)}
${groups.map(({ title, id, counts }) => box('group', id, `${title} (${counts.length})`))}
</fieldset><fieldset><legend>Items</legend>
${box('items', 'article', 'each article', 'radio', true)} ${box('items', 'story', 'one a story', 'radio')}
</fieldset><button>Download</button></form>`;
}

const row = (filter: Filter, name: string, count: number | undefined): Html => html`<li>
<a href="${pageAddress(filter)}">${name}</a>${count !== undefined && html` <span class="number soft">${count}</span>`}
<span class="formats"><a href="${feedAddress(filter, 'rss')}">RSS<span class="hidden"> of ${name}</span></a>
<a href="${feedAddress(filter, 'atom')}">Atom<span class="hidden"> of ${name}</span></a>
<a href="${feedAddress(filter, 'json')}">JSON<span class="hidden"> of ${name}</span></a></span></li>`;
