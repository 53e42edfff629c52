import { html, inline, type Markup } from '../html.ts';
import type { ArticlePage, Block, Site, Template } from '../outlet.ts';
import { clockTime, longDate, offsetTime } from './dates.ts';

const sectionPath = (label: string): string => `/rubrika/${label.toLowerCase()}`;

/** A Serbian portal: schema.org microdata, 'read also' links between the paragraphs, copyright line under the text. */
export const portal: Template = {
  words: { read: 'PROČITAJTE JOŠ:', keep: 'Nastavite čitanje' },
  tellsTime: true,
  repeatsTitle: false,
  carries: (page, headlines) => ({
    ticker: headlines.own.slice(0, 5),
    more: headlines.own,
    breadcrumbs: ['Naslovna', page.section],
    bio: undefined,
    comments: [],
    copyright: 'Prenošenje teksta dozvoljeno je uz naznaku izvora. © Podunavski list, Novi Sad.',
    signature: '',
  }),
  sectionPath,
  article: (page) => frame(page.site, page.title, article(page), html`\n<link rel="canonical" href="${page.url}">`),
  frame: (site, title, main) => frame(site, title, main),
};

const frame = (site: Site, title: string, main: Markup, extraHead = html``) => html`<!DOCTYPE html>
<html lang="${site.lang}">
<head>
<meta charset="utf-8">
<title>${title} :: ${site.name}</title>
<meta name="description" content="${site.tagline}">${extraHead}
${site.feed && html`<link rel="alternate" type="${site.feed.type}" title="Atom" href="${site.feed.url}">`}
<style>body{margin:0 auto;max-width:75rem;font:16px/1.55 Arial,sans-serif}
.gore{border-bottom:4px solid #8c1c13}
.gore li,.deli a{display:inline-block;margin-right:1em}
.vrpca{background:#8c1c13;color:#fff;white-space:nowrap;overflow:hidden}
.vrpca a{color:#fff;margin-right:2em}
.clanak{max-width:44rem}
.procitajte{border-left:4px solid #8c1c13;padding-left:1em}
.kolacici{position:fixed;bottom:1em;right:1em;background:#fff;border:1px solid;padding:1em;max-width:20em}</style>
</head>
<body itemscope itemtype="https://schema.org/WebPage">
<div class="gore"><a href="${site.origin}/"><img src="/media/logo.svg" alt="${site.name}"></a>
<p>${site.tagline}</p>
<ul>
${site.nav.map((label) => html`<li><a href="${site.origin}${sectionPath(label)}">${label}</a></li>`)}<li><a href="${site.origin}/pretraga">Pretraga</a></li></ul></div>
${main}
<div class="bilten"><b>Prijavite se na bilten</b>
<p>Pet vesti sa Dunava svakog jutra, a nedeljom i recept za alasku čorbu.</p>
<form><input type="email">
<button>Prijava</button></form></div>
<div class="dno"><a href="${site.origin}/impresum">Impresum</a> | <a href="${site.origin}/oglasavanje">Oglašavanje</a> | <a href="${site.origin}/uslovi">Uslovi korišćenja</a></div>
<div class="kolacici" role="alertdialog"><p>Sajt koristi kolačiće da bi znao koliko ima čitalaca. Možete ih i odbiti.</p><button>U redu</button><button>Odbijam</button></div>
<script>(function(){var k=document.querySelector('.kolacici');k&&k.addEventListener('click',function(){k.remove()})})();</script>
<noscript><p>Za video-priloge potrebno je uključiti JavaScript.</p></noscript>
</body></html>`;

