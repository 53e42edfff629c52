/** Hostile pages, made by code: a name and how to make it. Sizes are what a crawler may meet in the worst case. */
const repeat = (text: string, times: number): string => text.repeat(times);
const article = `<article><h1>Bridge opens</h1>${repeat('<p>The bridge over the Varn opened on Monday, after nine years of work, and the first lorries crossed it at dawn.</p>', 6)}</article>`;

const deep = (tag: string, depth: number, close = true): string =>
  `${repeat(`<${tag}>`, depth)}${article}${close ? repeat(`</${tag}>`, depth) : ''}`;

const nested = ['div', 'span', 'p', 'table', 'ul', 'b', 'font', 'blockquote', 'a', 'section'] as const;
const flat = ['div', 'p', 'br', 'a', 'li', 'img', 'td', 'b', 'h1', 'hr'] as const;
const unclosed = [
  '<script>',
  '<style>',
  '<svg>',
  '<!--',
  '<noscript>',
  '<textarea>',
  '<title>',
  '<iframe>',
  '<template>',
  '<select>',
  '<!DOCTYPE',
  '<![CDATA[',
] as const;

export const hostilePages: readonly (readonly [name: string, make: () => string])[] = [
  ...nested.map((tag) => [`100,000 nested <${tag}>`, () => deep(tag, 100_000)] as const),
  ...nested.slice(0, 5).map((tag) => [`200,000 unclosed <${tag}>`, () => deep(tag, 200_000, false)] as const),
  ...flat.map((tag) => [`300,000 flat <${tag}>`, () => article + repeat(`<${tag}>x`, 300_000)] as const),
  ...unclosed.map((start) => [`unclosed ${start}`, () => article + start + repeat('x y z ', 100_000)] as const),
  ...unclosed.map((start) => [`100,000 times ${start}`, () => article + repeat(`${start} `, 100_000)] as const),
  ['closing tags that close nothing', () => `${repeat('<i>', 300_000)}${repeat('</b>', 300_000)}${article}`],
  [
    'a million attributes',
    () => `<div ${Array.from({ length: 1_000_000 }, (_, i) => `a${i}=1`).join(' ')}>${article}</div>`,
  ],
  ['one attribute of 20 MB', () => `<div class="${repeat('nav ', 5_000_000)}">${article}</div>`],
  ['50 MB of text', () => `<p>${repeat('word and word, ', 3_400_000)}</p>`],
  ['50 MB of script', () => `<script>${repeat('var a = 1; ', 4_600_000)}</script>${article}`],
  ['one word of 5 MB', () => `<p>${repeat('a', 5_000_000)}</p>`],
  ['5 MB of white space', () => `<p>a${repeat(' \n\t', 1_700_000)}b</p>`],
  ['5 MB of entities', () => `<p>${repeat('&amp;&#x41;&nbsp', 350_000)}</p>`],
  ['entities that are none', () => `<p>${repeat('&#99999999999;&#xD800;&bogus;', 100_000)}</p>`],
  ['lone surrogates', () => `<p>${repeat('\ud800 \udfff ', 100_000)}</p>`],
  ['control characters', () => `<p>${repeat('\u0000\u0001\u0008\u000b\u001f\u007f', 100_000)}</p>${article}`],
  ['combining marks', () => `<p>a${repeat('\u0301', 1_000_000)}</p>`],
  ['right-to-left overrides', () => `<p>${repeat('\u202e\u2066 abc ', 100_000)}</p>`],
  [
    'broken UTF-8 read as Latin-1',
    () => Buffer.from(repeat('<p>Žluťoučký kůň úpěl ďábelské ódy, řekl.</p>', 2_000)).toString('latin1'),
  ],
  ['UTF-16 read as UTF-8', () => Buffer.from(article, 'utf16le').toString('utf8')],
  [
    'random bytes',
    () => Buffer.from(Uint8Array.from({ length: 2_000_000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)).toString('utf8'),
  ],
  ['only angle brackets', () => repeat('<', 1_000_000)],
  ['only closing brackets', () => repeat('>', 1_000_000)],
  ['half tags', () => repeat('<p class="', 200_000)],
  ['quotes that never end', () => `<a href="${repeat('x>', 1_000_000)}`],
  [
    'JSON-LD nested 100,000 deep',
    () => `<script type="application/ld+json">${repeat('[', 100_000)}${repeat(']', 100_000)}</script>${article}`,
  ],
  [
    'JSON-LD with a hundred thousand authors',
    () =>
      `<script type="application/ld+json">{"@type":"NewsArticle","author":[${repeat('{"@type":"Person","name":"A B"},', 10_000)}{"name":"C D"}]}</script>${article}`,
  ],
  [
    'JSON-LD of wrong types',
    () =>
      `<script type="application/ld+json">{"@type":["NewsArticle",7,null],"headline":{"a":1},"author":[[],{},null,4],"datePublished":{"x":[]},"image":[[[]]],"articleBody":[1]}</script>${article}`,
  ],
  [
    'ten thousand JSON-LD scripts',
    () => repeat('<script type="application/ld+json">{"@type":"Thing"}</script>', 10_000) + article,
  ],
  [
    'a headline of 2 MB',
    () => `<h1>${repeat('Head line ', 200_000)}</h1><title>${repeat('A | ', 500_000)}</title>${article}`,
  ],
  ['a meta content of 5 MB', () => `<meta property="og:title" content="${repeat('a - b | ', 600_000)}">${article}`],
  [
    'a byline of 1 MB',
    () =>
      `<meta name="author" content="${repeat('By A, ', 170_000)}"><p class="byline">${repeat('By A and ', 100_000)}</p>${article}`,
  ],
  [
    'dates without end',
    () =>
      `<time datetime="${repeat('2026-', 100_000)}">${repeat('12/', 100_000)}</time><p class="date">${repeat('1. 2. ', 100_000)}</p>${article}`,
  ],
  ['a link of 3 MB', () => `<p>${repeat('word ', 50)}<a href="http://${repeat('a', 3_000_000)}">x</a></p>${article}`],
  [
    'links that run code',
    () => `<p>${repeat('<a href="javascript:alert(1)">an odd link in a text</a>, ', 20_000)}</p>${article}`,
  ],
  [
    'a hundred thousand equal paragraphs',
    () => repeat('<p>The same sentence, over and over again, in every paragraph of it.</p>', 100_000),
  ],
  [
    'a hundred thousand different classes',
    () =>
      Array.from({ length: 100_000 }, (_, i) => `<p class="nav-${i} story-body${i}">Line ${i}, of many.</p>`).join(''),
  ],
  [
    'a table of a hundred thousand cells',
    () => `<table>${repeat(`<tr>${repeat('<td>cell 1', 10)}</tr>`, 10_000)}</table>`,
  ],
  ['everything upside down', () => '</html></body><body><html></p><p></table><td></tr></li>Hello<head></head>'],
  [
    'a hundred thousand keywords',
    () =>
      `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', keywords: Array.from({ length: 20_000 }, (_, i) => `Tag ${i}`) })}</script><meta name="keywords" content="${Array.from({ length: 100_000 }, (_, i) => `word ${i}`).join(',')}">${article}`,
  ],
  ['nothing', () => ''],
];
