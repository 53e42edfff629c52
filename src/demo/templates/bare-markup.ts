import { html, inline, type Markup } from '../html.ts';
import type { ArticlePage, Block, Site, Template } from '../outlet.ts';
import { longDate } from './dates.ts';

const sectionPath = (label: string): string => `/list.php?of=${label.toLowerCase()}`;

/** A page from a hand-made system: no metadata, no headings of rank, class names that mean nothing, the title three times and the byline as the last line. */
export const bareMarkup: Template = {
  words: { read: 'Read:', keep: 'Keep on reading' },
  tellsTime: false,
  repeatsTitle: true,
  carries: (page, headlines) => ({
    ticker: headlines.wire.slice(0, 12),
    more: headlines.own.slice(0, 5),
    breadcrumbs: ['Ledger', page.section],
    bio: undefined,
    comments: [],
    copyright: '© Black Sea Ledger. All of it is ours.',
    signature: page.authors.join(', '),
  }),
  sectionPath,
  article: (page) => frame(page.site, page.title, article(page)),
  frame: (site, title, main) => frame(site, title, main),
};

const frame = (site: Site, title: string, main: Markup) => html`<html>
<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>${title}</title>
<style>body{font:15px/1.5 "Times New Roman",serif;background:#fffef4}
.z1{width:60rem;margin:auto}
.m2{float:left;width:12rem;font-size:13px}
.k5{margin-left:14rem}
.q1{margin-bottom:1em}
.a3{font-size:26px}</style></head>
<body>
<div class="z1"><div class="z2"><a href="${site.origin}/">${site.name}</a> <i>${site.tagline}</i></div>
<div class="n0">${site.nav.map((label, index) => html`${index > 0 && ' | '}<a href="${site.origin}${sectionPath(label)}">${label}</a>`)}</div>
${main}
<div class="z9">You are reader number 1,204,881. This page looks best in a window of ordinary size. <a href="${site.origin}/mailbox.php">Write to us</a></div></div>
<div class="ck">We use a cookie. <a href="#" onclick="this.parentNode.style.display='none';return false">Fine</a></div>
<script>var hits=1204881;function up(){hits++}up();</script>
</body></html>`;

const article = (page: ArticlePage) => {
  const { site, boilerplate } = page;
  return html`
<div class="m2">${boilerplate.ticker.map((item) => html`- <a href="${item.url}">${item.title}</a><br>\n`)}</div>
<div class="k5">
${boilerplate.breadcrumbs.length > 0 && html`<div class="c0">${boilerplate.breadcrumbs.map((name) => html`<a href="${site.origin}/">${name}</a> &gt; `)}${page.title}</div>`}
<div class="a3"><b>${page.title}</b></div>
${page.standfirst !== undefined && html`<div class="a4">${page.standfirst}</div>`}
<div class="d4">${longDate(page.published, 'en-GB', site.timeZone)}</div>
${boilerplate.bio?.place === 'before' && html`<div class="u2"><i>${boilerplate.bio.text}</i></div>`}
<div class="w8">
${page.blocks.map(block)}
${boilerplate.signature && html`<div class="q1">${boilerplate.signature}</div>`}
</div>
${boilerplate.bio?.place === 'after' && html`<div class="u2"><i>${boilerplate.bio.text}</i></div>`}
<div class="s6"><a href="${page.url}&amp;print=1">Printer page</a> <a href="${page.url}&amp;send=1">Send to a friend</a></div>
${
  boilerplate.comments.length > 0 &&
  html`<div class="f3"><b>${boilerplate.comments[0]}</b><br>
${boilerplate.comments.slice(1).map((note) => html`${note}<br>`)}<textarea rows="4" cols="60"></textarea><br><input type="submit" value="Send"></div>`
}
${boilerplate.more.length > 0 && html`<div class="m7"><b>From the same drawer</b><br>${boilerplate.more.map((item) => html`<a href="${item.url}">${item.title}</a><br>\n`)}</div>`}
${boilerplate.copyright && html`<div class="z8">${boilerplate.copyright}</div>`}
</div>`;
};

function block(line: Block) {
  switch (line.kind) {
    case 'paragraph':
      return html`<div class="q1">${inline(line.text)}</div>\n`;
    case 'heading':
      return html`<div class="q1"><b>${line.text}</b></div>\n`;
    case 'title':
      return html`<div class="q1"><b>${line.text}</b></div>\n`;
    case 'figure':
      return html`<table class="p5"><tr><td><img src="/media/picture.svg"></td></tr><tr><td class="p6"><small>${line.caption}${line.source && html` (Picture: ${line.source})`}</small></td></tr></table>\n`;
    case 'read':
      return html`<div class="q1"><b>${line.label}</b> <a href="${line.link.url}">${line.link.title}</a></div>\n`;
    case 'keep':
      return html`<div class="r1"><u>${line.heading}</u><br>${line.links.map((item) => html`<a href="${item.url}">${item.title}</a><br>`)}</div>\n`;
    default:
      return line satisfies never;
  }
}
