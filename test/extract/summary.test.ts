import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { newsPage } from './news-page.ts';

const summaryOf = (parts: Parameters<typeof newsPage>[0]): string | undefined =>
  extractArticle({ url: 'https://hillside.example/2026/market', html: newsPage(parts) }).article.summary;

const described = (text: string): string => `<meta property="og:description" content="${text}">`;
const standfirst = 'Eleven years after the storm, traders may return before the herring season.';

describe('the summary', () => {
  it('is what the page says of the article', () => {
    expect(summaryOf({ head: described(standfirst) })).toBe(standfirst);
    expect(summaryOf({ things: [{ '@type': 'NewsArticle', headline: 'x', description: standfirst }] })).toBe(
      standfirst,
    );
  });

  it('may share no word with the article', () => {
    const wry = 'Nobody had expected that.';
    expect(summaryOf({ head: described(wry) })).toBe(wry);
  });

  it.each([
    ["the site's name", 'Brenkoval Courier'],
    ['the title', 'Brenkoval reopens its fish market'],
    ['the title of the page', 'Brenkoval reopens its fish market - Brenkoval Courier'],
  ])('is not %s, and another description takes its place', (_, text) => {
    expect(summaryOf({ head: described(text) })).toBeUndefined();
    expect(summaryOf({ head: `${described(text)}<meta name="description" content="${standfirst}">` })).toBe(standfirst);
  });

  it('is not what the structured data says of the site', () => {
    const slogan = 'Tidings of sea and shore, every day but Sunday';
    const things = [{ '@type': 'NewsMediaOrganization', name: 'Courier', slogan }];
    expect(summaryOf({ head: described(slogan), things })).toBeUndefined();
    expect(
      summaryOf({ head: described(slogan), things: [{ '@type': 'WebSite', description: slogan }] }),
    ).toBeUndefined();
  });

  it('is not a slogan that names the site', () => {
    expect(summaryOf({ head: described('Read more at hillside.example') })).toBeUndefined();
    expect(summaryOf({ head: described('Brenkoval Courier – tidings of sea and shore') })).toBeUndefined();
    expect(summaryOf({ head: described('Why the Brenkoval Courier left the old market itself') })).toContain('Why');
  });

  it('is no tagline: some words that are no sentence and have nothing to do with the article', () => {
    expect(summaryOf({ head: described('Tidings from both sides of the sound') })).toBeUndefined();
    expect(summaryOf({ head: described('A market, at last, for everybody') })).toContain('market');
    expect(summaryOf({ head: described('港口重开') })).toBe('港口重开');
  });

  it('has no entities left', () => {
    expect(summaryOf({ head: described('Herring &amp;amp; cod on the market') })).toBe('Herring & cod on the market');
  });
});
