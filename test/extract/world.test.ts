import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';

/** Bylines, dates, titles and pictures as papers of the world write them, each where the page says it in one place alone. */
const text = [
  'Der Gemeinderat von Lindau hat am Montagabend beschlossen, die alte Mühle am Bach bis zum Frühjahr offen zu halten, obwohl das Dach an zwei Stellen undicht ist.',
  'Die Müllerin Greta Sand hatte in der Sitzung vorgerechnet, dass die Besucher des Winters die Kosten der Heizung beinahe decken und das Dach ohnehin erst im Mai gedeckt wird.',
  'Im März soll eine Gruppe aus Handwerkern und Nachbarn berichten, was ein neues Dach aus Schindeln kosten würde und wer einen Teil davon bezahlen könnte.',
]
  .map((line) => `<p>${line}</p>`)
  .join('');
const title = 'Alte Mühle bleibt bis zum Frühjahr offen';
const page = (lines: string, lang = 'de', head = ''): string =>
  `<!doctype html><html lang="${lang}"><head><title>${title} | Hafenblatt</title>${head}</head><body><main><article><h1>${title}</h1>${lines}${text}</article></main></body></html>`;
const read = (html: string) => extractArticle({ url: 'https://blatt.example/a/muehle-bleibt-offen', html }).article;
const data = (node: object): string =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: title, ...node })}</script>`;

describe('the byline', () => {
  it.each([
    ['en', 'Words by Nils Aberg. Photographs by Ida Roth', ['Nils Aberg']],
    ['en', 'Orla Venn, as told to Nils Aberg', ['Orla Venn', 'Nils Aberg']],
    ['en', 'By Sean O’Dowd and Mary-Kate d’Arcy', ['Sean O’Dowd', 'Mary-Kate d’Arcy']],
    ['en', 'Nils Aberg, Local Democracy Reporter', ['Nils Aberg']],
    ['de', 'Ein Kommentar von Jana Mertens', ['Jana Mertens']],
    ['de', 'Interview: Jana Mertens', ['Jana Mertens']],
    ['de', 'Aus Hellbrück berichtet Jana Mertens', ['Jana Mertens']],
    ['de', 'Von Hans von Storch', ['Hans von Storch']],
    ['pt', 'Paula Azevedo, da Folha de Ribamar', ['Paula Azevedo']],
    ['it', 'dal nostro inviato Chiara Belli', ['Chiara Belli']],
    ['pl', 'Opracowała Anna Kowalczyk', ['Anna Kowalczyk']],
    ['zh', '文｜李明远', ['李明远']],
    ['zh', '記者李明遠／白水報導', ['李明遠']],
    ['zh', '来源：白水晚报 作者：李明远 责任编辑：王小红', ['李明远']],
    ['ja', '【山田太郎】', ['山田太郎']],
    ['ja', '文・山田太郎　写真・鈴木花子', ['山田太郎']],
    ['ko', '[백수일보 김민수 기자]', ['김민수']],
    ['hi', 'लेखक: राकेश शर्मा', ['राकेश शर्मा']],
    ['en', 'Sponsored by Harbour Bank', []],
  ])('in %s: %s', (lang, line, names) => {
    expect(read(page(`<p class="article-byline">${line}</p>`, lang)).byline).toEqual(names);
  });

  it.each([
    ['a signature in brackets', 'zh', `${text}<p>（记者 李明远）</p>`, ['李明远']],
    ['a signature with an address', 'ko', `${text}<p>김민수 기자 minsu@paper.example</p>`, ['김민수']],
    ['a label in a cell of its own', 'en', '<dl><dt>Author</dt><dd>Nils Aberg</dd></dl>', ['Nils Aberg']],
    [
      'an element of the site’s own',
      'en',
      '<x-author-info><a href="/p/1">Nils Aberg</a></x-author-info>',
      ['Nils Aberg'],
    ],
  ])('is %s', (_, lang, lines, names) => {
    expect(read(page(lines, lang)).byline).toEqual(names);
  });

  it('is no section', () => {
    const head = data({ articleSection: 'Wirtschaft', author: { '@type': 'Person', name: 'Wirtschaft' } });
    expect(read(page('', 'de', head)).byline).toEqual([]);
  });
});

describe('the date', () => {
  it.each([
    ['es', '<p class="date">15 de setiembre de 2026</p>'],
    ['hi', '<p class="date">15 सितम्बर 2026</p>'],
    ['ja', '<p class="date">令和8年9月15日</p>'],
    ['zh', '<p class="date">民國115年9月15日</p>'],
    ['ja', '<p class="date">更新：2026年9月17日　初出：2026年9月15日</p>'],
    ['en', '<time title="15 September 2026 21:40">2 months ago</time>'],
    ['en', '<span class="date" data-timestamp="1789501200">2 months ago</span>'],
    ['en', '<relative-time datetime="2026-09-15T19:40:00Z">Sep 15</relative-time>'],
  ])('in %s: %s', (lang, line) => {
    expect(read(page(line, lang)).published).toMatch(/^2026-09-15/);
  });

  it('is not that of an older film on the page', () => {
    const film =
      '<script type="application/ld+json">{"@type":"VideoObject","name":"Harbour film","uploadDate":"2024-01-01"}</script>';
    expect(read(page('<p class="date">15.9.2026</p>', 'de', film + data({}))).published).toMatch(/^2026-09-15/);
  });
});

describe('title and picture', () => {
  it.each(['h2', 'h3'])('a lone %s is the headline without the name of the site', (level) => {
    const html = page('').replace(/<h1>(.*?)<\/h1>/, `<${level}>$1</${level}>`);
    expect(read(html).title).toBe(title);
  });

  it('keeps a headline of several hundred characters', () => {
    const long = `Der Rat ${'und seine vielen Ausschüsse '.repeat(25)}tagten`;
    expect(read(page('').replaceAll(title, long)).title).toBe(long);
  });

  it('takes the widest picture of the structured data, and the linked one where there is no other', () => {
    const image = [1, 2].map((n) => ({
      '@type': 'ImageObject',
      url: `https://blatt.example/${n}.jpg`,
      width: n * 600,
    }));
    expect(read(page('', 'de', data({ image }))).image?.url).toBe('https://blatt.example/2.jpg');
    expect(read(page('', 'de', '<link rel="image_src" href="/a.jpg">')).image?.url).toBe('https://blatt.example/a.jpg');
  });
});