const article = (page: ArticlePage) => {
  const { site, boilerplate } = page;
  return html`
${boilerplate.ticker.length > 0 && html`<div class="vrpca"><span>Najnovije:</span> ${boilerplate.ticker.map((item) => html`<a href="${item.url}">${item.title}</a>\n`)}</div>`}
${
  boilerplate.breadcrumbs.length > 0 &&
  html`<div class="putanja" itemscope itemtype="https://schema.org/BreadcrumbList">
${boilerplate.breadcrumbs.map(
  (name, index) =>
    html`<span itemprop="itemListElement" itemscope itemtype="https://schema.org/ListItem">
<a itemprop="item" href="${site.origin}/"><span itemprop="name">${name}</span></a><meta itemprop="position" content="${index + 1}"></span> / `,
)}</div>`
}
<div class="clanak" itemprop="mainEntity" itemscope itemtype="https://schema.org/NewsArticle">
<meta itemprop="mainEntityOfPage" content="${page.url}"><meta itemprop="inLanguage" content="${site.lang}"><meta itemprop="articleSection" content="${page.section}"><meta itemprop="keywords" content="${page.tags.join(', ')}">
<h1 itemprop="headline">${page.title}</h1>
${page.standfirst !== undefined && html`<h2 class="podnaslov" itemprop="alternativeHeadline">${page.standfirst}</h2>`}
<div class="potpis">
${page.authors.map(
  (name, index) =>
    html`${index > 0 && ', '}<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">${name}</span></span>`,
)} <time itemprop="datePublished" datetime="${offsetTime(page.published, site.timeZone)}">
${longDate(page.published, 'sr-Latn-RS', site.timeZone)} u ${clockTime(page.published, site.timeZone)}</time>
<meta itemprop="dateModified" content="${offsetTime(page.modified, site.timeZone)}"></div>
<div class="deli"><a href="${site.origin}/deli/fb">Podeli</a><a href="${site.origin}/deli/viber">Viber</a><a href="${site.origin}/deli/kopiraj">Kopiraj vezu</a></div>
${boilerplate.bio?.place === 'before' && box(boilerplate.bio)}
<img itemprop="image" src="${site.origin}${page.picture}" alt="">
<div class="tekst" itemprop="articleBody">
${page.blocks.map(block)}
${boilerplate.signature && html`<p class="desno">${boilerplate.signature}</p>`}
</div>
${boilerplate.copyright && html`<p class="prava">${boilerplate.copyright}</p>`}
</div>
${boilerplate.bio?.place === 'after' && box(boilerplate.bio)}
<div class="oznake">${page.tags.map((tag) => html`<a href="${site.origin}/oznaka/${encodeURIComponent(tag)}">#${tag}</a> `)}</div>
<div class="oglas"><span>Oglas</span><a href="${site.origin}/oglas/8">Salaš „Kod tri duda“ prima goste i preko zime</a></div>
${
  boilerplate.comments.length > 0 &&
  html`<section class="komentari">
<h3>${boilerplate.comments[0]}</h3>
${boilerplate.comments.slice(1).map((note) => html`<p class="napomena">${note}</p>`)}<form>
<textarea></textarea>
<button>Pošalji</button></form></section>`
}
${
  boilerplate.more.length > 0 &&
  html`<section class="najcitanije">
<h3>Najčitanije</h3>
<ol>
${boilerplate.more.map((item) => html`<li><a href="${item.url}">${item.title}</a></li>`)}</ol></section>`
}`;
};

const box = (bio: { readonly name: string; readonly text: string }) =>
  html`<div class="autor"><img src="/media/author.svg" alt=""><p>${bio.text}</p></div>`;

function block(line: Block) {
  switch (line.kind) {
    case 'paragraph':
      return html`<p>${inline(line.text)}</p>\n`;
    case 'heading':
      return html`<p><strong>${line.text}</strong></p>\n`;
    case 'title':
      return html`<h2>${line.text}</h2>\n`;
    case 'figure':
      return html`<div class="slika"><img src="/media/picture.svg" alt=""><p class="opis">${line.caption}${line.source && html` | Foto: ${line.source}`}</p></div>\n`;
    case 'read':
      return html`<p class="procitajte"><b>${line.label}</b>&nbsp; <a href="${line.link.url}" target="_blank" rel="noopener">${line.link.title}</a></p>\n`;
    case 'keep':
      return html`<div class="nastavite"><p>${line.heading}</p>${line.links.map((item) => html`<p><a href="${item.url}">${item.title}</a></p>`)}</div>\n`;
    default:
      return line satisfies never;
  }
}
