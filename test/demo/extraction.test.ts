import { fetch, ProxyAgent } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPress, type Press } from '../../src/demo/press.ts';
import type { ExpectedArticle } from '../../src/demo/truth.ts';
import { extractArticle } from '../../src/extract/extract.ts';

const now = new Date('2026-11-22T09:30:00Z');
const later = new Date('2026-11-22T10:00:00Z');
let press: Press;
let agent: ProxyAgent;

beforeAll(async () => {
  press = await openPress({ now });
  agent = new ProxyAgent(press.proxy);
});
afterAll(async () => {
  await agent.close();
  await press.close();
});

async function extracted(url: string) {
  const response = await fetch(url, { dispatcher: agent });
  return extractArticle({ url: response.url, html: await response.text() });
}

/** The whole article and nothing else: every line of the text is one of the article's own, all of them, in order. */
async function expectComplete(expected: ExpectedArticle) {
  const { article, verdict } = await extracted(expected.url);
  const lines = article.text.split('\n');
  if (lines[0] === expected.standfirst) lines.shift();
  expect(lines).toEqual(expected.paragraphs);
  expect(article.title).toBe(expected.title);
  expect(article.byline).toEqual(expected.authors);
  expect(article.published?.startsWith(expected.publishedOnPage)).toBe(true);
  expect(verdict.kind).toBe('article');
}

const articles = async (advanced: boolean): Promise<readonly ExpectedArticle[]> => {
  await using each = await openPress({ now });
  if (advanced) each.advance(later);
  return each.truth().articles;
};

describe('every article of the example press comes out complete and clean', async () => {
  it.each(await articles(false))('$outlet: $title', expectComplete);
});

describe('after the press has moved on, too', async () => {
  beforeAll(() => press.advance(later));
  const changed = (await articles(true)).filter(
    ({ revised, published }) => revised || published === later.toISOString(),
  );
  it('is about more than one article', () => expect(changed.length).toBeGreaterThan(2));
  it.each(changed)('$outlet: $title', expectComplete);
});
