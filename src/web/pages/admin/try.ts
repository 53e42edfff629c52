import { type Reason, reasons } from '../../../domain/article.ts';
import { type Html, html } from '../../html.ts';
import type { TriedBlock, TriedPage, TriedVote } from '../../trial.ts';
import { section, table } from './parts.ts';

/** What was asked, and what came of it. */
export interface TryForm {
  readonly url: string;
  readonly html: string;
  /** Selectors, one a line. */
  readonly keep: string;
  readonly remove: string;
  readonly failed?: string | undefined;
  readonly page?: TriedPage | undefined;
}

/** Blocks of a page that are shown. */
const mostBlocks = 600;
const longestBlock = 1500;

/** Takes the article out of a page before the operator's eyes; nothing is kept. */
export const tryPage = (form: TryForm): Html => html`
<form method="post" action="/admin/try" class="card stack wide-form"><label>Address of the page<input name="url" value="${form.url}" placeholder="https://…" maxlength="2000" inputmode="url"></label>
<details${form.html !== '' && html` open`}><summary>or paste its HTML</summary><label class="hidden" for="pasted">HTML</label><textarea id="pasted" name="html" rows="8" spellcheck="false">${form.html}</textarea></details>
<div class="pair"><label>Keep (CSS selectors, one a line)<textarea name="keep" rows="3" spellcheck="false">${form.keep}</textarea></label>
<label>Remove (CSS selectors, one a line)<textarea name="remove" rows="3" spellcheck="false">${form.remove}</textarea></label></div>
<div class="doing"><button class="main">Try</button><span class="soft">The address is asked as a crawl would ask it; nothing is kept.</span></div></form>
${form.failed !== undefined && html`<p class="said bad" role="alert">${form.failed}</p>`}
${form.page && result(form.page)}`;

function result(page: TriedPage): Html {
  const kept = page.blocks.filter((block) => block.kept).length;
  return html`${section('Verdict', verdict(page))}
${section(
  'The page, block by block',
  html`<p class="soft">${kept} of ${page.blocks.length} blocks are kept. ${page.step}</p>
<ol class="blocks plain">${page.blocks.slice(0, mostBlocks).map(shown)}</ol>
${page.blocks.length > mostBlocks && html`<p class="soft">${page.blocks.length - mostBlocks} more are not shown.</p>`}`,
  html`<ul class="legend"><li><span class="swatch kept"></span> kept</li><li><span class="swatch stripped"></span> stripped</li></ul>`,
)}
${section('Where each field comes from', votesTable(page.votes))}`;
}

const verdict = ({
  rejected,
  detail,
  title,
  byline,
  published,
  lang,
  url,
  status,
}: TriedPage): Html => html`<p class="verdict ${rejected === undefined ? 'good' : 'bad'}">${rejected === undefined ? '✓ An article' : html`✗ Rejected: ${rejected}`}</p>
${rejected !== undefined && html`<p>${reasons[rejected as Reason]} ${detail && html`<span class="soft">${detail}</span>`}</p>`}
<dl class="facts"><div><dt>Title</dt><dd>${title || '–'}</dd></div><div><dt>Byline</dt><dd>${byline.join(', ') || '–'}</dd></div><div><dt>Published</dt><dd>${published ?? '–'}</dd></div><div><dt>Language</dt><dd>${lang ?? '–'}</dd></div>
<div><dt>Answered</dt><dd>${status === undefined ? 'pasted' : `${status} at ${url}`}</dd></div></dl>`;

const shown = ({ kept, text, score, votes, rules }: TriedBlock): Html => {
  const why = [...votes.map((vote) => `wanted by ${vote}`), ...rules.map((rule) => `against it: ${rule}`)];
  return html`<li class="${kept ? 'kept' : 'stripped'}"><span class="hidden">${kept ? 'Kept: ' : 'Stripped: '}</span>${text.slice(0, longestBlock)} <small class="soft">${score.toFixed(2)}${why.length > 0 && ` · ${why.join(', ')}`}</small></li>`;
};

const votesTable = (fields: Readonly<Record<string, readonly TriedVote[]>>): Html =>
  table(
    'Candidates',
    ['Field', 'Where', 'Value', 'Weight'],
    Object.entries(fields).flatMap(([field, votes]) =>
      votes
        .slice(0, 8)
        .map(
          ({ origin, value, weight }, index) =>
            html`<tr><th scope="row">${index === 0 && field}</th><td>${origin}</td><td class="address">${value.slice(0, 300)}</td><td class="number">${weight.toFixed(1)}</td></tr>`,
        ),
    ),
  );
