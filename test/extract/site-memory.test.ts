import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { learn, type SiteMemory } from '../../src/extract/decide/site-memory.ts';
import { extractArticle } from '../../src/extract/extract.ts';

const sentence = (subject: string) =>
  `${subject} was the first thing that the council spoke about, and after two hours of questions from the public gallery it was put to the vote.`;
const page = (title: string, paragraphs: readonly string[], url = 'http://site.example/tram') => ({
  url,
  html: `<html><head><title>${title}</title></head><body><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></body></html>`,
});

describe('site memory and a page that changes', () => {
  it('leaves an updated article its own paragraphs, however often the page was read before', () => {
    const paragraphs = ['The tram', 'The bridge', 'A short row over plums', 'The school roof', 'The ferry'].map(
      sentence,
    );
    let memory: SiteMemory | undefined;
    for (let visit = 0; visit < 5; visit++) {
      const { blocks } = extractArticle(
        page(`Council picks tram, draft ${visit}`, paragraphs),
        memory ? { memory } : {},
      );
      memory = learn(memory, blocks, '2026-11-22T08:00:00.000Z');
    }
    const added = sentence('A twelfth stop');
    const { article } = extractArticle(page('Council adds a stop', [...paragraphs, added]), memory ? { memory } : {});
    expect(article.text.split('\n')).toEqual([...paragraphs, added]);
  });
});

describe('site memory and what pages say of themselves', () => {
  const described = (n: number, description: string) => {
    const own = page(
      `Matter ${n} of the council`,
      ['The tram', 'The bridge'].map(sentence),
      `http://site.example/${n}`,
    );
    return { ...own, html: own.html.replace('</title>', `</title><meta name="description" content="${description}">`) };
  };

  it('takes a summary for the tagline of the site when another page has the same', () => {
    const tagline = 'The council, the tram and the town, day by day.';
    const first = extractArticle(described(1, tagline));
    expect(first.article.summary).toBe(tagline);
    const memory = learn(undefined, first.blocks, '2026-11-22T08:00:00.000Z');
    expect(extractArticle(described(2, tagline), { memory }).article.summary).toBeUndefined();
    expect(extractArticle(described(2, 'Of the tram.'), { memory }).article.summary).toBe('Of the tram.');
    // Another look at the same page.
    expect(extractArticle(described(1, tagline), { memory }).article.summary).toBe(tagline);
  });
});

describe('site memory over any site', () => {
  const standing = [
    'Follow the Varn Gazette by post',
    'The Gazette is printed on paper from the mill of Ostmark',
    'Write to us about this',
  ];
  const own = (page: number, line: number): string =>
    sentence(`Matter ${line} of day ${page}, which concerns street number ${page * 31 + line * 7},`);

  /** Headlines that share no word. */
  const headline = (n: number): string => `Number${n} and matter${n}`;

  it('takes what stands on page after page, and never a line that stands on one page alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ lines: fc.integer({ min: 5, max: 9 }), shown: fc.subarray(standing) }), {
          minLength: 3,
          maxLength: 7,
        }),
        (pages) => {
          let memory: SiteMemory | undefined;
          const seen = new Map<string, number>();
          for (const [n, { lines, shown }] of pages.entries()) {
            const text = Array.from({ length: lines }, (_, line) => own(n, line));
            const html = page(
              headline(n),
              [...text.slice(0, 2), ...shown, ...text.slice(2)],
              `http://site.example/${n}`,
            );
            const plain = extractArticle(html);
            const { article } = extractArticle(html, memory ? { memory } : {});
            const left = article.text.split('\n');
            for (const line of text) if (plain.article.text.includes(line)) expect(left).toContain(line);
            for (const line of shown) {
              if ((seen.get(line) ?? 0) >= 2) expect(left).not.toContain(line);
              if (plain.article.text.split('\n').includes(line)) seen.set(line, (seen.get(line) ?? 0) + 1);
            }
            memory = learn(memory, plain.blocks, '2026-11-22T08:00:00.000Z');
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it('leaves a heading that some articles share', () => {
    const withHeading = (n: number) => {
      const { url, html } = page(
        headline(n),
        [0, 1, 2, 3, 4].map((line) => own(n, line)),
        `http://site.example/${n}`,
      );
      return { url, html: html.replace('</p><p>Matter 3', '</p><h3>What happens next</h3><p>Matter 3') };
    };
    let memory: SiteMemory | undefined;
    for (const n of [1, 2]) memory = learn(memory, extractArticle(withHeading(n)).blocks, '2026-11-22T08:00:00.000Z');
    expect(extractArticle(withHeading(3), memory ? { memory } : {}).article.text).toContain('What happens next');
  });

  const now = '2026-11-22T08:00:00.000Z';
  const story = (n: number, extra: string, title = headline(n)) =>
    page(title, [...[0, 1, 2, 3, 4].map((line) => own(n, line)), extra], `http://site.example/${n}`);
  const learnt = (pages: readonly ReturnType<typeof story>[]): SiteMemory =>
    pages.reduce<SiteMemory | undefined>(
      (memory, read) => learn(memory, extractArticle(read).blocks, now),
      undefined,
    ) ?? expect.fail('there are pages');

  it('leaves a correction, though the publisher words all of them alike', () => {
    const correction = 'Correction: an earlier version of this article misstated a figure in the third paragraph.';
    const memory = learnt([1, 2, 3, 4].map((n) => story(n, correction)));
    expect(extractArticle(story(5, correction), { memory }).article.text).toContain(correction);
  });

  it('leaves the background that a running story repeats, and takes it when other stories carry it too', () => {
    const background = sentence('The ferry that sank in March');
    const running = (n: number) => story(n, background, `Ferry inquiry, ${headline(n)}`);
    const memory = learnt([1, 2, 3].map(running));
    expect(extractArticle(running(4), { memory }).article.text).toContain(background);
    expect(extractArticle(story(5, background), { memory }).article.text).not.toContain(background);
  });

  it('takes on the second page what was no text on the first', () => {
    const plea = 'Readers of the Gazette pay for its paper and its ink';
    const dropped = extractArticle(story(1, own(1, 9))).blocks;
    const line = extractArticle(story(2, plea));
    expect(line.article.text).toContain(plea);
    const [print] = line.blocks.kept.filter((each) => !extractArticle(story(2, own(2, 9))).blocks.kept.includes(each));
    const memory = learn(undefined, { ...dropped, dropped: [...dropped.dropped, print ?? expect.fail()] }, now);
    expect(extractArticle(story(2, plea), { memory }).article.text).not.toContain(plea);
  });

  it('begins anew from what an earlier version of the memory wrote', () => {
    const old = { version: 1, pages: 3, updated: now, lines: { a: [2, 3, 'x', 'y'] } } as unknown as SiteMemory;
    expect(extractArticle(story(1, own(1, 9)), { memory: old }).article.text).not.toBe('');
    expect(
      learn(old, { page: { address: 'x', headline: 'y', words: [] }, kept: ['b'], dropped: [] }, now).lines,
    ).toEqual({
      b: [1],
    });
  });
});
