import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { newsPage } from './news-page.ts';
import { paragraphs } from './press.ts';

const inTags = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('');
const shown = paragraphs.slice(0, 2);
const hidden = inTags([paragraphs[2], paragraphs[4], paragraphs[5], paragraphs[6]]);
const read = (below: string, things: readonly object[] = []) =>
  extractArticle({
    url: 'https://courier.example/2026/market',
    html: newsPage({ top: `<p>12 March 2026</p>${inTags(shown)}${below}`, text: [], things }),
  }).article;

describe('what a page hides for its subscribers', () => {
  it.each([
    `<div class="subscriber-only" style="display:none">${hidden}</div><div class="offer">Subscribe now to read on</div>`,
    `<div class="premium hidden">${hidden}</div>`,
    `<section hidden><div data-paywall="true">${hidden}</div></section>`,
    `<div style="display: none !important" id="abonnenten">${hidden}</div>`,
    `<section amp-access="NOT subscriber"><p>Join us.</p></section><section amp-access="subscriber" amp-access-hide>${hidden}</section>`,
    hidden.replaceAll('<p>', '<p class="paywall" style="display:none">'),
  ])('serves matching, and is marked so that nobody is shown it: %s', (below) => {
    const article = read(below);
    expect(article).toMatchObject({ paywalled: true, stub: 'subscribers' });
    expect(article.text).toContain(paragraphs[5]);
  });

  it('needs no name where the page says that it is not free', () => {
    const things = [
      { '@type': 'NewsArticle', headline: 'Brenkoval reopens its fish market', isAccessibleForFree: false },
    ];
    expect(read(`<div style="display:none">${hidden}</div>`, things).stub).toBe('subscribers');
    expect(read(hidden, things)).toMatchObject({ paywalled: true, stub: undefined });
  });

  it.each([
    `<div class="more" style="display:none">${hidden}</div><button>Read more</button>`,
    `<div class="subscribers">${hidden}</div>`,
    `${hidden}<div class="paywall" style="display:none"><p>Subscribe now to read all that the Courier has to say.</p></div>`,
  ])('is not what opens for everybody, is shown, or pleads: %s', (below) => {
    expect(read(below)).toMatchObject({ paywalled: false, stub: undefined });
  });
});
