import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { newsPage } from './news-page.ts';

const at = 'https://courier.example/2026/market';
const imageOf = (parts: Parameters<typeof newsPage>[0]): string | undefined =>
  extractArticle({ url: at, html: newsPage(parts) }).article.image?.url.replace('https://courier.example', '');

const og = (url: string): string => `<meta property="og:image" content="${url}">`;
const figure = (url: string, attributes = ''): string => `<figure><img src="${url}" ${attributes}></figure>`;

describe('the lead image', () => {
  it('is what the head names when the page shows none', () => {
    expect(imageOf({ head: og('/p/harbour.jpg') })).toBe('/p/harbour.jpg');
    expect(imageOf({ things: [{ '@type': 'NewsArticle', headline: 'x', image: [{ url: '/p/hall.jpg' }] }] })).toBe(
      '/p/hall.jpg',
    );
  });

  it('is the figure above the text before what is made for social networks', () => {
    expect(imageOf({ head: og('/p/social-card-market.jpg'), top: figure('/p/roof.jpg') })).toBe('/p/roof.jpg');
  });

  it('is read from what stands in for scripts, be it inside the figure or not', () => {
    const lazy = '<figure><div class="lazy"></div><noscript><img src="/p/roof.jpg" alt=""></noscript></figure>';
    expect(imageOf({ top: lazy })).toBe('/p/roof.jpg');
    expect(imageOf({ head: og('/p/card.jpg'), top: lazy })).toBe('/p/roof.jpg');
    const pixel = '<noscript><img height="1" width="1" src="https://counter.example/tr.jpg?id=4"></noscript>';
    expect(imageOf({ top: pixel })).toBeUndefined();
    const { article } = extractArticle({
      url: at,
      html: newsPage({ top: '<noscript>Please switch on scripts. <img src="/p/roof.jpg"></noscript>' }),
    });
    expect(article.html).not.toContain('switch on scripts');
  });

  it('is the rendering on the page of the picture that the head names', () => {
    const head = og('/thumbs/13862217_W2040.jpg');
    const top = `${figure('/p/other-thing-entirely.jpg')}${figure('/p/13862217_M650.jpg')}`;
    expect(imageOf({ head, top })).toBe('/p/13862217_M650.jpg');
    expect(imageOf({ head: og('/og/677aba3f831f8.1580.jpg'), top: figure('/main/677aba3f831f8.900.jpg') })).toBe(
      '/main/677aba3f831f8.900.jpg',
    );
  });

  it('is no logo, no portrait and no thumbnail of a list', () => {
    const head = og('/p/harbour.jpg');
    for (const other of [
      '/img/logo.png',
      '/img/site-logo-2.png',
      '/a/maren-314x314.jpg',
      '/t/roof-150x84.jpg',
      '/img/default.png',
    ])
      expect(imageOf({ head, top: figure(other) }), other).toBe('/p/harbour.jpg');
    expect(imageOf({ head, top: figure('/p/maren.jpg', 'width="80"') })).toBe('/p/harbour.jpg');
    expect(imageOf({ head, top: ['a', 'b', 'c', 'd'].map((name) => figure(`/clip/${name}.jpg`)).join('') })).toBe(
      '/p/harbour.jpg',
    );
  });

  it('is not refused for a name that only looks like that of a logo', () => {
    for (const url of ['/p/iconic-market.jpg', '/p/blanket-of-snow.jpg', '/p/encounter.jpg', '/p/market_default_0.jpg'])
      expect(imageOf({ head: og(url), top: figure('/img/logo.png') }), url).toBe(url);
  });

  it('looks behind placeholders of pictures that load late', () => {
    const late =
      '<figure><img src="data:image/gif;base64,R0lGOD" srcset="/p/roof-800.jpg 800w, /p/roof-1600.jpg 1600w"></figure>';
    expect(imageOf({ top: late })).toBe('/p/roof-1600.jpg');
    expect(imageOf({ top: '<figure><img src="data:image/gif;base64,R0lGOD" data-src="/p/roof.jpg"></figure>' })).toBe(
      '/p/roof.jpg',
    );
  });

  it('is the widest of those that a picture offers, in a format that every reader shows', () => {
    const picture =
      '<figure><picture><source type="image/webp" srcset="/p/roof-400.webp 400w, /p/roof-1200.webp 1200w"><source srcset="/p/roof-400.jpg 400w, /p/roof-1200.jpg 1200w"><img src="data:image/gif;base64,R0lGOD" alt=""></picture></figure>';
    expect(imageOf({ top: picture })).toBe('/p/roof-1200.jpg');
    const dense = '<figure><img srcset="/p/w_400,c_fit/roof.jpg 1x, /p/w_800,c_fit/roof.jpg 2x"></figure>';
    expect(imageOf({ top: dense })).toBe('/p/w_800,c_fit/roof.jpg');
  });

  it('is found by its id in the structured data', () => {
    const graph = {
      '@graph': [
        { '@type': 'NewsArticle', headline: 'Brenkoval reopens its fish market', image: { '@id': '#primary' } },
        { '@type': 'ImageObject', '@id': '#primary', url: 'https://courier.example/p/market.jpg' },
      ],
    };
    expect(imageOf({ things: [graph] })).toBe('/p/market.jpg');
  });

  it('is resolved against the base of the page', () => {
    const head = '<base href="https://cdn.example/archive/">';
    expect(imageOf({ head, top: '<figure><img src="p/roof.jpg" width="900"></figure>' })).toBe(
      'https://cdn.example/archive/p/roof.jpg',
    );
  });

  it('has an absolute address or none', () => {
    expect(imageOf({ head: og('javascript:alert(1)') })).toBeUndefined();
    expect(imageOf({ head: og('//cdn.example/p.jpg') })).toBe('https://cdn.example/p.jpg');
  });
});
