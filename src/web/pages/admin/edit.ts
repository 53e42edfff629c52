import type { EntryField, EntryFields } from '../../../domain/entry-fields.ts';
import type { ImportReport } from '../../catalogue-editor.ts';
import { type Html, html } from '../../html.ts';
import type { TriedListing } from '../../trial.ts';
import { brokenCatalogue, button, section, sourceAddress } from './parts.ts';

/** An entry on its way: as it stands in the form, what was tried, and what was refused. */
export interface EntryForm {
  /** Undefined for a source that is being added. */
  readonly id: string | undefined;
  readonly entry: string;
  /** What the text says in its most used fields; undefined while it cannot be read. */
  readonly fields: EntryFields | undefined;
  readonly version: string;
  readonly tried?: readonly TriedListing[] | undefined;
  readonly notes?: readonly string[] | undefined;
  readonly refused?: string | undefined;
  /** How the entry stands now, where somebody else has changed it meanwhile. */
  readonly theirs?: string | undefined;
  /** The fields that were changed stand in that text already. */
  readonly merged?: boolean | undefined;
  /** What is wrong with the file itself. */
  readonly mistake?: string | undefined;
  readonly file: string;
}

/** One entry of the catalogue, in fields and as text, with buttons to try and to save it. */
export function entryPage(form: EntryForm): Html {
  const { id, entry, version, file } = form;
  const address = id === undefined ? '/admin/add' : `${sourceAddress(id)}/edit`;
  return html`${brokenCatalogue(form.mistake)}
${form.refused !== undefined && problem(form.refused)}
${form.theirs !== undefined && conflict(form.theirs, form.merged === true)}
<form method="post" action="${address}" class="card">${fieldsForm(form.fields)}
<label for="entry"><strong>The entry in ${file}</strong></label>
<p class="soft" id="entry-help">The same as text, with all else that an entry may say: YAML, as it stands in the file; comments stay.
<a href="https://yaml.org/spec/1.2.2/#chapter-2-language-overview" rel="noopener external">How YAML is written</a>.
What is changed above is written into it. Try asks every listing and changes nothing.</p>
<textarea id="entry" name="entry" rows="${Math.min(30, Math.max(12, entry.split('\n').length + 2))}" spellcheck="false" aria-describedby="entry-help" required>${entry}</textarea>
<input type="hidden" name="base" value="${entry}"><input type="hidden" name="version" value="${version}">
<div class="doing"><button name="do" value="save" class="main">${id === undefined ? 'Add to the catalogue' : 'Save'}</button><button name="do" value="try">Try</button></div></form>
${form.tried && triedSection(form.tried)}
${form.notes && form.notes.length > 0 && section('Tried in vain', html`<ul class="soft">${form.notes.map((note) => html`<li>${note}</li>`)}</ul>`)}
${settingsHelp}
${id !== undefined && section('Remove', html`<p>The source leaves the catalogue and is no longer crawled. Its articles stay.</p>${button(`${sourceAddress(id)}/remove`, 'Remove from the catalogue', { version }, 'danger')}`)}`;
}

const fieldsForm = (fields: EntryFields | undefined): Html =>
  fields === undefined
    ? html`<p class="soft">The text cannot be read yet, so there are no fields for it.</p>`
    : html`<div class="fields">
${line(fields, 'name', 'Name', 'that readers see')}${line(fields, 'home', 'Front page', 'https://…')}
${list(fields, 'feeds', 'Feeds')}${list(fields, 'sitemaps', 'News sitemaps')}${list(fields, 'sections', 'Section pages')}
${line(fields, 'lang', 'Language', 'sr, pt-BR')}${line(fields, 'country', 'Country', 'RS')}
${line(fields, 'schedule', 'Schedule', 'adaptive, or cron in UTC: */15 * * * *')}
${choice(fields, 'take', 'Takes', { articles: 'articles', headlines: 'headlines only' })}
${choice(fields, 'content', 'Public feeds carry', { summary: 'summaries', full: 'full texts' })}
${choice(fields, 'render', 'Pages are fetched by', { http: 'plain requests', browser: 'a browser' })}
${line(fields, 'rate', 'Requests a second', 'as RATE says')}</div>`;

const line = (fields: EntryFields, field: EntryField, label: string, hint: string): Html =>
  html`<label>${label}<input name="${field}" value="${fields[field]}" placeholder="${hint}" maxlength="500" autocomplete="off"></label>`;

const list = (fields: EntryFields, field: EntryField, label: string): Html =>
  html`<label class="across">${label}, one address a line
<textarea name="${field}" rows="${Math.min(8, fields[field].split('\n').length + 1)}" spellcheck="false">${fields[field]}</textarea></label>`;

