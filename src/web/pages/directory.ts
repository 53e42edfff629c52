import type { Filter, FilterKind } from '../../domain/filter.ts';
import type { FacetCount, Facets } from '../../store/read/facets.ts';
import { feedAddress, pageAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';
import type { Names } from '../names.ts';
import { partName } from './labels.ts';

/** The filters that the newest articles give, by kind: what a subscriber can choose from. */
export const directoryGroups = (
  facets: Facets,
  names: Names,
): readonly { readonly title: string; readonly kind: FilterKind; readonly counts: readonly FacetCount[] }[] => [
  { title: 'Topics', kind: 'topic', counts: facets.topics },
  { title: 'Regions', kind: 'region', counts: facets.regions },
  { title: 'Countries', kind: 'region', counts: facets.countries },
  { title: 'Languages', kind: 'lang', counts: facets.langs.filter(({ id }) => id !== 'und') },
  {
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
<p class="text-width">Every list of this wire is a feed too. Put one of these addresses into a feed reader, or all at once as <a href="/opml">OPML</a>.
Parts combine by standing one after another, as in <code>${feedAddress({ region: 'RS', topic: '11000000', lang: 'en' }, 'rss')}</code>;
a search is a feed as well: <code>${feedAddress({ query: 'inflation' }, 'rss')}</code>.</p>
<section><h2>Everything</h2><ul class="directory">${row({}, 'All news', undefined)}</ul></section>
${directoryGroups(facets, names).map(
  ({ title, kind, counts }) =>
    counts.length > 0 &&
    html`<section><h2>${title}</h2><ul class="directory">${counts.map(({ id, count }) => row({ [kind]: id }, partName(kind, id, names), count))}</ul></section>`,
)}
</div>`;

const row = (filter: Filter, name: string, count: number | undefined): Html => html`<li>
<a href="${pageAddress(filter)}">${name}</a>${count !== undefined && html` <span class="number soft">${count}</span>`}
<span class="formats"><a href="${feedAddress(filter, 'rss')}">RSS<span class="hidden"> of ${name}</span></a>
<a href="${feedAddress(filter, 'atom')}">Atom<span class="hidden"> of ${name}</span></a>
<a href="${feedAddress(filter, 'json')}">JSON<span class="hidden"> of ${name}</span></a></span></li>`;
