import { html, inline, type Markup, scriptJson } from '../html.ts';
import type { ArticlePage, Block, Site, Template } from '../outlet.ts';
import { longDate, offsetTime } from './dates.ts';

const sectionPath = (label: string): string => `/${label.toLowerCase()}`;

/** A quarterly's site: breadcrumbs that end in the title, the author's note before the essay, sub-headings, captions with source; JSON-LD and Open Graph. */
export const magazine: Template = {
  words: { read: 'See also:', keep: 'Continue with' },
  tellsTime: true,
  repeatsTitle: false,
  carries: (page, headlines, bio) => ({
    ticker: [],
    more: headlines.own.slice(0, 3),
    breadcrumbs: ['Home', 'Autumn', page.section],
    bio: bio ? { name: page.authors[0] ?? '', text: bio, place: 'before' } : undefined,
    comments: [],
    copyright: 'Copyright © The Vardar Review, Skopje',
    signature: '',
  }),
  sectionPath,
  article: (page) => frame(page.site, page.title, article(page), head(page)),
  frame: (site, title, main) => frame(site, title, main),
};

const head = (page: ArticlePage) => html`
<link rel="canonical" href="${page.url}"><meta property="og:title" content="${page.title}"><meta property="og:type" content="article"><meta property="og:url" content="${page.url}"><meta property="og:image" content="${page.site.origin}${page.picture}">
<script type="application/ld+json">${scriptJson({
  '@context': 'http://schema.org',
  '@type': 'Article',
  headline: page.title,
  url: page.url,
  datePublished: page.published.toISOString(),
  dateModified: page.modified.toISOString(),
  author: page.authors.length === 1 ? page.authors[0] : page.authors,
  publisher: { '@type': 'Organization', name: page.site.name },
  keywords: page.tags.join(','),
})}</script>`;

const frame = (site: Site, title: string, main: Markup, extraHead = html``) => html`<!doctype html>
<html lang="${site.lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title} — ${site.name}</title>${extraHead}
${site.feed && html`<link rel="alternate" type="${site.feed.type}" title="${site.name}" href="${site.feed.url}">`}
<style>body{margin:0;font:19px/1.65 "Iowan Old Style",Palatino,serif;color:#1a1a1a}
.page-header,.page-footer{padding:2rem;text-align:center;border:solid #ccc;border-width:0 0 1px}
.page-header nav a{margin:0 1em}
.breadcrumb{font-size:.7em;list-style:none;display:flex;gap:.7em;padding:0}
.breadcrumb li+li::before{content:"/ "}
.essay{max-width:38rem;margin:auto;padding:1rem}
.essay__lead::first-letter{font-size:3em;float:left;line-height:1}
.contributor{font-size:.8em;border-left:3px solid #b58900;padding-left:1em}
figure{margin:2rem -4rem}
figure img{max-width:100%}
figcaption{font-size:.7em;color:#666}
.consent{position:fixed;inset:auto 0 0;background:#fdf6e3;padding:1rem;font-size:.8em}</style></head>
<body>
<div class="consent" data-nosnippet><p>The Review would like to remember how far you have read. May it?</p><button>It may</button><button>It may not</button></div>
<header class="page-header"><a href="${site.origin}/" class="wordmark">${site.name}</a>
<p>${site.tagline}</p>
<nav aria-label="Sections">
${site.nav.map((label) => html`<a href="${site.origin}${sectionPath(label)}">${label}</a>`)}</nav></header>
${main}
<section class="membership">
<h2>Read us on paper</h2>
<p>Four issues a year, sewn and not glued, for the price of a modest lunch. Students pay half a lunch.</p><a class="button" href="${site.origin}/subscribe">Subscribe</a></section>
<footer class="page-footer">
<p>The Vardar Review appears in March, June, September and December, as a rule.</p><a href="${site.origin}/masthead">Masthead</a> <a href="${site.origin}/stockists">Where to buy</a></footer>
<script type="module">for (const button of document.querySelectorAll('.consent button')) button.onclick = () => button.parentElement.remove();</script>
</body></html>`;

const article = (page: ArticlePage) => {
  const { site, boilerplate } = page;
  return html`
<main>
${
  boilerplate.ticker.length > 0 &&
  html`<aside class="headlines" aria-label="Headlines">
<ul>
${boilerplate.ticker.map((item) => html`<li><a href="${item.url}">${item.title}</a></li>`)}</ul></aside>`
}
<article class="essay">
${
  boilerplate.breadcrumbs.length > 0 &&
  html`<ol class="breadcrumb">
${boilerplate.breadcrumbs.map((name) => html`<li><a href="${site.origin}/">${name}</a></li>`)}<li aria-current="page">${page.title}</li></ol>`
}
<h1>${page.title}</h1>
${page.standfirst !== undefined && html`<p class="essay__standfirst">${page.standfirst}</p>`}
<div class="essay__meta">
${page.authors.length > 0 && html`<a rel="author" href="${site.origin}/contributors">${page.authors.join(', ')}</a>, `}<time datetime="${offsetTime(page.published, site.timeZone)}">${longDate(page.published, 'en-US', site.timeZone)}</time></div>
${boilerplate.bio?.place === 'before' && contributor(boilerplate.bio.text)}
<div class="essay__text">
${page.blocks.map((line, index) => block(line, index === 0))}
${boilerplate.signature && html`<p class="essay__signature">${boilerplate.signature}</p>`}
</div>
${boilerplate.bio?.place === 'after' && contributor(boilerplate.bio.text)}
<ul class="share-links" aria-label="Share"><li><a href="${site.origin}/share/mail">Send by e-mail</a></li><li><a href="${site.origin}/share/mastodon">Mastodon</a></li></ul>
</article>
${
  boilerplate.more.length > 0 &&
  html`<aside class="from-this-issue">
<h2>From this issue</h2>
${boilerplate.more.map(
  (item) => html`<div class="card">
<h3><a href="${item.url}">${item.title}</a></h3></div>`,
)}</aside>`
}
${
  boilerplate.comments.length > 0 &&
  html`<section class="letters">
<h2>${boilerplate.comments[0]}</h2>
<form>
${boilerplate.comments.slice(1).map((note) => html`<p>${note}</p>`)}<textarea></textarea>
<button>Send</button></form></section>`
}
${boilerplate.copyright && html`<p class="colophon">${boilerplate.copyright}</p>`}
</main>`;
};

const contributor = (text: string) => html`<div class="contributor"><p>${text}</p></div>`;

function block(line: Block, first: boolean) {
  switch (line.kind) {
    case 'paragraph':
      return html`<p${first && html` class="essay__lead"`}>${inline(line.text)}</p>\n`;
    case 'heading':
      return html`<h2>${line.text}</h2>\n`;
    case 'title':
      return html`<p class="essay__title-line"><strong>${line.text}</strong></p>\n`;
    case 'figure':
      return html`<figure><img src="/media/picture.svg" alt=""><figcaption>${line.caption}${line.source && html` / Source: ${line.source}`}</figcaption></figure>\n`;
    case 'read':
      return html`<aside class="see-also"><p>${line.label} <a href="${line.link.url}">${line.link.title}</a></p></aside>\n`;
    case 'keep':
      return html`<aside class="continue"><h4>${line.heading}</h4><ul>${line.links.map((item) => html`<li><a href="${item.url}">${item.title}</a></li>`)}</ul></aside>\n`;
    default:
      return line satisfies never;
  }
}
