import { type Reason, reasons } from '../../domain/article.ts';
import type { LinkReport } from '../../store/read/operations.ts';
import { type Html, html } from '../html.ts';
import { type Names, outletName } from '../names.ts';
import { fullTime } from './time.ts';

/** What a reason of a rejection means; reasons of an older version are shown as they are. */
export const reasonMeaning = (reason: string | null): string => reasons[reason as Reason] ?? '';

/** A form that asks for an address's history. */
export const lookupForm = (url: string): Html => html`<form class="lookup" action="/links">
<label class="hidden" for="url">Address of a page</label>
<input id="url" name="url" type="url" value="${url}" placeholder="https://…" required>
<button>Look up</button>
</form>`;

/** What is known of an address. */
export const linksPage = (
  url: string,
  links: readonly LinkReport[],
  names: Names,
): Html => html`<div class="single status text-width">
<div class="heading"><h1>What happened to this address?</h1></div>
${lookupForm(url)}
${url !== '' && links.length === 0 && html`<div class="empty"><p>No source has named this address so far. Either the source is not listed, or its feed, sitemap and front page have not shown the link since it is.</p></div>`}
${links.map((link) => history(link, names))}
</div>`;

function history(link: LinkReport, names: Names): Html {
  return html`<section class="panel"><h2>${link.title ?? link.url}</h2>
<ul>
<li><a href="${link.url}" rel="noopener external">${link.url}</a></li>
<li>Found at <a href="/source/${encodeURIComponent(link.source)}">${outletName(names, link.source)}</a>, ${fullTime(link.firstSeenAt)}</li>
<li>${linkEnd(link)}</li>
${link.tries > 0 && html`<li>${link.tries} ${link.tries === 1 ? 'fetch' : 'fetches'} failed in a way that may pass</li>`}
${link.revisitAt && html`<li>Will be looked at again ${fullTime(link.revisitAt)}</li>`}
</ul></section>`;
}

/** How a link ended, in a sentence. */
export function linkEnd(link: LinkReport): Html {
  const article = link.article ? html`<a href="/article/${link.article}">article</a>` : 'article';
  const at = fullTime(link.changedAt);
  switch (link.outcome) {
    case 'published':
      return html`<span class="good">Published</span> as this ${article}, ${at}`;
    case 'updated':
      return html`<span class="good">Updated</span> this ${article}, ${at}`;
    case 'duplicate':
      return html`<span class="warn">Duplicate</span> (${link.match}) of this ${article}, ${at}`;
    case 'rejected':
      return html`<span class="bad">Rejected</span> at stage ${link.stage}: <strong>${link.reason}</strong>${link.detail && ` (${link.detail})`}, ${at}. ${reasonMeaning(link.reason)}`;
    default:
      return link.state === 'queued'
        ? html`Fetched; waits to be taken in since ${at}`
        : html`Waits to be fetched since ${at}`;
  }
}
