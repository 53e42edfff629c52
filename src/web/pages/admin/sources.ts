import { type SourceFilter, type SourceRow, sourceFilters } from '../../../store/read/source-rows.ts';
import { type Html, html } from '../../html.ts';
import { spark } from './charts.ts';
import { badge, brokenCatalogue, moment, numberHead, section, sourceAddress, table } from './parts.ts';

export interface SourceList {
  readonly now: Date;
  readonly rows: readonly SourceRow[];
  readonly total: number;
  readonly filter: SourceFilter | undefined;
  readonly query: string;
  readonly page: number;
  readonly perPage: number;
  /** What is wrong with the catalogue's file right now, by line. */
  readonly mistake: string | undefined;
  /** Whether sources can be added here. */
  readonly canEdit: boolean;
}

const filterNames: Readonly<Record<SourceFilter, string>> = {
  fails: 'Fails',
  nothing: 'Gives nothing',
  gives: 'Gives',
  new: 'New',
  paused: 'Paused',
  inactive: 'No longer listed',
};

const address = ({ filter, query }: Pick<SourceList, 'filter' | 'query'>, page = 1): string => {
  const asked = new URLSearchParams();
  if (filter) asked.set('state', filter);
  if (query !== '') asked.set('q', query);
  if (page > 1) asked.set('page', `${page}`);
  return `/admin/sources${asked.size > 0 ? `?${asked}` : ''}`;
};

/** All sources by health, with search. */
export const sourcesPage = (list: SourceList): Html => html`
${brokenCatalogue(list.mistake)}
<div class="tools"><form class="lookup" action="/admin/sources"><label class="hidden" for="source-q">Name or id of a source</label>
<input id="source-q" name="q" type="search" value="${list.query}" placeholder="Name or id" maxlength="100">${list.filter && html`<input type="hidden" name="state" value="${list.filter}">`}<button>Find</button></form>
${list.canEdit && html`<a class="button" href="/admin/add">Add a source</a>`}</div>
<ul class="chips" aria-label="States">${chip('All', undefined, list)}${sourceFilters.map((filter) => chip(filterNames[filter], filter, list))}</ul>
${section(
  list.total === 1 ? '1 source' : `${list.total} sources`,
  list.rows.length === 0
    ? html`<p class="soft">${list.query === '' && !list.filter ? 'There is no source yet.' : 'None matches.'}</p>`
    : table(
        'Sources',
        [
          'Source',
          'State',
          '14 days',
          numberHead('Articles'),
          numberHead('Rejected'),
          numberHead('Open'),
          'Last crawl',
          'Next',
        ],
        list.rows.map((row) => sourceRow(row, list.now)),
      ),
)}
${pages(list)}`;

const chip = (name: string, filter: SourceFilter | undefined, list: SourceList): Html =>
  html`<li><a class="chip${filter === list.filter ? ' set' : ''}" href="${address({ filter, query: list.query })}"${filter === list.filter && html` aria-current="true"`}>${name}</a></li>`;

function sourceRow(row: SourceRow, now: Date): Html {
  const { health } = row;
  const cause = row.active && health && health.state !== 'gives' && health.cause;
  return html`<tr><th scope="row"><a href="${sourceAddress(row.id)}">${row.name}</a></th>
<td class="state">${badge(row)}${cause && html`<br><span class="cause">${cause}</span>`}${row.active && !cause && row.warnings.length > 0 && html`<br><span class="soft cause">${row.warnings[0]}</span>`}</td>
<td>${spark(row.perDay, 'Articles')}</td><td class="number">${row.perDay.reduce((sum, count) => sum + count, 0)}</td><td class="number">${row.rejected}</td><td class="number">${row.open}</td>
<td class="time">${moment(row.lastCrawlAt, now)}</td><td class="time">${next(row, now)}</td></tr>`;
}

function next({ active, pausedAt, nextCrawlAt }: SourceRow, now: Date): Html | string {
  if (!active || pausedAt) return html`<span class="soft">–</span>`;
  return nextCrawlAt <= now ? 'due' : moment(nextCrawlAt, now);
}

const pages = (list: SourceList): Html | false => {
  const last = Math.max(1, Math.ceil(list.total / list.perPage));
  const before = list.page > 1 && html`<a rel="prev" href="${address(list, list.page - 1)}">Before</a>`;
  const next = list.page < last && html`<a rel="next" href="${address(list, list.page + 1)}">Next</a>`;
  return (
    last > 1 &&
    html`<nav class="more" aria-label="Pages"><span>${before}</span><span class="soft">Page ${list.page} of ${last}</span><span>${next}</span></nav>`
  );
};
