import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { paragraphs } from './press.ts';

/** A page that is neither dated nor signed, and holds its text twice: how often a text stands there says nothing of what the page is. */
const title = 'Ferry stops because of fog on the river';
const text = [...paragraphs.slice(0, 3), paragraphs[4]];
const inTags = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('');
const shown = `<div><h1>${title}</h1>${inTags(text)}</div>`;
const list = [
  'Harbour master keeps the old bell after all',
  'Three bakeries share one oven until spring',
  'School choir sings on the night train again',
  'Council counts its benches and finds too many',
]
  .map((line, i) => `<li><a href="/briefs/${i}">${line}</a></li>`)
  .join('');
const page = (...parts: string[]): string =>
  `<html><head><title>${title} - The Site</title></head><body><ul>${list}</ul>${parts.join('')}<ul>${list}</ul></body></html>`;

const twice: Readonly<Record<string, string>> = {
  'for wide and narrow screens': page(`<div class="wide">${shown}</div><div class="narrow">${shown}</div>`),
  'under another heading': page(shown, `<section><h2>${title}</h2>${inTags(text)}</section>`),
  'for print, lines set apart by breaks': page(shown, `<div id="print"><b>${title}</b><br>${text.join('<br>')}</div>`),
  'as one line': page(shown, `<div>${text.join(' ')}</div>`),
  'without its first line': page(shown, `<div>${text.slice(1).join('<br><br>')}</div>`),
  'behind an excerpt': page(`<div>${text[0]?.slice(0, 90)}…</div>`, shown, `<div>${inTags(text)}</div>`),
  'in a box that nobody sees': page(shown, `<div style="display:none">${inTags(text)}</div>`),
  'in tables': page(
    `<table><tr><td><b>${title}</b><br>${text.join('<br><br>')}</td></tr></table>`,
    `<table><tr><td>${title}</td></tr>${text.map((line) => `<tr><td>${line}</td></tr>`).join('')}</table>`,
  ),
  'three times': page(shown, shown, shown),
};

describe('a page that holds its text twice is an article', () => {
  it.each(Object.entries(twice))('%s', (_, html) => {
    const { verdict, article } = extractArticle({ url: 'http://site.example/article.php?id=4711', html });
    expect(verdict).toEqual({ kind: 'article' });
    expect(article.text.split('\n')).toEqual(text);
  });

  it('in a script that sets no spaces', () => {
    const lines = [
      '大熊猫幼仔昨天在成都开始了它们的群体生活，工作人员表示它们已经适应了新的环境，身体状况良好。',
      '据介绍，这些幼仔今年夏天出生，体重都在十公斤左右，将在这里度过第一个冬天，游客可以在上午看到它们。',
    ];
    const part = `<div><h1>大熊猫幼仔开始群体生活</h1>${inTags(lines)}</div>`;
    const html = `<html><head><title>大熊猫幼仔开始群体生活</title></head><body>${part}${part}</body></html>`;
    const { verdict, article } = extractArticle({ url: 'http://site.example/n.php?id=3', html });
    expect(verdict).toEqual({ kind: 'article' });
    expect(article.text.split('\n')).toEqual(lines);
  });

  it('while a list of teasers that stands there twice is none', () => {
    const teasers = text.map((line, i) => `<h3><a href="/n/${i}">${line.slice(0, 40)}</a></h3><p>${line}</p>`).join('');
    const html = page(`<div class="wide">${teasers}</div><div class="narrow">${teasers}</div>`);
    expect(extractArticle({ url: 'http://site.example/list.php?id=4', html }).verdict.kind).toBe('rejected');
  });
});
