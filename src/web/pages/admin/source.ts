import type { LayoutChange } from '../../../domain/layout.ts';
import { describeRights, type Rights } from '../../../domain/rights.ts';
import type { Source } from '../../../domain/source.ts';
import { healthWord, type ListingAnswer } from '../../../domain/source-health.ts';
import { dayMs } from '../../../domain/time.ts';
import type { Action } from '../../../store/actions.ts';
import type { CrawlRow } from '../../../store/crawls.ts';
import type { SourceCount } from '../../../store/outcome-counts.ts';
import type { SourceRow } from '../../../store/read/source-rows.ts';
import { type Html, html } from '../../html.ts';
import { reasonMeaning } from '../links.ts';
import { fullTime } from '../time.ts';
import { type Bar, plot } from './charts.ts';
import { outcomes } from './overview.ts';
import { badge, button, bytes, duration, moment, numberHead, section, sourceAddress, table } from './parts.ts';

export interface SourceDetails {
  readonly now: Date;
  readonly row: SourceRow;
  /** The catalogue's entry; undefined where an earlier version stored what this one cannot read. */
  readonly source: Source | undefined;
  readonly rights: Rights | null;
  readonly crawls: readonly CrawlRow[];
  /** Of the last 30 days. */
  readonly counts: readonly SourceCount[];
  readonly actions: readonly Action[];
  /** Days from which on its pages were read otherwise, of the last 90. */
  readonly changes: readonly LayoutChange[];
  readonly canEdit: boolean;
}

/** One source: how it stands and stood, what it lists, what was rejected, and what can be done. */
export const sourcePage = (all: SourceDetails): Html => html`
${standing(all)}
${doing(all)}
${section('The last 30 days', plot('Pages by day', bars(all)))}
<div class="pair">${listingsSection(all)}${reasonsSection(all)}</div>
${layoutSection(all)}
${crawlsSection(all)}
${settingsSection(all)}
${actionsSection(all)}`;

function standing({ row, rights, now }: SourceDetails): Html {
  const { health, warnings } = row;
  return html`<div class="standing"><p>${badge(row)} ${health && html`<span class="soft">since ${moment(health.since, now)}, ${health.inARow === 1 ? 'one crawl' : `${health.inARow} crawls in a row`}; last good ${moment(row.lastSuccessAt, now)}</span>`}</p>
${health?.cause && html`<p class="cause">${health.cause}</p>`}
${warnings.length > 0 && html`<ul class="soft">${warnings.map((warning) => html`<li>${warning}</li>`)}</ul>`}
<dl class="facts"><div><dt>Last crawl</dt><dd>${moment(row.lastCrawlAt, now)}</dd></div>
<div><dt>Next crawl</dt><dd>${row.active && !row.pausedAt ? (row.nextCrawlAt <= now ? 'due' : moment(row.nextCrawlAt, now)) : '–'}</dd></div>
<div><dt>Waiting links</dt><dd>${row.open}</dd></div>
<div><dt>Rights</dt><dd>${rights && Object.keys(rights).length > 0 ? describeRights(rights) : html`<span class="soft">the site says nothing</span>`}</dd></div></dl></div>`;
}

const doing = ({ row, canEdit }: SourceDetails): Html => {
  const at = sourceAddress(row.id);
  return html`<div class="doing">${row.active && button(`${at}/crawl`, 'Crawl now', {}, 'main')}
${row.active && button(`${at}/pause`, row.pausedAt ? 'Resume' : 'Pause', { do: row.pausedAt ? 'resume' : 'pause' })}
${row.active && canEdit && html`<a class="quiet button" href="${at}/edit">Edit</a>`}
<a class="quiet button" href="/source/${encodeURIComponent(row.id)}">Its articles</a></div>`;
};

function bars({ counts, row, now }: SourceDetails): Bar[] {
  const byDay = Map.groupBy(counts, ({ day }) => day);
  return Array.from({ length: 30 }, (_, index) => {
    const at = new Date(now.getTime() - (29 - index) * dayMs);
    const day = at.toISOString().slice(0, 10);
    const rows = byDay.get(day) ?? [];
    return {
      name: day.slice(5),
      parts: outcomes.map((kind) => ({
        kind,
        count: rows.reduce((sum, { outcome, count }) => sum + (outcome === kind ? count : 0), 0),
      })),
      href: `/admin/links?source=${encodeURIComponent(row.id)}&from=${day}&to=${day}`,
    };
  });
}

/** How each listing answered the last time that it was asked. */
function listingsSection({ source, crawls }: SourceDetails): Html {
  const listed = [
    ...(source?.feeds ?? []).map((url) => ['feed', url] as const),
    ...(source?.sitemaps ?? []).map((url) => ['sitemap', url] as const),
    ...(source?.sections ?? []).map((url) => ['section', url] as const),
  ];
  const last = new Map<string, ListingAnswer>();
  for (const { listings } of crawls) for (const one of listings) if (!last.has(one.url)) last.set(one.url, one);
  for (const { kind, url } of last.values()) if (!listed.some(([, known]) => known === url)) listed.push([kind, url]);
  return section(
    'Listings',
    html`<ul class="rows">${listed.slice(0, 30).map(([kind, url]) => html`<li><span class="grow"><span class="soft">${kind}</span> <a href="${url}" rel="noopener external">${url}</a><br>${answer(last.get(url))}</span></li>`)}</ul>`,
  );
}

