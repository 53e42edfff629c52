import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';

const headlines = [
  'Harbour master keeps the old bell after all',
  'Three bakeries share one oven until spring',
  'School choir sings on the night train again',
  'Council counts its benches and finds too many',
  'River gauge moves upstream by forty metres',
  'Museum opens its cellar for the first time',
  'Bus drivers ask for shade at the terminus',
  'Market day goes back to Thursday in the valley',
];
const page = (title: string, text: string) => ({
  url: 'http://site.example/briefs/1',
  html: `<html><head><title>${title} - The Site</title></head><body><div><h1>${title}</h1><p>${text}</p></div>
    <div>${headlines.map((line, i) => `<div><a href="/briefs/${i + 2}">${line}</a></div>`).join('')}</div></body></html>`,
});
const brief =
  'The ferry between the two banks stopped on Sunday evening because of fog, the harbour office said. Forty passengers spent the night in the waiting room, and the first boat left at half past six.';
const link = (title: string) => ({
  url: 'http://site.example/briefs/1',
  title,
  published: '2026-11-22T07:00:00.000Z',
  authors: [],
  categories: [],
});

describe('a brief beside many headlines', () => {
  it('is an article when a feed announces it under its own headline', () => {
    const title = 'Ferry stops because of fog on the river';
    const { verdict, article } = extractArticle(page(title, brief), { link: link(title) });
    expect(verdict).toEqual({ kind: 'article' });
    expect(article.text).toBe(brief);
  });

  it('is none when the feed only names a section', () => {
    const { verdict } = extractArticle(page('Coast', 'News from the coast.'), { link: link('Coast') });
    expect(verdict.kind).toBe('rejected');
  });

  it('is none when there is hardly a text, whatever the feed says', () => {
    const title = 'Ferry stops because of fog on the river';
    const { verdict } = extractArticle(page(title, 'More in a moment.'), { link: link(title) });
    expect(verdict.kind).toBe('rejected');
  });

  it('is an article when the template marks it as one, with a headline of its own', () => {
    const html = page('Ferry stops', '').html.replace(/<div><h1>.*?<\/div>/s, () => {
      const text = `${brief} ${brief.replaceAll('ferry', 'boat')}`;
      return `<article><h1>Ferry stops</h1><p>${text}</p></article>`;
    });
    expect(extractArticle({ url: 'http://site.example/briefs/1', html }).verdict).toEqual({ kind: 'article' });
  });
});
