import type { Printed } from './edition.ts';
import { html, type Markup } from './html.ts';
import type { Outlet, Site } from './outlet.ts';

/** The pages of an outlet that are no articles, each in the outlet's own frame. */
export const pages = {
  front: (outlet: Outlet, site: Site, printed: readonly Printed[]): Markup =>
    outlet.template.frame(site, site.tagline, teasers(site.name, printed)),

  section(outlet: Outlet, site: Site, label: string, printed: readonly Printed[]): Markup {
    const inSection = printed.filter(({ piece }) => piece.section === label);
    const others = printed.filter(({ piece }) => piece.section !== label);
    return outlet.template.frame(site, label, teasers(label, [...inSection, ...others]));
  },

  form: (outlet: Outlet, site: Site, title: string): Markup =>
    outlet.template.frame(
      site,
      title,
      html`<main class="form-page">
<h1>${title}</h1>
<form method="post" action="${site.origin}/comment/">
<p><label>First name <input name="first"></label></p>
<p><label>Family name <input name="last"></label></p>
<p><label>E-mail <input type="email" name="mail"></label></p>
<p><label><input type="checkbox" name="terms"> I have read the conditions</label></p>
<p><button>Subscribe</button></p></form></main>`,
    ),

  brief: (outlet: Outlet, site: Site, title: string): Markup =>
    outlet.template.frame(site, title, html`<main><h1>${title}</h1><p>That is all we know at this hour.</p></main>`),

  gone: (outlet: Outlet, site: Site): Markup =>
    outlet.template.frame(
      site,
      '410',
      html`<main><h1>410</h1><p>${site.name}: this page has been taken down.</p></main>`,
    ),

  missing: (outlet: Outlet, site: Site): Markup =>
    outlet.template.frame(site, '404', html`<main><h1>404</h1><p>${site.name}: no such page.</p></main>`),
};

const teasers = (heading: string, printed: readonly Printed[]) =>
  html`<main><h1>${heading}</h1>${printed.map(
    ({ page, lines }) =>
      html`<section class="teaser"><h2><a href="${page.url}">${page.title}</a></h2><p>${(lines.find((line) => line.length > 80) ?? '').slice(0, 140)}…</p></section>\n`,
  )}</main>`;

/** What the press shows to a reader who opens its own address: the way to the five outlets and the ticker. */
export const pressIndex = (sites: readonly Pick<Site, 'name' | 'tagline' | 'origin'>[]): Markup =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The example press</title></head><body>
<h1>The example press</h1>
<p>Five invented outlets and a ticker, for trying out a news wire. Crawlers reach them through this address as an HTTP proxy.</p>
<ul>
${sites.map((site) => html`<li><a href="${site.origin}/">${site.name}</a>: ${site.tagline}</li>`)}</ul></body></html>`;
