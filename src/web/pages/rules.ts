import { type Channel, shownAddress } from '../../domain/channel.ts';
import { type RuleRhythm, rhythms } from '../../domain/rule.ts';
import type { OwnRule } from '../../store/rules.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import { pageAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';
import { fullTime } from './time.ts';

const channelNames: Readonly<Record<Channel, string>> = {
  email: 'E-mail',
  push: 'Push, to this browser',
  ntfy: 'ntfy',
  webhook: 'Webhook',
};
const rhythmNames: Readonly<Record<RuleRhythm, string>> = { now: 'At once', hour: 'Each hour', day: 'Each day' };
const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** What the page of alerts shows. */
export interface RulesView {
  readonly rules: readonly OwnRule[];
  readonly followed: readonly Subscription[];
  /** The address that the form begins with. */
  readonly address: string;
  /** Channels that this wire has. */
  readonly available: readonly Channel[];
  /** By which browsers know this wire; undefined where it is not reached in a way that they trust. */
  readonly pushKey: string | undefined;
  /** What the last change came to. */
  readonly said: string | undefined;
}

/** Alerts and digests of an account: what it has, and a form for one more. */
export const rulesPage = ({
  rules,
  followed,
  address,
  available,
  pushKey,
  said,
}: RulesView): Html => html`<div class="single text-width status">
<div class="heading"><h1>Alerts and digests</h1></div>
${said !== undefined && html`<p role="status"><strong>${said}</strong></p>`}
${rules.length === 0 && html`<div class="empty"><p>None yet. An alert tells you of new articles in what you choose: at once, or gathered.</p></div>`}
${rules.map(ruleRow)}
<section><h2>One more</h2>
<form class="sign-in" method="post" action="/account/alerts"${pushKey !== undefined && html` data-push-key="${pushKey}"`}>
<label for="address">What: an address of this wire, such as /region/RS, /search?q=tram or /story/…</label>
<input id="address" name="address" value="${address}" list="followed" maxlength="500" required>
<datalist id="followed">${followed.map(({ filter, title }) => html`<option value="${pageAddress(filter)}">${title}</option>`)}</datalist>
<label for="every">How often</label>
<select id="every" name="every">${rhythms.map((one) => html`<option value="${one}">${rhythmNames[one]}</option>`)}</select>
<label for="hour">Hour of a daily digest (UTC)</label>
<select id="hour" name="hour">${hours.map((hour) => html`<option value="${hour}"${hour === 6 && html` selected`}>${String(hour).padStart(2, '0')}:00</option>`)}</select>
<label for="channel">By</label>
<select id="channel" name="channel">${available.map((one) => html`<option value="${one}"${one === 'push' && html` hidden disabled`}>${channelNames[one]}</option>`)}</select>
<label for="to">To: a mail address, the address of an ntfy topic, or of a webhook</label>
<input id="to" name="to" maxlength="1500" placeholder="anna@site.example" required>
<p class="bad" id="push-failed" role="alert" hidden></p>
<button>Add</button>
</form>
${!available.includes('email') && html`<p class="soft">This wire has no mail server: its operator can name one (SMTP_URL).</p>`}
<p class="soft">At once means once a minute at most. Nobody gets more than 30 messages an hour; what is more waits.</p></section>
</div>`;

const ruleRow = (
  rule: OwnRule,
): Html => html`<section class="rule"><h2><a href="${pageAddress(rule.filter)}">${rule.title}</a></h2>
<p>${rhythmNames[rule.every]}${rule.every === 'day' && html` at ${String(rule.hour).padStart(2, '0')}:00 UTC`} ${rule.channel === 'push' ? 'as push to a browser, by way of' : html`by ${channelNames[rule.channel]} to`} ${shownAddress(rule.address)}</p>
<p>${stateOf(rule)}</p>
${rule.channel === 'webhook' && html`<details><summary>Secret of its signature</summary><p><code>${rule.token}</code></p><p class="soft">The header <code>webhook-signature</code> is made with it, as Standard Webhooks say.</p></details>`}
<form class="row" method="post" action="/account/alerts/change"><input type="hidden" name="id" value="${rule.id}">
<button name="do" value="test">${rule.confirmed ? 'Test' : 'Send the mail again'}<span class="hidden"> ${rule.title}</span></button>
<button name="do" value="remove">Remove<span class="hidden"> ${rule.title}</span></button></form></section>`;

function stateOf({ confirmed, state, lastError, lastAt }: OwnRule): Html {
  if (!confirmed)
    return html`<span class="bad">Not confirmed yet: open the link in the mail that we sent there.</span> ${lastError}`;
  if (state === null || lastAt === null) return html`<span class="soft">Nothing told yet.</span>`;
  if (state === 'sent') return html`<span class="good">✓ last told ${fullTime(lastAt)}</span>`;
  if (state === 'failed') return html`<span class="bad">✗ the last message was given up: ${lastError}</span>`;
  return lastError === null
    ? html`<span class="soft">A message is on its way.</span>`
    : html`<span class="bad">The last message waits and is tried again: ${lastError}</span>`;
}

/** One question, one button: for those who come from a message, without an account. */
export const askPage = (title: string, action: string, button: string): Html => html`<div class="single text-width">
<div class="heading"><h1>${title}</h1></div>
<form method="post" action="${action}"><button>${button}</button></form>
</div>`;
