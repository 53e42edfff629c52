import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { learn, type SiteMemory } from '../../src/extract/site-memory.ts';

const now = '2026-11-22T08:00:00.000Z';
const standing =
  'The Varn Gazette is read by four thousand people in the valley, and lives from what they give it every month.';
const towns = ['Brenkoval', 'Ostmark', 'Lindholm', 'Tervane', 'Kolpa', 'Merisund'];

/** Pages of one paper whose standing plea looks like any other paragraph. */
function page(n: number): { url: string; html: string } {
  const town = towns[n] ?? `Town ${n}`;
  const text = [
    `The council of ${town} met on Monday and agreed, after three hours, to mend the bridge before the winter.`,
    `${n + 3} members voted for it and two against, while the mayor of ${town} was away on a visit to the coast.`,
    standing,
    `Builders from ${town} will begin next week, said the engineer, who asked drivers to take the road by the mill.`,
    `Whoever lives in ${town} can see the drawings in the town hall until the ${n + 10}th of the month, in the afternoons.`,
  ];
  return {
    url: `https://gazette.example/${n}`,
    html: `<html lang="en"><head><title>Bridge of ${town} to be mended</title><meta property="og:type" content="article"></head><body><h1>Bridge of ${town} to be mended</h1><div class="story-body">${text.map((line) => `<p>${line}</p>`).join('')}</div></body></html>`,
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
    expect(Math.max(...Object.values(memory?.lines ?? {}).map(([count]) => count))).toBe(1);
  });

  it('does not take a second copy of an article for furniture', () => {
    const copy = {
      ...page(0),
      html: page(0).html.replaceAll('Bridge of Brenkoval to be mended', 'Brenkoval mends its bridge'),
    };
    const { article } = extractArticle(copy, { memory: remember([0]) });
    expect(article.text.split('\n')).toHaveLength(5);
  });

  it('is bounded and plain JSON', () => {
    let memory: SiteMemory | undefined;
    for (let n = 0; n < 60; n++)
      memory = learn(
        memory,
        { page: [`p${n}`, `h${n}`], lines: [...Array.from({ length: 80 }, (_, i) => `${n}-${i}`), 'same'] },
        now,
      );
    expect(Object.keys(memory?.lines ?? {}).length).toBeLessThanOrEqual(600);
    expect(memory?.lines.same?.[0]).toBe(60);
    expect(JSON.parse(JSON.stringify(memory))).toEqual(memory);
  });

  it('forgets a site that changed or was not visited for long', () => {
    let memory = remember([0, 1]) as SiteMemory;
    const old = Object.keys(memory.lines);
    for (let n = 0; n < 70; n++) memory = learn(memory, { page: [`p${n}`, `h${n}`], lines: [`new ${n}`] }, now);
    for (const line of old) expect(memory.lines[line]).toBeUndefined();
    const later = learn(remember([0, 1]), { page: ['x', 'y'], lines: ['a'] }, '2027-03-01T00:00:00.000Z');
    expect(Object.keys(later.lines)).toEqual(['a']);
  });
});
