import type { Mute } from '../../store/mutes.ts';
import type { ArticleView } from '../../store/read/articles.ts';
import type { Subscription } from '../../store/subscriptions.ts';
import type { User } from '../../store/users.ts';
import { type Html, html } from '../html.ts';
import { type Names, outletName } from '../names.ts';
import { chips, lede } from './labels.ts';
import { followedList, mutedList } from './own.ts';
import { fullTime } from './time.ts';

/** The form that begins a session. @param failure why the last try did not */
export const signInPage = (failure: string | undefined): Html => html`<div class="single text-width">
<div class="heading"><h1>Sign in</h1></div>
${failure && html`<p class="bad" role="alert">${failure}</p>`}
<form class="sign-in" method="post" action="/account/in">
<label for="name">Name</label><input id="name" name="name" autocomplete="username" required>
<label for="password">Password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button>Sign in</button>
</form>
<p class="soft">The operator adds accounts: <code>courant users add NAME</code>. None is needed to read.</p>
</div>`;

/** What is an account's own, and how reader apps reach it. */
export const accountPage = (
  user: User,
  followed: readonly Subscription[],
  mutes: readonly Mute[],
  names: Names,
  base: string,
): Html => html`<div class="single text-width status">
<div class="heading"><h1>${user.name}</h1><form method="post" action="/account/out"><button>Sign out</button></form></div>
<p><a href="/starred">Starred articles</a> · <a href="/preferences">View</a> · <a href="/account/opml">What you follow, as OPML</a> · <a href="/account/export">All that is yours, as JSON</a> ·
<a href="/account/alerts">Alerts and digests</a> · <a href="/account/apps">Passwords for apps</a></p>
${followedList(followed, base)}
${mutedList(mutes, names)}
<section><h2>Reader apps</h2>
<p>Choose FreshRSS, Miniflux or 'Google Reader API' in the app, with your name and password and one of these addresses:
<code>${base}/api/greader.php</code> or <code>${base}/</code>.</p></section>
</div>`;

/** The starred articles, the newest first. */
export const starredPage = (
  articles: readonly ArticleView[],
  names: Names,
): Html => html`<div class="single text-width" data-offline>
<div class="heading"><h1>Starred</h1></div>
<p class="soft">With a script they are kept in this browser too, to be read without a network; signing out takes them away.</p>
${articles.length === 0 && html`<div class="empty"><p>Nothing yet: the star stands below the headline of an article.</p></div>`}
${articles.length > 0 && html`<h2 class="hidden">The articles</h2>`}
${articles.map(
  (article) => html`<article class="story"><div>
<h3 lang="${article.lang}" dir="auto"><a href="/article/${article.id}">${article.title}</a></h3>
${lede(article)}
<p class="told">${fullTime(article.newsAt)} · <strong>${outletName(names, article.source)}</strong></p>
${chips(article, names)}
</div></article>`,
)}
</div>`;

/** The star of an article, for an account. @param back where it leads without a script */
export const starButton = (
  article: string,
  starred: boolean,
  back?: string,
): Html => html`<form class="star" method="post" action="/account/star">
<input type="hidden" name="article" value="${article}"><input type="hidden" name="starred" value="${starred ? '0' : '1'}">${back !== undefined && html`<input type="hidden" name="back" value="${back}">`}
<button${back === undefined && html` id="star"`} aria-pressed="${starred ? 'true' : 'false'}">${starred ? '★ Starred' : '☆ Star'}</button></form>`;

/** Follows the filter of a list, for an account. */
export const followButton = (address: string): Html => html`<form method="post" action="/account/follow">
<input type="hidden" name="address" value="${address}"><button>Follow</button></form>
<a href="/account/alerts?${new URLSearchParams({ address }).toString()}">Alert me</a>`;
