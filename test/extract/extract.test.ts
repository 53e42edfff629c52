import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { newsPage } from './news-page.ts';
import { boilerplate, paragraphs, pressPage } from './press.ts';

const url = 'https://courier.example/2026/market';

describe('extractArticle', () => {
  const extraction = extractArticle({ url, html: pressPage() }, { explain: true });

  it('keeps every line of the article, in order, and nothing else', () => {
    expect(extraction.article.text.split('\n')).toEqual([...paragraphs]);
    expect(extraction.verdict).toEqual({ kind: 'article' });
  });

  it('does so where class names mean nothing', () => {
    const page = pressPage(
      (meaning) => `x${[...meaning].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 9973}q`,
    );
    expect(extractArticle({ url, html: page }).article.text.split('\n')).toEqual([...paragraphs]);
  });

  it('reads the metadata', () => {
    expect(extraction.article).toMatchObject({
      title: 'Brenkoval reopens its fish market',
      byline: ['Maren Oltvik'],
      published: '2026-03-12T09:15:00.000Z',
      lang: 'en-GB',
      site: 'Brenkoval Courier',
      canonicalUrl: 'https://courier.example/2026/market',
      image: { url: 'https://courier.example/pictures/market.jpg' },
    });
    expect(extraction.local.published).toBe('2026-03-12T10:15:00+01:00');
  });

  it('gives the structure as HTML and Markdown', () => {
    expect(extraction.article.html).toContain('<h3>What the plans show</h3>');
    expect(extraction.article.html).toContain(`<p>${paragraphs[0]}</p>`);
    expect(extraction.markdown()).toContain('### What the plans show');
  });

  it('keeps tables of data as tables', () => {
    const rows = [
      ['Harbour', 'Catch in tonnes'],
      ['Brenkoval', '412'],
      ['Hillside', '96'],
    ];
    const table = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`;
    const text = [...paragraphs.slice(0, 3), table, ...paragraphs.slice(3)];
    const page = newsPage({ text }).replace(`<p>${table}</p>`, table);
    const { article, markdown } = extractArticle({ url, html: page });
    for (const row of rows) expect(article.text.split('\n')).toContain(row.join(' '));
    expect(article.html).toContain('<tr>\n<td>Brenkoval</td>\n<td>412</td>\n</tr>');
    expect(markdown()).toContain('| Harbour | Catch in tonnes |\n| --- | --- |\n| Brenkoval | 412 |');
  });

  it('explains each block', () => {
    const lines = extraction.explain?.blocks ?? [];
    for (const line of boilerplate)
      expect(
        lines.some((block) => block.text.includes(line.slice(0, 40)) && !block.kept),
        line,
      ).toBe(true);
  });

  it('never throws, and rejects what holds no text', () => {
    expect(extractArticle({ url: '', html: '' }).verdict).toMatchObject({ kind: 'rejected', reason: 'no-text' });
    expect(extractArticle({ url: 'nonsense', html: '<<<p>' }).article.text).not.toContain('<p');
  });

  it("follows the operator's selectors", () => {
    const removed = extractArticle({ url, html: pressPage() }, { remove: ['.story p:first-child', '***'] });
    expect(removed.article.text).not.toContain(paragraphs[0]);
    const kept = extractArticle({ url, html: pressPage() }, { keep: ['.authorbox'] });
    expect(kept.article.text).toContain('is a reporter at');
  });
});
