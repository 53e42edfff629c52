import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlineLinks } from '../../../src/crawl/listings/section-page.ts';

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

const sentence = 'After nine speakers and a long debate the council approved the new quay by nine votes to four. ';

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

  it('tells when an article was published by the time that stands beside it alone', () => {
    const entry = (n: number, before: string, after = '') =>
      `<li>${before}<div><a href="/2026/11/22/council-approves-quay-${n}">Council approves the quay, part ${n}</a></div>${after}</li>`;
    const html = `<header><time datetime="2026-11-22T12:00:00Z">Today</time></header><ul>
      ${entry(1, '<p class="meta"><time datetime="2026-11-22T09:15:00+01:00">9:15</time></p>')}
      ${entry(2, '', '<time datetime="2026-11-22 07:00:00Z">an hour ago</time><time datetime="2026-11-22T08:00:00Z">now</time>')}
      ${entry(3, '<time datetime="2026-11-22">Sunday</time><time datetime="2026-11-22T08:15">8:15</time><time>8:15</time>')}
      ${entry(4, '')}</ul>
      <a href="/2026/11/22/council-approves-quay-5"><time datetime="2026-11-22T06:00:00Z">6:00</time> Council approves the quay, part 5</a>`;
    expect(headlineLinks(html, page).map(({ title, published }) => [title, published])).toEqual([
      ['Council approves the quay, part 1', '2026-11-22T08:15:00.000Z'],
      ['Council approves the quay, part 2', '2026-11-22T07:00:00.000Z'],
      ['Council approves the quay, part 3', undefined],
      ['Council approves the quay, part 4', undefined],
      ['Council approves the quay, part 5', '2026-11-22T06:00:00.000Z'],
    ]);
  });

  it('tells kicker and headline apart, and takes the headline rather than the teaser', () => {
    const href = '/2026/11/22/council-approves-the-new-quay-20310';
    const title = (html: string) => headlineLinks(html, page)[0]?.title;
    expect(title(`<a href="${href}"><span>Harbour</span><span>Council <b>app</b>roves the quay</span></a>`)).toBe(
      'Harbour Council approves the quay',
    );
    expect(title(`<a href="${href}"><span>Harbour</span>: council approves the quay</a>`)).toBe(
      'Harbour: council approves the quay',
    );
    const teaser = `<p><a href="${href}">${sentence.repeat(4)}</a></p>`;
    const more = `<a href="${href}">Read the whole story about the quay</a>`;
    expect(title(`${teaser}<h3><a href="${href}">Council approves the quay</a></h3>${more}`)).toBe(
      'Council approves the quay',
    );
    expect(title(`${teaser}<b><a href="${href}">Council approves the quay</a></b>`)).toBe('Council approves the quay');
  });

  it('leaves the time of day out of a ticker’s headlines', () => {
    const line = (text: string) => `<a href="/2026/11/22/council-approves-the-new-quay">${text}</a>`;
    for (const text of [
      '12:05 Council approves the quay',
      '9:30 Uhr – Council approves the quay',
      '21:07:11 | Council approves the quay',
    ])
      expect(headlineLinks(line(text), page)[0]?.title).toBe('Council approves the quay');
    expect(headlineLinks(line('24:0 for the home side at the quay'), page)[0]?.title).toBe(
      '24:0 for the home side at the quay',
    );
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

  it('reads 30,000 nested elements like any other page', () => {
    const html = `${'<div>'.repeat(30_000)}<h2><a href="/a-story-at-the-bottom-of-it-all">A story at the bottom of it all</a></h2>`;
    expect(found(html)).toEqual(['/a-story-at-the-bottom-of-it-all']);
  });

  it('reads a link that is never closed before ten thousand elements', () => {
    const rest = `${'<div>'.repeat(5_000)}${'<br>'.repeat(5_000)}${'\v'.repeat(5_000)}`;
    expect(found(`<h2><a href="/a-story-at-the-top-of-it-all">A story at the top of it all${rest}`)).toEqual([
      '/a-story-at-the-top-of-it-all',
    ]);
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