const choice = (
  fields: EntryFields,
  field: EntryField,
  label: string,
  options: Readonly<Record<string, string>>,
): Html =>
  html`<label>${label}<select name="${field}">${Object.entries(options).map(
    ([value, name]) => html`<option value="${value}"${value === fields[field] && html` selected`}>${name}</option>`,
  )}</select></label>`;

const problem = (message: string): Html => html`<p class="said bad" role="alert">${message}</p>`;

const conflict = (theirs: string, merged: boolean): Html =>
  merged
    ? html`<div class="said bad" role="alert"><p>Somebody else has changed this entry meanwhile; nothing was saved. The entry is now:</p><pre>${theirs}</pre>
<p>The fields that you changed are written into it below: look at it, and save again.</p></div>`
    : html`<div class="said bad" role="alert"><p>Somebody else has changed this entry meanwhile; nothing was saved and your text stands below. The entry is now:</p><pre>${theirs}</pre>
<p>Take over what you want of it, and save again.</p></div>`;

const triedSection = (tried: readonly TriedListing[]): Html =>
  section(
    'What the listings answer now',
    html`<ul class="rows">${tried.map(
      (one) =>
        html`<li><span class="grow"><span class="soft">${one.kind}</span> ${one.url}<br>${answer(one)}</span></li>`,
    )}</ul>`,
  );

const answer = ({ items, latest, problem: wrong }: TriedListing): Html =>
  wrong === undefined
    ? html`<span class="good">✓ ${items} links</span>${latest && html` <span class="soft">latest ${latest.slice(0, 16)}</span>`}`
    : html`<span class="bad">✗ ${wrong}</span>`;

const settingsHelp: Html = html`<details class="card"><summary>What an entry may say</summary><dl class="facts">
<div><dt>id, name, home</dt><dd>short name (never changed), name for readers, front page</dd></div><div><dt>feeds, sitemaps, sections</dt><dd>lists of addresses, the best first</dd></div>
<div><dt>lang, country</dt><dd>sr, pt-BR; RS</dd></div><div><dt>schedule</dt><dd>adaptive, or a cron expression in UTC</dd></div><div><dt>take</dt><dd>articles or headlines</dd></div>
<div><dt>content</dt><dd>summary or full: what public feeds carry</dd></div><div><dt>keep, remove</dt><dd>CSS selectors for extraction</dd></div><div><dt>include, exclude</dt><dd>regular expressions on addresses</dd></div>
<div><dt>rate, proxy, headers, render</dt><dd>how it is asked</dd></div><div><dt>limits</dt><dd>articlesPerCrawl, maxAgeDays, …</dd></div></dl></details>`;

/** Three ways to a new source: look at a site, write the entry, take in a list. */
export const addPage = (asked: {
  readonly url: string;
  readonly failed?: string | undefined;
  readonly report?: ImportReport | undefined;
}): Html => html`
${asked.failed !== undefined && problem(asked.failed)}
${asked.report && reportSection(asked.report)}
${section(
  'Look at a site',
  html`<p class="soft">Its feeds and sitemaps are looked for and tried; you see the entry before it is added.</p>
<form method="post" action="/admin/add" class="lookup"><label class="hidden" for="site">Address of a site</label>
<input id="site" name="url" value="${asked.url}" placeholder="https://paper.example" maxlength="2000" required><button name="do" value="look" class="main">Look</button></form>`,
)}
${section(
  'Take in a list of feeds (OPML)',
  html`<p class="soft">Feeds with one home page become one source; what is listed already is left as it is.</p>
<form method="post" action="/admin/import" class="stack"><label>The list, pasted<textarea name="opml" rows="6" placeholder="<opml>…" spellcheck="false" required></textarea></label><div class="doing"><button>Take it in</button></div></form>`,
)}
${section('Write the entry yourself', html`<a href="/admin/add?blank=1">Begin with an empty entry</a>`)}`;

const reportSection = ({ added, known, refused }: ImportReport): Html =>
  refused !== undefined
    ? problem(refused)
    : section(
        `${added.length} ${added.length === 1 ? 'source' : 'sources'} added, ${known.length} ${known.length === 1 ? 'feed was' : 'feeds were'} listed already`,
        html`<ul class="rows">${added.map(
          ({ id, name, feeds }) =>
            html`<li><span class="grow"><a href="${sourceAddress(id)}">${name}</a></span><span class="soft">${feeds} ${feeds === 1 ? 'feed' : 'feeds'}</span></li>`,
        )}${known.map((url) => html`<li class="soft"><span class="grow">${url}</span> listed already</li>`)}</ul>`,
      );
