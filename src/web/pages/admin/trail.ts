import type { Label } from '../../../domain/article.ts';
import { shownTarget } from '../../../domain/channel.ts';
import type { LinkReport } from '../../../store/read/operations.ts';
import type { PageFetch, Trail, TrailArticle, TrailEvent } from '../../../store/read/trail.ts';
import { type Html, html } from '../../html.ts';
import { type Names, outletName } from '../../names.ts';
import { linkEnd } from '../links.ts';
import { fullTime } from '../time.ts';
import { duration, section, sourceAddress, table } from './parts.ts';

/** The way of one address: found, fetched, extracted, judged, compared, labelled, told. */
export const trailPage = (url: string, trail: Trail | undefined, names: Names): Html => html`
<form class="lookup" action="/admin/trail"><label class="hidden" for="trail-url">Address of a page</label><input id="trail-url" name="url" value="${url}" placeholder="https://…" maxlength="2000" required><button>Follow</button></form>
${trail && (trail.links.length === 0 ? unknown(url) : html`${found(trail, names)}${fetched(trail.fetches)}${trail.articles.map((article) => stored(article, trail, names))}${told(trail.events)}`)}`;

const unknown = (url: string): Html =>
  html`<div class="empty"><p>No source has named this address so far. Either its source is not listed, or the lists of the source have not shown the link since it is.</p><p><a href="/admin/try?url=${encodeURIComponent(url)}">Try what would become of it</a></p></div>`;

const found = ({ links }: Trail, names: Names): Html =>
  section(
    'Found',
    html`<ul class="rows">${links.map(
      (
        link,
      ) => html`<li><span class="grow"><a href="${link.url}" rel="noopener external">${link.title ?? link.url}</a><br><span class="soft">${link.url}</span><br>at <a href="${sourceAddress(link.source)}">${outletName(names, link.source)}</a>, ${fullTime(link.firstSeenAt)}${link.listing && html`, listed by <span class="soft">${link.listing}</span>`}<br>${linkEnd(link)}${later(link)}</span>
<a href="/admin/try?url=${encodeURIComponent(link.url)}&amp;source=${encodeURIComponent(link.source)}">Try it now</a></li>`,
    )}</ul>`,
  );

const later = ({ tries, revisitAt }: LinkReport): Html =>
  html`${tries > 0 && ` ${tries} ${tries === 1 ? 'fetch' : 'fetches'} failed in a way that may pass.`}${revisitAt && html` Looked at again ${fullTime(revisitAt)}.`}`;

const fetched = (fetches: readonly PageFetch[]): Html =>
  section(
    'Fetched',
    fetches.length === 0
      ? html`<p class="soft">Not fetched in the last 30 days.</p>`
      : table(
          'Fetches',
          ['When', 'Answer', 'Way', 'Headers', 'What extraction said', 'Took'],
          fetches.map(
            (
              one,
            ) => html`<tr><td class="time">${fullTime(one.at)}</td><td>${one.status ?? html`<span class="soft">none</span>`}${one.error && html`<br><span class="bad">${one.error}</span>`}</td>
<td class="address">${one.redirects.map(({ status, to }) => html`<span class="soft">${status} →</span> ${to}<br>`)}${one.redirects.length === 0 && html`<span class="soft">straight</span>`}</td>
<td class="address">${Object.entries(one.headers).map(([name, value]) => html`<span class="soft">${name}:</span> ${value}<br>`)}</td><td>${one.verdict ?? html`<span class="soft">–</span>`}${one.kept !== undefined && html`<br><span class="soft">${one.kept} characters kept</span>`}</td><td class="number">${duration(one.tookMs / 1000)}</td></tr>`,
          ),
        ),
    html`<span class="soft">kept for 30 days</span>`,
  );

function stored(article: TrailArticle, { copies, pairs }: Trail, names: Names): Html {
  const own = copies.filter((copy) => copy.article === article.id);
  return html`${section(
    'Article',
    html`<p><a href="/article/${article.id}">${article.title}</a> <span class="soft">of ${outletName(names, article.source)}, ${article.characters} characters${article.stub && ', the description only'}</span></p>
<dl class="facts"><div><dt>Published</dt><dd>${article.published ? fullTime(article.published) : '–'}</dd></div><div><dt>Came in</dt><dd>${fullTime(article.firstSeenAt)}</dd></div>
<div><dt>Changed</dt><dd>${fullTime(article.updatedAt)}</dd></div>${article.withdrawnAt && html`<div><dt>Withdrawn</dt><dd>${fullTime(article.withdrawnAt)}</dd></div>`}<div><dt>Story</dt><dd><a href="/story/${article.story}">its story</a></dd></div></dl>`,
  )}
${section('Labels', labels(article))}
${section(
  'The same elsewhere',
  own.length + pairs.length === 0
    ? html`<p class="soft">Nothing like it was found.</p>`
    : html`<ul class="rows">${own.map(
        ({ url, source, match, share, seenAt }) =>
          html`<li><span class="grow">${match} copy at ${outletName(names, source)}<br><span class="soft">${url}</span></span><span class="number">${Math.round(share * 100)} %</span> ${fullTime(seenAt)}</li>`,
      )}${pairs.map(
        ({ titles, score, same }) =>
          html`<li><span class="grow">${titles.join(' / ')}<br><span class="soft">${same === null ? 'close; for the operator to say (courant review)' : same ? 'the operator said: the same' : 'the operator said: not the same'}</span></span><span class="number">${score.toFixed(2)}</span></li>`,
      )}</ul>`,
)}`;
}

const labels = ({ labels: { lang, countries, regions, topics } }: TrailArticle): Html =>
  table(
    'Labels',
    ['Kind', 'Label', 'From', 'Words that decided', 'Confidence'],
    [
      html`<tr><th scope="row">language</th><td>${lang}</td><td></td><td></td><td></td></tr>`,
      ...countries.map((label) => labelRow('country', label)),
      ...regions.map((label) => labelRow('region', label)),
      ...topics.map((label) => labelRow('topic', label)),
    ],
  );

const labelRow = (kind: string, { id, origin, evidence, confidence }: Label): Html =>
  html`<tr><th scope="row">${kind}</th><td>${id}</td><td>${origin}</td><td class="address">${evidence.slice(0, 12).join(', ')}</td><td class="number">${Math.round(confidence * 100)} %</td></tr>`;

const told = (events: readonly TrailEvent[]): Html =>
  section(
    'Told',
    events.length === 0
      ? html`<p class="soft">Nothing was told in the last 30 days.</p>`
      : html`<ul class="rows">${events.map(
          ({ at, kind, told, waiting }) =>
            html`<li>${fullTime(at)} <span class="grow">${kind}: in the feeds from then on${told.length > 0 && html`; told to ${told.map(shownTarget).join(', ')}`}${waiting.length > 0 && html`; <span class="warn">still to be told to ${waiting.map(shownTarget).join(', ')}</span>`}</span></li>`,
        )}</ul>`,
  );
