import { reasons } from '../../../domain/article.ts';
import type { LinkReport } from '../../../store/read/operations.ts';
import { type Html, html } from '../../html.ts';
import { type Names, outletName } from '../../names.ts';
import { reasonMeaning } from '../links.ts';
import { outcomes } from './overview.ts';
import { button, moment, section, sourceAddress, table } from './parts.ts';

/** What the list of pages was asked for. */
export interface LinksAsked {
  readonly outcome: string | undefined;
  readonly reason: string | undefined;
  readonly source: string | undefined;
  readonly from: Date;
  readonly to: Date;
}

export interface LinkList extends LinksAsked {
  readonly now: Date;
  readonly links: readonly LinkReport[];
  readonly names: Names;
  /** The address of the next page. */
  readonly next: string | undefined;
}

const retryButton = (reason: string, source: string | undefined): Html => {
  const words = source === undefined ? `Retry all that were rejected as ${reason}` : `Retry those of ${source}`;
  return html`<div class="doing">${button('/admin/retry', words, { reason, ...(source !== undefined && { source }) })}</div>`;
};

/** Pages by how they ended and when. */
export const linksListPage = (list: LinkList): Html => html`
<form class="filters" action="/admin/links">
<label>Ended as <select name="outcome"><option value="">any</option>${outcomes.map((one) => option(one, list.outcome))}</select></label>
<label>Reason <select name="reason"><option value="">any</option>${Object.keys(reasons).map((one) => option(one, list.reason))}</select></label>
<label>Source <input name="source" value="${list.source}" maxlength="80" placeholder="id"></label>
<label>From <input name="from" value="${list.from.toISOString().slice(0, 16)}Z" size="18"></label><label>to <input name="to" value="${list.to.toISOString().slice(0, 16)}Z" size="18"></label>
<button>Show</button></form>
${list.reason !== undefined && html`<p><strong>${list.reason}</strong>: ${reasonMeaning(list.reason)}</p>`}
${list.reason !== undefined && list.reason !== 'pruned' && list.outcome === 'rejected' && retryButton(list.reason, list.source)}
${section(
  'Pages',
  list.links.length === 0
    ? html`<p class="soft">None in this time.</p>`
    : table(
        'Pages',
        ['When', 'Source', 'How it ended', 'Page'],
        list.links.map(
          (
            link,
          ) => html`<tr><td class="time">${moment(link.changedAt, list.now)}</td><td><a href="${sourceAddress(link.source)}">${outletName(list.names, link.source)}</a></td>
<td><span class="outcome ${link.outcome ?? ''}">${link.outcome ?? link.state}</span> ${link.reason}${link.detail && html`<br><span class="soft">${link.detail}</span>`}</td>
<td class="address"><a href="/admin/trail?url=${encodeURIComponent(link.url)}">${link.title ?? link.url}</a></td></tr>`,
        ),
      ),
)}
${list.next !== undefined && html`<p class="more"><a rel="next" href="${list.next}">Older</a></p>`}`;

const option = (value: string, chosen: string | undefined): Html =>
  html`<option${value === chosen && html` selected`}>${value}</option>`;
