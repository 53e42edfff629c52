import { describe, expect, it } from 'vitest';
import { learn, type SiteMemory } from '../../src/extract/decide/site-memory.ts';
import { extractArticle } from '../../src/extract/extract.ts';

const now = '2026-11-22T08:00:00.000Z';
const standing =
  'The Varn Gazette is read by four thousand people in the valley, and lives from what they give it every month.';
const towns = ['Brenkoval', 'Ostmark', 'Lindholm', 'Tervane', 'Kolpa', 'Merisund'];
const headlines = [
  'Bridge to be mended before winter',
  'Crossing over the river gets a new roof',
  'Engineer warns drivers of the mill road',
  'Three hours for a vote on repairs',
];

const mark = (n: number) => ({ address: `p${n}`, headline: `h${n}`, words: [`w${n}`] });

/** Pages of one paper whose standing plea looks like any other paragraph. */
function page(n: number): { url: string; html: string } {
  const town = towns[n] ?? `Town ${n}`;
  const headline = `${headlines[n] ?? `Story number ${n}`}, ${town}`;
  const text = [
    `The council of ${town} met on Monday and agreed, after three hours, to mend the bridge before the winter.`,
    `${n + 3} members voted for it and two against, while the mayor of ${town} was away on a visit to the coast.`,
    standing,
    `Builders from ${town} will begin next week, said the engineer, who asked drivers to take the road by the mill.`,
    `Whoever lives in ${town} can see the drawings in the town hall until the ${n + 10}th of the month, in the afternoons.`,
  ];
  return {
    url: `https://gazette.example/${n}`,
    html: `<html lang="en"><head><title>${headline}</title><meta property="og:type" content="article"></head><body><h1>${headline}</h1><div class="story-body">${text.map((line) => `<p>${line}</p>`).join('')}</div></body></html>`,
  };
}

function remember(pages: readonly number[], start?: SiteMemory): SiteMemory | undefined {
  return pages.reduce<SiteMemory | undefined>((memory, n) => learn(memory, extractArticle(page(n)).blocks, now), start);
}

describe('site memory over pages', () => {
  it('takes out what stood on earlier pages, and no line of the article', () => {
    expect(extractArticle(page(0)).article.text).toContain(standing);
    const { article } = extractArticle(page(2), { memory: remember([0, 1]) });
    expect(article.text).not.toContain(standing);
    expect(article.text.split('\n')).toHaveLength(4);
  });

  it('counts a page once, however often it is fetched', () => {
    const memory = remember([0, 0, 0]);
    expect(extractArticle(page(0), { memory }).article.text.split('\n')).toHaveLength(5);
    expect(Math.max(...Object.values(memory?.lines ?? {}).map((pages) => pages.length))).toBe(1);
  });

  it('does not take a second copy of an article for boilerplate', () => {
    const copy = {
      ...page(0),
      html: page(0).html.replaceAll('Bridge to be mended before winter, Brenkoval', 'Council agrees on works'),
    };
    const { article } = extractArticle(copy, { memory: remember([0]) });
    expect(article.text.split('\n')).toHaveLength(5);
  });

  it('is bounded and plain JSON', () => {
    let memory: SiteMemory | undefined;
    for (let n = 0; n < 60; n++)
      memory = learn(
        memory,
        { page: mark(n), kept: [...Array.from({ length: 80 }, (_, i) => `${n}-${i}`), 'same'], dropped: [] },
        now,
      );
    expect(Object.keys(memory?.lines ?? {}).length).toBeLessThanOrEqual(900);
    expect(memory?.lines.same?.at(-1)).toBe(60);
    expect(JSON.stringify(memory).length).toBeLessThan(60_000);
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
  });

  it('forgets a site that changed or was not visited for long', () => {
    let memory = remember([0, 1]) as SiteMemory;
    const old = Object.keys(memory.lines);
    for (let n = 0; n < 70; n++) memory = learn(memory, { page: mark(n), kept: [`new ${n}`], dropped: [] }, now);
    for (const line of old) expect(memory.lines[line]).toBeUndefined();
    const later = learn(remember([0, 1]), { page: mark(0), kept: ['a'], dropped: [] }, '2027-03-01T00:00:00.000Z');
    expect(Object.keys(later.lines)).toEqual(['a']);
  });
});
