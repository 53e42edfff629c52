import { type Preferences, textSizes, views } from '../../domain/preferences.ts';
import { type Html, html } from '../html.ts';

const named = {
  small: 'Small',
  normal: 'Normal',
  large: 'Large',
  largest: 'Largest',
  list: 'List, with summaries and pictures',
  compact: 'Compact, headlines alone',
  cards: 'Cards, pictures first',
} as const;

function choice(name: string, title: string, values: readonly (keyof typeof named)[], chosen: string): Html {
  return html`<fieldset><legend>${title}</legend>${values.map(
    (value) =>
      html`<label><input type="radio" name="${name}" value="${value}"${value === chosen && html` checked`}> ${named[value]}</label>`,
  )}</fieldset>`;
}

/** How pages look, for everybody: with an account it is kept there, else in a cookie of this browser. */
export const preferencesPage = (
  { size, view, pictures, langs }: Preferences,
  hasAccount: boolean,
  back: string,
): Html => html`<div class="single text-width">
<div class="heading"><h1>View</h1></div>
<form class="choice" method="post" action="/preferences">
<input type="hidden" name="back" value="${back}">
${choice('view', 'Lists', views, view)}
${choice('size', 'Text', textSizes, size)}
<fieldset><legend>Pictures</legend>
<label><input type="radio" name="pictures" value="1"${pictures && html` checked`}> Shown</label>
<label><input type="radio" name="pictures" value="0"${!pictures && html` checked`}> Left out</label></fieldset>
<fieldset><legend><label for="langs">Languages that I read</label></legend>
<input id="langs" name="langs" value="${langs.join(' ')}" placeholder="en sr de" maxlength="100" aria-describedby="langs-help" autocapitalize="off">
<p class="soft" id="langs-help">Codes of two or three letters; lists then show these alone. Empty: all.</p></fieldset>
<button>Keep</button>
</form>
<p class="soft">${hasAccount ? 'Kept in your account, for all your browsers.' : 'Kept in this browser; with an account it is the same everywhere.'}</p>
</div>`;

/** How a list looks, one press away. */
export const viewSwitch = (
  view: Preferences['view'],
  back: string,
): Html => html`<form class="view-switch" method="post" action="/preferences">
<input type="hidden" name="back" value="${back}">${views.map(
  (one) =>
    html`<button name="view" value="${one}" aria-pressed="${one === view ? 'true' : 'false'}">${one === 'list' ? 'List' : one === 'compact' ? 'Compact' : 'Cards'}</button>`,
)}</form>`;