function answer(listing: ListingAnswer | undefined): Html {
  if (!listing) return html`<span class="soft">not asked yet, or not needed</span>`;
  const status = listing.status === undefined ? '' : `${listing.status} · `;
  return listing.problem === undefined
    ? html`<span class="good">✓</span> ${status}${listing.status === 304 ? 'unchanged' : `${listing.items} links, ${listing.fresh} new`}`
    : html`<span class="bad">✗</span> ${status}${listing.problem}`;
}

function reasonsSection({ counts, row }: SourceDetails): Html {
  const rejected = [
    ...Map.groupBy(
      counts.filter(({ outcome }) => outcome === 'rejected'),
      ({ reason }) => reason,
    ),
  ]
    .map(([reason, rows]) => ({ reason, count: rows.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => b.count - a.count);
  const here = encodeURIComponent(row.id);
  return section(
    'Rejected in 30 days',
    rejected.length === 0
      ? html`<p class="soft">None was.</p>`
      : html`<ul class="rows">${rejected.map(
          ({
            reason,
            count,
          }) => html`<li title="${reasonMeaning(reason)}"><span class="grow"><a href="/admin/links?source=${here}&amp;outcome=rejected&amp;reason=${encodeURIComponent(reason)}">${reason}</a></span><span class="number">${count}</span>
${reason !== 'pruned' && button('/admin/retry', 'Retry', { reason, source: row.id })}</li>`,
        )}</ul>`,
  );
}

/** The newest first. */
const layoutSection = ({ changes, row }: SourceDetails): Html =>
  section(
    'Layout changes',
    changes.length === 0
      ? html`<p class="soft">None was seen: texts are as long as before, and as few pages are rejected.</p>`
      : html`<ul class="rows">${changes.toReversed().map(
          (change) =>
            html`<li><time datetime="${change.day}">${change.day}</time> <span class="grow">${shiftInWords(change)}</span>
<a href="/admin/links?source=${encodeURIComponent(row.id)}&amp;from=${change.day}&amp;to=${change.day}">Pages of that day</a></li>`,
        )}</ul><p class="soft">Try one of them under <a href="/admin/try">Try a page</a>: <code>keep</code> and <code>remove</code> of the source mend what is read wrong.</p>`,
    html`<span class="soft">in 90 days, by the limits of the alerts</span>`,
  );

const shiftInWords = ({ what, from, to }: LayoutChange): string =>
  what === 'rejected'
    ? `${Math.round(to)} % of the pages were rejected, ${Math.round(from)} % in the two weeks before`
    : `articles became much ${to < from ? 'shorter' : 'longer'}: ${Math.round(to)} % of what they were in the two weeks before`;

const crawlsSection = ({ crawls, now }: SourceDetails): Html =>
  section(
    'Crawls',
    crawls.length === 0
      ? html`<p class="soft">Not crawled yet.</p>`
      : table(
          'Crawls',
          [
            'When',
            'State',
            'What the listings answered',
            numberHead('New'),
            numberHead('Read'),
            numberHead('Kept'),
            numberHead('Rejected'),
            numberHead('Requests'),
            numberHead('Size'),
            numberHead('Took'),
          ],
          crawls.map(
            (
              crawl,
            ) => html`<tr><td class="time">${moment(crawl.startedAt, now)}</td><td class="state ${crawl.state}">${healthWord[crawl.state]}</td>
<td class="address">${crawl.cause ?? crawl.listings.map(({ kind, status, items }) => `${kind} ${status ?? ''}${status === 304 ? '' : ` (${items})`}`).join(', ')}</td>
<td class="number">${crawl.listings.reduce((sum, { fresh }) => sum + fresh, 0)}</td><td class="number">${crawl.pages}</td><td class="number">${crawl.articles}</td>
<td class="number"${rejectedWords(crawl)}>${Object.values(crawl.rejected).reduce((sum, count) => sum + count, 0)}</td><td class="number">${crawl.requests}</td>
<td class="number">${bytes(crawl.bytes)}</td><td class="number">${duration(crawl.tookMs / 1000)}</td></tr>`,
          ),
        ),
    html`<span class="soft">kept for 90 days; the latest ${crawls.length}</span>`,
  );

const rejectedWords = ({ rejected }: CrawlRow): Html | false => {
  const words = Object.entries(rejected).map(([reason, count]) => `${reason}: ${count}`);
  return words.length > 0 && html` title="${words.join(', ')}"`;
};

const settingsSection = ({ source }: SourceDetails): Html | false =>
  source !== undefined &&
  section(
    'Settings',
    html`<dl class="facts"><div><dt>Home</dt><dd><a href="${source.home}" rel="noopener external">${source.home}</a></dd></div><div><dt>Schedule</dt><dd>${source.schedule}</dd></div>
<div><dt>Takes</dt><dd>${source.take}</dd></div><div><dt>Public feeds carry</dt><dd>${source.content}</dd></div><div><dt>Language</dt><dd>${source.lang ?? 'as the page says'}</dd></div>
<div><dt>Country</dt><dd>${source.country ?? '–'}</dd></div><div><dt>Fetched by</dt><dd>${source.render}</dd></div><div><dt>Requests a second</dt><dd>${source.rate ?? 'RATE'}</dd></div></dl>`,
  );

const actionsSection = ({ actions }: SourceDetails): Html | false =>
  actions.length > 0 &&
  section(
    'What operators did here',
    html`<ul class="rows">${actions.map(
      ({ at, who, action, detail }) =>
        html`<li>${fullTime(at)} <span class="grow"><strong>${who}</strong>: ${action}${detail && html` <span class="soft">${detail}</span>`}</span></li>`,
    )}</ul>`,
  );
