import { html, inline, type Markup, scriptJson } from '../html.ts';
import type { ArticlePage, Block, Headline, Site, Template } from '../outlet.ts';
import { clockTime, longDate, offsetTime } from './dates.ts';

const sectionPath = (label: string): string => `/${label.toLowerCase()}/`;

/** A news portal: fifty-line ticker before the article, more headlines after it, picture captions; Open Graph is all its metadata. */
export const tickerNews: Template = {
  words: { read: 'Read also:', keep: 'More on this' },
  tellsTime: true,
  repeatsTitle: false,
  carries: (_page, headlines) => ({
    ticker: headlines.wire,
    more: headlines.own.slice(0, 6),
    breadcrumbs: [],
    bio: undefined,
    comments: [],
    copyright: '',
    signature: '',
  }),
  sectionPath,
  article: (page) => frame(page.site, page.title, article(page), head(page)),
  frame: (site, title, main) => frame(site, title, main),
};

const head = (page: ArticlePage) => html`
<link rel="canonical" href="${page.url}">
<meta property="og:type" content="article">
<meta property="og:title" content="${page.title}">
<meta property="og:site_name" content="${page.site.name}">
<meta property="og:url" content="${page.url}">
<meta property="og:locale" content="${page.site.lang}">
<meta property="og:image" content="${page.site.origin}${page.picture}">
${page.standfirst !== undefined && html`<meta property="og:description" content="${page.standfirst}">`}
<meta property="article:published_time" content="${offsetTime(page.published, page.site.timeZone)}">
<meta property="article:modified_time" content="${offsetTime(page.modified, page.site.timeZone)}">
<meta property="article:section" content="${page.section}">
${page.tags.map((tag) => html`<meta property="article:tag" content="${tag}">\n`)}
${page.authors.length > 0 && html`<meta name="author" content="${page.authors.join(', ')}">`}
<meta name="twitter:card" content="summary_large_image">`;

const frame = (site: Site, title: string, main: Markup, extraHead = html``) => html`<!doctype html>
<html lang="${site.lang}" class="no-js">
<head><meta charset="utf-8"><title>${title} | ${site.name}</title>${extraHead}
${site.feed && html`<link rel="alternate" type="${site.feed.type}" href="${site.feed.url}">`}
<style>body{margin:0;font:16px/1.5 Verdana,sans-serif;background:#f4f6f9}
.top{background:#0b3c6f;color:#fff;padding:.6rem 2rem}
.top a{color:#fff;margin-right:1.2em}
.layout{display:grid;grid-template-columns:15rem 1fr;gap:2rem;padding:1rem 2rem}
.ticker{font-size:.75em;max-height:40rem;overflow:auto}
.ticker ul{list-style:'– ';padding-left:1em}
.story{background:#fff;padding:1rem 2rem;max-width:46rem}
.photo img{max-width:100%}
.more img{width:6rem;height:auto}
.share a,.tags a,.story__reading{margin:0 .5em}
.photo__caption{font-size:.8em;color:#555}
.gdpr{background:#222;color:#eee;padding:1rem}</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({pageType:'story',site:${scriptJson(site.name)}});</script></head>
<body>
<div class="gdpr js-gdpr"><strong>Your privacy on the coast</strong>
<p>We and 214 partners would like to store things on your device, among them the weather for your island. You may refuse.</p>
<button>Agree</button>
<button>Refuse</button></div>
<div class="top"><a class="logo" href="${site.origin}/">${site.name}</a>
<nav>
${site.nav.map((label) => html`<a href="${site.origin}${sectionPath(label)}">${label}</a>`)}</nav><span class="top__weather">Split 14°, bura in the evening</span></div>
<div class="layout">${main}</div>
<div class="ad ad--leaderboard" data-slot="bottom"><small>Advertisement</small><a href="${site.origin}/out/ad-3">Winter berths for small boats: ask in Marina Stara Luka</a></div>
<div class="foot">
<div class="foot__newsletter">
<h4>Dispatch at dawn</h4>
<p>Wind, waves and the five stories of the day, in your inbox at half past five.</p><input type="email" placeholder="name@island">
<button>Subscribe</button></div>
<p class="foot__links"><a href="${site.origin}/contact/">Contact</a> <a href="${site.origin}/terms/">Terms</a> <a href="${site.origin}/careers/">Work with us</a></p>
<p class="foot__legal">© Adria Dispatch d.o.o., Split</p></div>
</body></html>`;

