import { html, inline, type Markup, scriptJson } from '../html.ts';
import type { ArticlePage, Block, Site, Template } from '../outlet.ts';
import { longDate, offsetTime } from './dates.ts';

const sectionPath = (label: string): string => `/category/${label.toLowerCase()}/`;

/** A blog system's standard theme: JSON-LD graph, 'Keep Reading' block in the text, share buttons, author box, comment form. */
export const classicBlog: Template = {
  words: { read: 'READ:', keep: 'Keep Reading' },
  tellsTime: true,
  repeatsTitle: false,
  carries: (page, headlines, bio) => ({
    ticker: [],
    more: headlines.own.slice(0, 4),
    breadcrumbs: ['Home', page.section],
    bio: bio ? { name: page.authors[0] ?? '', text: bio, place: 'after' } : undefined,
    comments: ['Leave a Reply', 'We keep your e-mail to ourselves. Fields with a star are needed *'],
    copyright: '© The Morava Courier, Niš. Reprints by arrangement.',
    signature: '',
  }),
  sectionPath,
  article: (page) => frame(page.site, page.title, article(page), head(page)),
  frame: (site, title, main) => frame(site, title, main),
};

const head = (page: ArticlePage) => html`
<link rel="canonical" href="${page.url}">
<script type="application/ld+json" class="schema-graph">${scriptJson({
  '@context': 'https://schema.org',
  '@graph': [
    {
      '@type': page.live ? ['NewsArticle', 'LiveBlogPosting'] : 'NewsArticle',
      '@id': `${page.url}#article`,
      isPartOf: { '@id': page.url },
      headline: page.title,
      datePublished: offsetTime(page.published, page.site.timeZone),
      dateModified: offsetTime(page.modified, page.site.timeZone),
      mainEntityOfPage: { '@id': page.url },
      ...(page.authors.length > 0 && {
        author: page.authors.map((_, index) => ({ '@id': `${page.url}#author-${index}` })),
      }),
      publisher: { '@id': `${page.site.origin}/#organization` },
      image: { '@id': `${page.url}#primaryimage` },
      keywords: page.tags,
      articleSection: [page.section],
      inLanguage: page.site.lang,
    },
    { '@type': 'WebPage', '@id': page.url, url: page.url, name: `${page.title} - ${page.site.name}` },
    { '@type': 'ImageObject', '@id': `${page.url}#primaryimage`, url: `${page.site.origin}${page.picture}` },
    ...page.authors.map((name, index) => ({ '@type': 'Person', '@id': `${page.url}#author-${index}`, name })),
    {
      '@type': 'Organization',
      '@id': `${page.site.origin}/#organization`,
      name: page.site.name,
      url: page.site.origin,
    },
    {
      '@type': 'BreadcrumbList',
      itemListElement: page.boilerplate.breadcrumbs.map((name, index) => ({
        '@type': 'ListItem',
        position: index + 1,
        name,
      })),
    },
  ],
})}</script>`;

const frame = (site: Site, title: string, main: Markup, extraHead = html``) => html`<!DOCTYPE html>
<html lang="${site.lang}">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - ${site.name}</title>${extraHead}
${site.feed && html`<link rel="alternate" type="${site.feed.type}" title="${site.name} &raquo; Feed" href="${site.feed.url}">`}
<style>body{margin:0;font:17px/1.6 Georgia,serif;color:#222}
.wrap{max-width:70rem;margin:auto;padding:0 1rem;display:flex;gap:3rem}
main{flex:2}
aside{flex:1;font-size:.85em}
.site-header,.site-footer{background:#1d3b2a;color:#fff;padding:1rem}
.site-header a,.site-footer a{color:#fff}
.menu li,.share li{display:inline;margin-right:1em}
.keep-reading,.author-box{background:#eef3ef;padding:1rem}
#cookie-notice{position:fixed;bottom:0;background:#fff;border-top:1px solid;padding:.5rem;width:100%}
.keep-item img,.author-avatar img{width:6rem;height:auto}
.screen-reader-text{position:absolute;left:-999em}</style>
</head>
<body class="post-template-default single single-post">
<a class="skip-link screen-reader-text" href="#main">Skip to content</a>
<header id="masthead" class="site-header">
<div class="site-branding">
<p class="site-title"><a href="${site.origin}/" rel="home">${site.name}</a></p>
<p class="site-description">${site.tagline}</p></div>
<nav id="site-navigation" class="main-navigation">
<button class="menu-toggle" aria-expanded="false">Menu</button>
<ul class="menu">
${site.nav.map((label) => html`<li class="menu-item"><a href="${site.origin}${sectionPath(label)}">${label}</a></li>`)}</ul></nav></header>
<div id="content" class="site-content wrap">
<main id="main" class="site-main">${main}</main>
<aside id="secondary" class="widget-area">
<section class="widget widget_search">
<form role="search" action="${site.origin}/search/">
<label><span class="screen-reader-text">Search for:</span><input type="search" name="s" placeholder="Search the archive"></label>
<button>Search</button></form></section>
<section class="widget widget_newsletter">
<h2 class="widget-title">The Courier by e-mail</h2>
<p>One letter every morning, before the first bus. No advertisements, and you can leave with a click.</p>
<form><input type="email" placeholder="Your address">
<button>Sign up</button></form></section>
<section class="widget widget_ad"><p>Advertisement</p><a href="${site.origin}/out/ad-17">Tiles, stoves, good advice: visit Kaljeva Peć on the ring road.</a></section>
</aside></div>
<footer id="colophon" class="site-footer">
<p>The Morava Courier has been printed in Niš since before the second railway station. Letters are welcome.</p>
<ul class="menu"><li><a href="${site.origin}/imprint/">Imprint</a></li><li><a href="${site.origin}/privacy/">Privacy</a></li><li><a href="${site.origin}/advertise/">Advertise</a></li></ul></footer>
<div id="cookie-notice" role="dialog" aria-label="Cookies">
<p>This site bakes cookies to count its readers. Some are needed, the others are not.</p>
<button>Accept</button> <button>Only what is needed</button></div>
<script>document.querySelector('#cookie-notice').addEventListener('click',function(e){if(e.target.tagName==='BUTTON')this.remove()});window.courierStats=window.courierStats||[];courierStats.push(['page',location.pathname]);</script>
</body></html>`;

const article = (page: ArticlePage) => {
  const { site, boilerplate } = page;
  return html`
${
  boilerplate.ticker.length > 0 &&
  html`<div class="breaking-news-ticker"><span class="ticker-label">Breaking</span>
<ul>
${boilerplate.ticker.map((item) => html`<li><a href="${item.url}">${item.title}</a></li>`)}</ul></div>`
}
${
  boilerplate.breadcrumbs.length > 0 &&
  html`<p id="breadcrumbs"><span>
${boilerplate.breadcrumbs.map((name, index) => html`${index > 0 && ' » '}<a href="${site.origin}/">${name}</a>`)} » <span class="breadcrumb_last" aria-current="page">${page.title}</span></span></p>`
}
<article id="post-4711" class="post type-post status-publish format-standard hentry">
<header class="entry-header"><span class="cat-links"><a href="${site.origin}${sectionPath(page.section)}" rel="category tag">${page.section}</a></span>
<h1 class="entry-title">${page.title}</h1>
${page.standfirst !== undefined && html`<p class="entry-subtitle">${page.standfirst}</p>`}
<div class="entry-meta"><span class="posted-on">Posted on <time class="entry-date published" datetime="${offsetTime(page.published, site.timeZone)}">${longDate(page.published, 'en-GB', site.timeZone)}</time></span>
${
  page.authors.length > 0 &&
  html`<span class="byline"> by ${page.authors.map(
    (name, index) =>
      html`${index > 0 && ' and '}<span class="author vcard"><a class="url fn n" href="${site.origin}/author/${index + 1}/">${name}</a></span>`,
  )}</span>`
} <span class="comments-link"><a href="#respond">No comments yet</a></span></div></header>
<div class="post-thumbnail"><img src="${site.origin}${page.picture}" alt="" width="840" height="320"></div>
${boilerplate.bio?.place === 'before' && authorBox(boilerplate.bio)}
<div class="entry-content">
${page.blocks.map(block)}
${boilerplate.signature && html`<p><em>${boilerplate.signature}</em></p>`}
<div class="sharedaddy sd-sharing-enabled">
<h3 class="sd-title">Share this:</h3>
<ul class="share">
${['Facebook', 'X', 'WhatsApp', 'E-mail'].map((name) => html`<li><a rel="nofollow" class="share-${name.toLowerCase()}" href="${page.url}?share=${name.toLowerCase()}" title="Click to share on ${name}"><span>${name}</span></a></li>`)}</ul></div>
</div>
<footer class="entry-footer">
${page.tags.length > 0 && html`<span class="tags-links">Tagged ${page.tags.map((tag, index) => html`${index > 0 && ', '}<a href="${site.origin}/tag/${encodeURIComponent(tag)}/" rel="tag">${tag}</a>`)}</span>`}</footer>
</article>
${boilerplate.bio?.place === 'after' && authorBox(boilerplate.bio)}
<section class="related-posts"><h2>You may also like</h2><ul>${boilerplate.more.map((item) => html`<li><h3><a href="${item.url}">${item.title}</a></h3></li>`)}</ul></section>
${
  boilerplate.comments.length > 0 &&
  html`<div id="comments" class="comments-area">
<div id="respond" class="comment-respond">
<h3 id="reply-title" class="comment-reply-title">${boilerplate.comments[0]}</h3>
<form id="commentform" class="comment-form" method="post" action="${site.origin}/comment/">
${boilerplate.comments.slice(1).map((note) => html`<p class="comment-notes">${note}</p>`)}<p class="comment-form-comment">
<label for="comment">Comment</label>
<textarea id="comment" name="comment" rows="6"></textarea></p>
<p class="comment-form-author">
<label for="author">Name *</label><input id="author" name="author"></p>
<p class="form-submit"><input type="submit" value="Post Comment"></p></form></div></div>`
}
${boilerplate.copyright && html`<p class="copyright-note">${boilerplate.copyright}</p>`}`;
};

const authorBox = (bio: { readonly name: string; readonly text: string }) =>
  html`<div class="author-box">
<div class="author-avatar"><img src="/media/author.svg" alt="" width="80" height="80"></div>
<div class="author-info">
${bio.name && html`<h4 class="author-title">About ${bio.name}</h4>`}<p class="author-description">${bio.text}</p></div></div>`;

function block(line: Block) {
  switch (line.kind) {
    case 'paragraph':
      return html`<p>${inline(line.text)}</p>\n`;
    case 'heading':
      return html`<h2 class="wp-block-heading">${line.text}</h2>\n`;
    case 'title':
      return html`<h2>${line.text}</h2>\n`;
    case 'figure':
      return html`<figure class="wp-block-image"><img src="/media/picture.svg" alt="">
<figcaption class="wp-element-caption">${line.caption}${line.source && html` <cite>${line.source}</cite>`}</figcaption></figure>\n`;
    case 'read':
      return html`<p class="read-also"><strong>${line.label}</strong>&nbsp; <a href="${line.link.url}">${line.link.title}</a></p>\n`;
    case 'keep':
      return html`<div class="keep-reading">
<h3>${line.heading}</h3>
${line.links.map(
  (item) => html`<article class="keep-item"><a href="${item.url}"><img src="/media/thumb.svg" alt="" loading="lazy">
<h4>${item.title}</h4></a></article>`,
)}</div>\n`;
    default:
      return line satisfies never;
  }
}
