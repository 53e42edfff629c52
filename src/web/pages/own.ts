import type { Mute } from '../../store/mutes.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import { pageAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';
import type { Names } from '../names.ts';
import { partName } from './labels.ts';

/** What an account follows, each with the secret address that it may have. */
export const followedList = (followed: readonly Subscription[], base: string): Html => html`<section><h2>Followed</h2>
<p class="soft">A list or a search is followed by the button beside its heading. A secret address gives it to a reader app without your password, without what you mute; whoever has the address can read it until you revoke it.</p>
<ul class="plain">${followed.map(
  ({ id, title, filter, folder, secret }) => html`<li class="row">
<span><a href="${pageAddress(filter)}">${title}</a>${folder && html` <span class="soft">${folder}</span>`}
${secret !== null && html`<br><input class="secret" readonly aria-label="Secret address of ${title}" value="${base}/private/${secret}/feed.xml">`}</span>
<form method="post" action="/account/secret"><input type="hidden" name="id" value="${id}"><input type="hidden" name="wanted" value="${secret === null ? '1' : '0'}">
<button>${secret === null ? 'Secret address' : 'Revoke the address'}<span class="hidden"> of ${title}</span></button></form>
<form method="post" action="/account/unfollow"><input type="hidden" name="id" value="${id}"><button>Unfollow<span class="hidden"> ${title}</span></button></form></li>`,
)}</ul></section>`;

const said: Readonly<Record<Mute['kind'], string>> = { source: 'Source', topic: 'Topic', word: 'Word' };

/** What an account mutes, and a form to mute more. */
export const mutedList = (mutes: readonly Mute[], names: Names): Html => html`<section id="muted"><h2>Muted</h2>
<p class="soft">Articles of these sources, on these topics or with these words or phrases are left out of your lists, your secret addresses and your reader apps.</p>
<ul class="plain">${mutes.map(({ kind, value }) => {
  const name = kind === 'word' ? `“${value}”` : partName(kind, value, names);
  return html`<li><form class="row" method="post" action="/account/mute"><span><span class="soft">${said[kind]}</span> ${name}</span>
<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="value" value="${value}"><input type="hidden" name="muted" value="0">
<button>Unmute<span class="hidden"> ${name}</span></button></form></li>`;
})}</ul>
<form class="inline" method="post" action="/account/mute"><label for="mute-kind">Mute a</label>
<select id="mute-kind" name="kind"><option value="word">word or phrase</option><option value="source">source</option><option value="topic">topic</option></select>
<label class="hidden" for="mute-value">which</label><input id="mute-value" name="value" required maxlength="100" placeholder="football"><button>Mute</button></form></section>`;

/** Buttons that mute what an article is: its source, its topics. */
export function muteButtons(source: string, topics: readonly string[], names: Names): Html {
  const button = (kind: 'source' | 'topic', value: string): Html => html`<form method="post" action="/account/mute">
<input type="hidden" name="kind" value="${kind}"><input type="hidden" name="value" value="${value}"><button>${partName(kind, value, names)}</button></form>`;
  return html`<details class="panel mute"><summary>See less of this</summary><p class="soft">Mute in your lists and apps:</p>
<div class="inline">${button('source', source)}${topics.map((topic) => button('topic', topic))}</div></details>`;
}
