import { describe, expect, it } from 'vitest';
import { addressScore, shapeOf } from '../../../src/crawl/listings/url-shape.ts';

const at = (path: string) => new URL(path, 'https://news.example');

describe('addressScore', () => {
  it.each([
    '/2026/11/22/council-approves-the-new-quay/',
    '/politics/council-approves-the-new-quay-20310.html',
    '/world/article20310442/',
    '/story.php?sid=20310',
    '/vesti/%D0%B2%D0%BB%D0%B0%D0%B4%D0%B0-%D1%83%D1%81%D0%B2%D0%BE%D1%98%D0%B8%D0%BB%D0%B0-%D0%BF%D1%80%D0%B5%D0%B4%D0%BB%D0%BE%D0%B3-%D0%B1%D1%83%D1%9F%D0%B5%D1%82%D0%B0-%D0%B7%D0%B0-2027',
    '/news/articles/c4gj39zk1k0o',
  ])('%s looks like an article', (path) => {
    expect(addressScore(at(path))).toBeGreaterThanOrEqual(2);
  });

  it.each([
    '/',
    '/politics',
    '/tag/harbour-and-all-its-ships',
    '/2026/11/',
    '/politics/page/2',
    '/login',
    '/a/b/photo.jpg',
    '/video/the-quay-from-the-air',
    '/news?page=3',
  ])('%s does not', (path) => {
    expect(addressScore(at(path))).toBeLessThan(2);
  });
});

describe('shapeOf', () => {
  it('is one for the articles of one kind', () => {
    expect(shapeOf(at('/politics/ministers-meet-over-budget-20310.html'))).toBe('w/slug#.html');
    expect(shapeOf(at('/world/harbour-plan-approved-20117.html'))).toBe('w/slug#.html');
    expect(shapeOf(at('/story.php?sid=3&lang=en'))).toBe('w.php?lang&sid');
    expect(shapeOf(at('/politics'))).toBe('w');
  });
});
