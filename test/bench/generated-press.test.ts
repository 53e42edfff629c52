import RssParser from 'rss-parser';
import { fetch, ProxyAgent } from 'undici';
import { describe, expect, it } from 'vitest';
import { openGeneratedPress } from './generated-press.ts';
import { generateText } from './generated-text.ts';

const now = new Date('2026-11-22T09:30:00Z');
const size = { hosts: 30, articlesPerHost: 6, seed: 7, now };

const runs = (text: string): Set<string> => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(4).map((_, index) => words.slice(index, index + 5).join(' ')));
};

describe('the generated press', () => {
  it('is the same for the same seed, and serves what its truth says at realistic weight', async () => {
    await using press = await openGeneratedPress(size);
    await using again = await openGeneratedPress(size);
    const agent = new ProxyAgent(press.proxy);
    const copies: string[] = [];
    const lengths: number[] = [];
    for (const source of press.sources) {
      const feed = await (await fetch(source.feeds[0] ?? '', { dispatcher: agent })).text();
      const { items } = await new RssParser().parseString(feed);
      expect(items).toHaveLength(size.articlesPerHost);
      for (const { link = '', title } of items) {
        const truth = press.truth(link);
        expect(truth).toEqual(again.truth(link));
        expect(title).toBe(truth?.title);
        if (truth?.copyOf) copies.push(link);
        const response = await fetch(link, { dispatcher: agent });
        const page = await response.text();
        lengths.push(page.length);
        expect(page).toContain(truth?.paragraphs.at(-1));
        expect(Date.parse(response.headers.get('last-modified') ?? '')).toBeLessThanOrEqual(now.getTime());
      }
    }
    await agent.close();
    expect(Math.min(...lengths)).toBeGreaterThan(35_000);
    expect(Math.max(...lengths)).toBeLessThan(125_000);
    expect(copies).toHaveLength(press.copies);
    expect(press.copies / press.articles).toBeGreaterThan(0.04);
    expect(press.copies / press.articles).toBeLessThan(0.15);
  });

  it('copies articles of other hosts, never copies of copies', async () => {
    await using press = await openGeneratedPress({ ...size, articlesPerHost: 40 });
    for (let index = 0; index < press.articles; index++) {
      const url = `http://paper-${String((index % size.hosts) + 1).padStart(3, '0')}.example/news/${index}`;
      const copy = press.truth(url);
      if (copy?.copyOf === undefined) continue;
      expect(new URL(copy.copyOf).host).not.toBe(new URL(url).host);
      const original = press.truth(copy.copyOf);
      expect(original?.copyOf).toBeUndefined();
      expect(original?.paragraphs.slice(0, 4)).toEqual(copy.paragraphs.slice(0, 4));
    }
  });

  it('writes articles that share next to nothing unless they are copies', () => {
    const texts = Array.from({ length: 150 }, (_, seed) => generateText(seed).paragraphs.join(' '));
    const sets = texts.map(runs);
    for (const [index, one] of sets.entries()) {
      for (const other of sets.slice(index + 1)) {
        expect(one.intersection(other).size / Math.min(one.size, other.size)).toBeLessThan(0.05);
      }
    }
    for (const text of texts) {
      const words = text.split(' ').length;
      expect(words).toBeGreaterThanOrEqual(400);
      expect(words).toBeLessThanOrEqual(1000);
    }
  });
});
