import type { Label } from '../../../domain/article.ts';
import { shownTarget } from '../../../domain/channel.ts';
import type { LinkReport } from '../../../store/read/operations.ts';
import type { PageFetch, Trail, TrailArticle, TrailMessages, TrailTelling } from '../../../store/read/trail.ts';
import { type Html, html } from '../../html.ts';
import { type Names, outletName } from '../../names.ts';
import { partName } from '../labels.ts';
import { linkEnd } from '../links.ts';
import { fullTime } from '../time.ts';
import { duration, section, sourceAddress, table } from './parts.ts';

/** The way of one address: found, fetched, extracted, judged, compared, labelled, told. */
export const trailPage = (url: string, trail: Trail | undefined, names: Names): Html => html`
<form class="lookup" action="/admin/trail"><label class="hidden" for="trail-url">Address of a page</label><input id="trail-url" name="url" value="${url}" placeholder="https://…" maxlength="2000" required><button>Follow</button></form>
${trail && (trail.links.length === 0 ? unknown(url) : html`${found(trail, names)}${fetched(trail.fetches)}${trail.articles.map((article) => stored(article, trail, names))}${told(trail)}`)}`;

const unknown = (url: string): Html =>
  html`<div class="empty"><p>No source has named this address so far. Either its source is not listed, or the lists of the source have not
shown the link since it is.</p><p><a href="/admin/try?url=${encodeURIComponent(url)}">Try what would become of it</a></p></div>`;

const found = ({ links }: Trail, names: Names): Html =>
  section('Found', html`<ul class="rows">${links.map((link) => foundLink(link, names))}</ul>`);

const foundLink = (link: LinkReport, names: Names): Html =>
  html`<li><span class="grow"><a href="${link.url}" rel="noopener external">${link.title ?? link.url}</a><br><span class="soft">${link.url}</span><br>
at <a href="${sourceAddress(link.source)}">${outletName(names, link.source)}</a>,
${fullTime(link.firstSeenAt)}${link.listing && html`, listed by <span class="soft">${link.listing}</span>`}<br>
${linkEnd(link)}${later(link)}</span>
<a href="/admin/try?url=${encodeURIComponent(link.url)}&amp;source=${encodeURIComponent(link.source)}">Try it now</a></li>`;

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
<td class="address">${Object.entries(one.headers).map(([name, value]) => html`<span class="soft">${name}:</span> ${value}<br>`)}</td>
<td>${one.verdict ?? html`<span class="soft">–</span>`}${one.kept !== undefined && html`<br><span class="soft">${one.kept} characters kept</span>`}</td>
<td class="number">${duration(one.tookMs / 1000)}</td></tr>`,
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
<div><dt>Changed</dt><dd>${fullTime(article.updatedAt)}</dd></div>${article.withdrawnAt && html`<div><dt>Withdrawn</dt><dd>${fullTime(article.withdrawnAt)}</dd></div>`}
<div><dt>Story</dt><dd><a href="/story/${article.story}">its story</a></dd></div></dl>`,
  )}
${section('Labels', labels(article, names))}
${section(
  'The same elsewhere',
  own.length + pairs.length === 0
    ? html`<p class="soft">Nothing like it was found.</p>`
    : html`<ul class="rows">${own.map(
        ({ url, source, match, share, seenAt }) =>
          html`<li><span class="grow">${match} copy at ${outletName(names, source)}<br><span class="soft">${url}</span></span><span class="number">${Math.round(share * 100)} %</span> ${fullTime(seenAt)}</li>`,
      )}${pairs.map(
        ({ titles, score, same }) =>
          html`<li><span class="grow">${titles.join(' / ')}<br><span class="soft">${answered(same)}</span></span>
<span class="number">${score.toFixed(2)}</span></li>`,
      )}</ul>`,
)}`;
}

const answered = (same: boolean | null): string =>
  same === null
    ? 'close; for the operator to say (courant review)'
    : `the operator said: ${same ? '' : 'not '}the same`;

const labels = ({ labels: { lang, countries, regions, topics } }: TrailArticle, names: Names): Html =>
  table(
    'Labels',
    ['Kind', 'Label', 'From', 'Words that decided', 'Confidence'],
    [
      html`<tr><th scope="row">language</th><td>${partName('lang', lang, names)}</td><td></td><td></td><td></td></tr>`,
      ...countries.map((label) => labelRow('country', partName('region', label.id, names), label)),
      ...regions.map((label) => labelRow('region', partName('region', label.id, names), label)),
      ...topics.map((label) => labelRow('topic', partName('topic', label.id, names), label)),
    ],
  );

const labelRow = (kind: string, name: string, { id, origin, evidence, confidence }: Label): Html =>
  html`<tr><th scope="row">${kind}</th><td>${name}${name !== id && html` <span class="soft">${id}</span>`}</td><td>${origin}</td><td class="address">${evidence.slice(0, 12).join(', ')}</td><td class="number">${Math.round(confidence * 100)} %</td></tr>`;

const told = ({ events, messages }: Trail): Html =>
  section(
    'Told',
    events.length === 0
      ? html`<p class="soft">Nothing was told in the last 30 days.</p>`
      : html`<ul class="rows">${events.map(
          ({ at, kind, tellings }) =>
            html`<li>${fullTime(at)} <span class="grow">${kind}: in the feeds from then on${tellings.map(telling)}</span></li>`,
        )}${messages.map((one) => html`<li><span class="grow">${messagesInWords(one)}</span></li>`)}</ul>`,
  );

function telling({ target, at, isTold, error }: TrailTelling): Html {
  const said = isTold ? toldAt(at) : html`<span class="warn">still to be told</span>`;
  return html`<br>${shownTarget(target)}: ${said}${error !== null && html` <span class="bad">${error}</span>`}`;
}

const toldAt = (at: Date | null): Html =>
  at ? html`told ${fullTime(at)}` : html`<span class="soft">before it was a target, or before times were kept</span>`;

/** Who asked to be told stays with the readers. */
function messagesInWords({ channel, state, count, first, last, error }: TrailMessages): Html {
  const many = `${count} ${count === 1 ? 'message' : 'messages'} by ${channel === 'email' ? 'mail' : channel}`;
  if (state === 'waiting')
    return html`${many}: <span class="warn">still to be sent</span>${error && html` <span class="bad">${error}</span>`}`;
  const when = html`${first && fullTime(first)}${last && first && last.getTime() - first.getTime() > 60_000 && html` to ${fullTime(last)}`}`;
  return state === 'sent'
    ? html`${many}: sent ${when}`
    : html`${many}: <span class="bad">given up</span> ${when} <span class="bad">${error}</span>`;
}