const article = (page: ArticlePage) => {
  const { site, boilerplate } = page;
  return html`
<div class="layout__side">
${
  boilerplate.ticker.length > 0 &&
  html`<div class="ticker">
<h5 class="ticker__head">Around the clock</h5>
<ul>
${boilerplate.ticker.map(tickerLine)}</ul></div>`
}</div>
<div class="layout__main">
${
  boilerplate.breadcrumbs.length > 0 &&
  html`<ul class="crumbs">
${boilerplate.breadcrumbs.map((name) => html`<li><a href="${site.origin}/">${name}</a></li>`)}<li class="crumbs__here">${page.title}</li></ul>`
}
<div class="story">
<div class="story__kicker">${page.section}</div>
<h1 class="story__headline">${page.title}</h1>
${page.standfirst !== undefined && html`<div class="story__deck">${page.standfirst}</div>`}
<div class="story__meta">
${page.authors.length > 0 && html`<span class="story__author">By ${page.authors.join(' and ')}</span> · `}<span class="story__date">${longDate(page.published, 'en-GB', site.timeZone)}, ${clockTime(page.published, site.timeZone)}</span>
${page.modified > page.published && html` · <span class="story__updated">Updated ${clockTime(page.modified, site.timeZone)}</span>`}<span class="story__reading">3 min</span></div>
<div class="share share--top"><a href="${site.origin}/share/fb">Share</a><a href="${site.origin}/share/x">Post</a><a href="${site.origin}/share/mail">Send</a><a href="javascript:print()">Print</a></div>
${boilerplate.bio?.place === 'before' && box(boilerplate.bio)}
<div class="story__body">
${page.blocks.map(
  (line, index) =>
    html`${block(line)}${
      index === 1 &&
      html`<div class="ad ad--inline" data-slot="mid"><small>Advertisement</small>
<div id="slot-mid-1"></div></div>\n`
    }`,
)}
${boilerplate.signature && html`<p class="story__signature">${boilerplate.signature}</p>`}
</div>
${boilerplate.bio?.place === 'after' && box(boilerplate.bio)}
<div class="tags"><span>Topics</span>${page.tags.map((tag) => html`<a href="${site.origin}/topic/${encodeURIComponent(tag)}">${tag}</a>`)}</div>
${
  boilerplate.comments.length > 0 &&
  html`<div class="discuss">
<h4>${boilerplate.comments[0]}</h4>
${boilerplate.comments.slice(1).map((note) => html`<p>${note}</p>`)}<textarea></textarea>
<button>Send</button></div>`
}
</div>
${
  boilerplate.more.length > 0 &&
  html`<div class="more">
<h3 class="more__head">More from the Dispatch</h3>
${boilerplate.more.map((item) => html`<div class="more__item"><a href="${item.url}"><img src="/media/thumb.svg" alt=""><span>${item.title}</span></a></div>`)}</div>`
}
${boilerplate.copyright && html`<p class="rights">${boilerplate.copyright}</p>`}
</div>`;
};

const tickerLine = (item: Headline) => html`<li><a href="${item.url}">${item.title}</a></li>\n`;

const box = (bio: { readonly name: string; readonly text: string }) =>
  html`<div class="reporter"><img src="/media/author.svg" alt=""><div class="reporter__text">${bio.text}</div></div>`;

function block(line: Block) {
  switch (line.kind) {
    case 'paragraph':
      return html`<p class="story__p">${inline(line.text)}</p>\n`;
    case 'heading':
      return html`<h3 class="story__sub">${line.text}</h3>\n`;
    case 'title':
      return html`<p class="story__p"><b>${line.text}</b></p>\n`;
    case 'figure':
      return html`<div class="photo"><img src="/media/picture.svg" alt="${line.caption}">
<div class="photo__caption">${line.caption}${line.source && html` <span class="photo__source">Photo: ${line.source}</span>`}</div></div>\n`;
    case 'read':
      return html`<div class="inread"><span class="inread__label">${line.label}</span> <a href="${line.link.url}">${line.link.title}</a></div>\n`;
    case 'keep':
      return html`<div class="related related--inline">
<div class="related__head">${line.heading}</div>
<ul>
${line.links.map((item) => html`<li><a href="${item.url}">${item.title}</a></li>`)}</ul></div>\n`;
    default:
      return line satisfies never;
  }
}
