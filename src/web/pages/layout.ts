import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { type FeedFormat, type Filter, feedFiles } from '../../domain/filter.ts';
import type { Preferences } from '../../domain/preferences.ts';
import { feedAddress } from '../filter.ts';
import { type Html, html } from '../html.ts';

/** What every page shows of the wire itself. */
export interface Site {
  /** Before every address within the wire: the path of PUBLIC_URL. */
  readonly path: string;
  /** Name of the merged feed. */
  readonly title: string;
  /** Whether the one who asks may see the operator's pages. */
  readonly operator: boolean;
  /** Name of the account whose session it is. */
  readonly user: string | undefined;
  /** How the one who asks wants the pages. */
  readonly view: Preferences;
}

export interface Page {
  readonly title: string;
  readonly description?: string;
  /** The filter whose feeds the page announces; its search stands in the search box. */
  readonly filter?: Filter;
  /** Only pages that hold nothing of others' texts beyond headlines are for search engines. */
  readonly index?: boolean;
  /** The menu's entry that this page is. */
  readonly current?: string;
  readonly refreshSeconds?: number | undefined;
  /** Whether it is one article or story. */
  readonly article?: boolean;
  /** It is one of the operator's, with their style and script. */
  readonly admin?: boolean;
  readonly main: Html;
}

const readAsset = (name: string): string => readFileSync(new URL(`../assets/${name}`, import.meta.url), 'utf8');

/** The files that pages refer to, with addresses that change with their content, so that they can be cached for ever. */
export const assets = (
  [
    ['style', 'style.css', 'text/css; charset=utf-8'],
    ['icon', 'icon.svg', 'image/svg+xml'],
    ['app', 'app.js', 'text/javascript; charset=utf-8'],
    ['adminStyle', 'admin.css', 'text/css; charset=utf-8'],
    ['adminScript', 'admin.js', 'text/javascript; charset=utf-8'],
    ['queuesStyle', 'queues.css', 'text/css; charset=utf-8'],
    ['queuesScript', 'queues.js', 'text/javascript; charset=utf-8'],
  ] as const
).map(([name, file, type]) => {
  const body = readAsset(file);
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 10);
  return { name, type, body, path: `/assets/${hash}/${file}` };
});
/** Where a file stands. */
export const assetPath = (name: (typeof assets)[number]['name']): string =>
  assets.find((asset) => asset.name === name)?.path ?? '';

const feedTypes: readonly (readonly [FeedFormat, type: string, name: string])[] = [
  ['rss', 'application/rss+xml', 'RSS'],
  ['atom', 'application/atom+xml', 'Atom'],
  ['json', 'application/feed+json', 'JSON Feed'],
];

/** Links to the feeds of a filter, one a format. */
export const subscribeLinks = (filter: Filter): Html =>
  html`<div class="subscribe"><span>Subscribe:</span>${feedTypes.map(
    ([format, type, name]) => html` <a href="${feedAddress(filter, format)}" type="${type}">${name}</a>`,
  )}</div>`;

const menuLink = (path: string, name: string, current: string | undefined): Html =>
  html`<li><a href="${path}"${path === current ? html` aria-current="page"` : ''}>${name}</a></li>`;

/** Addresses within the wire, as all our pages write them; in a text of others the quotes would be escaped. */
const ownAddress = /(?<= (?:href|src|action)=")\/(?!\/)/g;

/** A whole page around its main part. */
export function layout(site: Site, page: Page): string {
  return withPath(site.path, wholePage(site, page));
}

/** Markup of ours as it is sent: with the path of PUBLIC_URL before every address of our own. */
export const withPath = (path: string, markup: string): string =>
  path === '' ? markup : markup.replace(ownAddress, `${path}/`);

function wholePage(site: Site, page: Page): string {
  const { filter, current } = page;
  return html`<!doctype html>
<html lang="en" class="text-${site.view.size} view-${site.view.view}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title === site.title ? site.title : `${page.title} · ${site.title}`}</title>
${page.description && html`<meta name="description" content="${page.description}">`}
<meta name="robots" content="${page.index ? 'index, follow, noarchive' : 'noindex, follow'}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<meta property="og:title" content="${page.title}">
<meta property="og:site_name" content="${site.title}">
<meta property="og:type" content="${page.article ? 'article' : 'website'}">
${page.description && html`<meta property="og:description" content="${page.description}">`}
${page.refreshSeconds && html`<meta http-equiv="refresh" content="${page.refreshSeconds}">`}
<link rel="stylesheet" href="${assetPath('style')}">
<script src="${assetPath('app')}" defer></script>
<link rel="manifest" href="/manifest.webmanifest">
<meta name="theme-color" content="#fdfcf9" media="(prefers-color-scheme: light)">
<meta name="theme-color" content="#16171a" media="(prefers-color-scheme: dark)">
${page.admin && html`<link rel="stylesheet" href="${assetPath('adminStyle')}">\n<script src="${assetPath('adminScript')}" defer></script>\n`}<link rel="icon" type="image/svg+xml" href="${assetPath('icon')}">
${
  filter &&
  feedTypes.map(
    ([format, type, name]) =>
      html`<link rel="alternate" type="${type}" title="${page.title} (${name})" href="${feedAddress(filter, format)}">\n`,
  )
}</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<div class="wide">
<a class="brand" href="/">${site.title}</a>
<nav aria-label="Main"><ul class="menu">
${menuLink('/', 'Latest', current)}
${menuLink('/feeds', 'Feeds', current)}
${site.user !== undefined && menuLink('/starred', 'Starred', current)}
${site.operator && menuLink('/admin', 'Operator', current)}
${menuLink('/preferences', 'View', current)}
${menuLink('/account', site.user ?? 'Sign in', current)}
</ul></nav>
<form class="search" action="/search" role="search">
<label class="hidden" for="q">Search the wire</label>
<input id="q" name="q" type="search" value="${filter?.query}" placeholder="Search" maxlength="200" required>
<button>Search</button>
</form>
</div>
</header>
<main id="main" class="wide" tabindex="-1">
${page.main}
</main>
<footer class="page">
<div class="wide"><ul>
<li><a href="/${feedFiles.rss}">RSS</a></li>
<li><a href="/feeds">All feeds</a></li>
<li><a href="/crawler">About our crawler</a></li>
<li>Times without a script are UTC.</li>
<li><kbd>?</kbd> shows the keys</li>
<li>Headlines and summaries belong to their publishers.</li>
</ul></div>
</footer>
<dialog id="keys"><h2>Keys</h2><dl>
<dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next, previous story</dd>
<dt><kbd>o</kbd></dt><dd>open it</dd>
<dt><kbd>v</kbd></dt><dd>open it at its outlet</dd>
<dt><kbd>s</kbd></dt><dd>star it (with an account)</dd>
<dt><kbd>m</kbd></dt><dd>mark it as read or unread</dd>
<dt><kbd>n</kbd></dt><dd>next page of a list</dd>
<dt><kbd>/</kbd></dt><dd>search</dd>
</dl><form method="dialog"><button>Close</button></form></dialog>
</body>
</html>
`.markup;
}
