import { type HealthState, healthWord } from '../../../domain/source-health.ts';
import { type Html, type HtmlValue, html } from '../../html.ts';
import { fromNow } from '../time.ts';

/** The operator's pages, in the order of their menu. */
const menu = [
  ['/admin', 'Overview'],
  ['/admin/sources', 'Sources'],
  ['/admin/links', 'Pages'],
  ['/admin/trail', 'Trail'],
  ['/admin/try', 'Try a page'],
  ['/admin/log', 'Log'],
] as const;

/** What all pages of the operator share: their own menu, and what just happened. */
export const adminPage = (current: string, title: string, main: HtmlValue, said?: string): Html =>
  html`<div class="single admin"><nav aria-label="Operator"><ul class="tabs">${menu.map(
    ([path, name]) => html`<li><a href="${path}"${path === current && html` aria-current="page"`}>${name}</a></li>`,
  )}<li><a href="/queues">Queues</a></li><li><a href="/status">Status</a></li></ul></nav>
<h1>${title}</h1>${said !== undefined && html`<p class="said" role="status">${said}</p>`}
${main}</div>`;

/** A part of a page with its heading. */
export const section = (title: string, content: HtmlValue, aside?: HtmlValue): Html => {
  const id = title.toLowerCase().replace(/\W+/g, '-');
  return html`<section class="card" aria-labelledby="${id}"><div class="card-head"><h2 id="${id}">${title}</h2>${aside}</div>${content}</section>`;
};

/** What is wrong with the catalogue's file while it is broken; the one of before goes on. */
export const brokenCatalogue = (mistake: string | undefined): Html | false =>
  mistake !== undefined &&
  html`<p class="said bad" role="alert">The catalogue's file is broken right now; the catalogue of before goes on.\n${mistake}</p>`;

/** A table that scrolls by itself where it is too wide. */
export const table = (label: string, heads: readonly HtmlValue[], rows: readonly Html[]): Html =>
  html`<div class="scroll" role="group" tabindex="0" aria-label="${label}"><table><thead><tr>${heads.map((head) =>
    typeof head === 'string' ? html`<th scope="col">${head}</th>` : head,
  )}</tr></thead><tbody>${rows}</tbody></table></div>`;

export const numberHead = (name: string): Html => html`<th scope="col" class="number">${name}</th>`;

export const moment = (at: Date | null, now: Date): Html =>
  at
    ? html`<time datetime="${at.toISOString()}" title="${at.toISOString()}">${fromNow(at, now)}</time>`
    : html`<span class="soft">never</span>`;

/** The state of a source as a word and a sign, so that colour is never all. */
export function badge(source: {
  readonly active: boolean;
  readonly pausedAt: Date | null;
  readonly health?: { readonly state: HealthState } | undefined;
}): Html {
  if (!source.active) return html`<span class="badge off">no longer listed</span>`;
  if (source.pausedAt) return html`<span class="badge off">❚❚ paused</span>`;
  if (!source.health) return html`<span class="badge off">new</span>`;
  const { state } = source.health;
  const sign = { gives: '✓', nothing: '○', fails: '✗' }[state];
  return html`<span class="badge ${state}">${sign} ${healthWord[state]}</span>`;
}

/** A button that does something: a form of its own, so that it works without a script. */
export const button = (action: string, name: string, fields: Readonly<Record<string, string>> = {}, kind = ''): Html =>
  html`<form method="post" action="${action}">${Object.entries(fields).map(
    ([field, value]) => html`<input type="hidden" name="${field}" value="${value}">`,
  )}<button${kind !== '' && html` class="${kind}"`}>${name}</button></form>`;

export const sourceAddress = (id: string): string => `/admin/sources/${encodeURIComponent(id)}`;

/** `1.4 GB` */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let size = count;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** `42 s`, `7 min`, `3.5 h`, `2 days` */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${(seconds / 3600).toFixed(1)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
