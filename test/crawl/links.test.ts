import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlineLinks } from '../../src/crawl/links.ts';

const page = 'https://www.news.example/politics/';
const found = (html: string, options = {}) =>
  headlineLinks(html, page, options).map(({ url }) => new URL(url).pathname);

/** A front page as sites make them: navigation, a list of headlines, teasers with pictures, a sidebar, a footer. */
const front = `
<header><nav class="main-nav"><a href="/">Home</a><a href="/politics/">Politics</a><a href="/sport">Sport</a>
  <a href="/services/subscribe-to-our-newsletter-today">Subscribe to our newsletter today</a></nav></header>
<main>
  <article><a href="/politics/council-approves-new-quay-20310.html"><img alt="The old quay at dawn"><h2>Council approves the new quay</h2></a>
    <p>Nine votes to four.</p><a href="/politics/council-approves-new-quay-20310.html#comments">12</a>
    <a href="/author/jane-marlow">Jane Marlow</a></article>
  <ul class="headlines">
    <li><a href="/world/ferries-keep-running-through-winter-20311.html">Ferries keep running through winter</a></li>
    <li><a href="/world/20312">Fishermen withdraw their objection to the basin</a></li>
    <li><a href="https://blog.news.example/2026/11/22/what-the-quay-costs-us-all/">What the quay costs us all</a></li>
    <li><a href="/story.php?sid=20313">Mayor: work is to begin in the spring</a></li>
    <li><a href="https://elsewhere.example/2026/11/22/a-story-of-another-paper-altogether">A story of another paper altogether</a></li>
  </ul>
  <a href="/tag/harbour">harbour</a> <a href="/politics/page/2">Older stories from the politics desk</a>
  <a href="/files/annual-report-of-the-harbour-2026.pdf">Annual report of the harbour for 2026</a>
  <a href="javascript:void(0)">A very long headline that leads nowhere at all</a>
</main>
<footer><a href="/privacy-policy">Privacy policy and the use of cookies</a><a href="/contact">Contact</a></footer>`;

describe('headlineLinks', () => {
  it('tells articles from navigation, authors, tags, files, other sites and pages of the list', () => {
    expect(found(front)).toEqual([
      '/politics/council-approves-new-quay-20310.html',
      '/world/ferries-keep-running-through-winter-20311.html',
      '/world/20312',
      '/2026/11/22/what-the-quay-costs-us-all/',
      '/story.php',
    ]);
  });

  it('takes the headline for the title, not the picture or the count of comments', () => {
    expect(headlineLinks(front, page)[0]).toEqual({
      url: 'https://www.news.example/politics/council-approves-new-quay-20310.html',
      title: 'Council approves the new quay',
    });
  });

  it('resolves addresses by <base>, and finds nothing in scripts and templates', () => {
    const html = `<base href="/archive/"><script>"<a href='/x-y-z-and-so-on-123456'>A headline within a script</a>"</script>
      <template><a href="/x-y-z-and-so-on-123457">A headline within a template</a></template>
      <h2><a href="the-night-the-lighthouse-went-dark-99812">The night the lighthouse went dark</a></h2>`;
    expect(found(html)).toEqual(['/archive/the-night-the-lighthouse-went-dark-99812']);
  });

  it('reads headlines without spaces and addresses without words', () => {
    const html = [1, 2, 3]
      .map((n) => `<li><a href="/n/20261122/c8820${n}.html">政府通过明年预算草案议会星期三开始审议</a></li>`)
      .join('');
    expect(found(html).length).toBe(3);
  });

  it('believes what earlier crawls of the site taught', () => {
    const html =
      '<a href="/dossier/the-new-harbour-in-figures">The new harbour in figures</a><a href="/x/q7">Mayor resigns</a>';
    expect(found(html)).toEqual(['/dossier/the-new-harbour-in-figures']);
    const shapes = { 'w/slug': { articles: 0, others: 30 }, '/#': { articles: 30, others: 0 } };
    expect(found(html, { shapes })).not.toContain('/dossier/the-new-harbour-in-figures');
  });

  it('gives each address once, and not more than asked for', () => {
    const many = Array.from(
      { length: 20_000 },
      (_, i) => `<a href="/news/link-number-${i}-to-yet-another-page">Link ${i} to yet another page</a>`,
    );
    expect(headlineLinks(many.join(''), page).length).toBe(500);
    expect(headlineLinks(many.join(''), page, { limit: 7 }).length).toBe(7);
    expect(found(front + front).length).toBe(5);
  });

  it('reads 100,000 nested elements like any other page', () => {
    const html = `${'<div>'.repeat(100_000)}<h2><a href="/a-story-at-the-bottom-of-it-all">A story at the bottom of it all</a></h2>`;
    expect(found(html)).toEqual(['/a-story-at-the-bottom-of-it-all']);
  });

  it('gives links of the site only, whatever the page is', () => {
    const href = fc.oneof(fc.webUrl(), fc.string(), fc.webPath());
    fc.assert(
      fc.property(fc.array(fc.tuple(href, fc.string())), (anchors) => {
        const html = anchors.map(([url, text]) => `<a href="${url.replaceAll('"', '&quot;')}">${text}</a>`).join('');
        for (const { url } of headlineLinks(html, page))
          expect(new URL(url).hostname).toMatch(/(?:^|\.)news\.example$/);
      }),
    );
  });
});
