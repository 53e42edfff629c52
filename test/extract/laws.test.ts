import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { resolveLink } from '../../src/text/address.ts';
import { sanitise } from '../../src/text/sanitise.ts';
import { pressPage } from './press.ts';

const word = fc.stringMatching(/^[a-zäčšž]{2,9}$/);
const sentence = fc.array(word, { minLength: 8, maxLength: 40 }).map((words) => `${words.join(' ')}.`);
const line = fc.oneof(
  { weight: 5, arbitrary: sentence.map((text) => `<p>${text}</p>`) },
  {
    weight: 1,
    arbitrary: fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => `<h3>${words.join(' ')}</h3>`),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(sentence, { minLength: 1, maxLength: 4 })
      .map((items) => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`),
  },
  { weight: 1, arbitrary: sentence.map((text) => `<blockquote><p>${text}</p></blockquote>`) },
  {
    weight: 1,
    arbitrary: fc
      .array(word, { minLength: 2, maxLength: 8 })
      .map((words) => `<div class="related"><a href="/x">${words.join(' ')}</a></div>`),
  },
);
const html = fc
  .tuple(fc.array(word, { minLength: 3, maxLength: 8 }), fc.array(line, { minLength: 1, maxLength: 25 }))
  .map(
    ([title, lines]) =>
      `<html><head><title>${title.join(' ')}</title></head><body><h1>${title.join(' ')}</h1><article>${lines.join('')}</article></body></html>`,
  );
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+/gu) ?? [];

describe('laws of cleaning', () => {
  it('adds no word', () => {
    fc.assert(
      fc.property(html, (page) => {
        const all = new Map<string, number>();
        for (const each of wordsOf(page.replace(/<[^>]*>/g, ' '))) all.set(each, (all.get(each) ?? 0) + 1);
        for (const each of wordsOf(extractArticle({ url: 'https://a.example/b', html: page }).article.text)) {
          const left = (all.get(each) ?? 0) - 1;
          expect(left, each).toBeGreaterThanOrEqual(0);
          all.set(each, left);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('loses nothing when the cleaned page is cleaned again', () => {
    const { article } = extractArticle({ url: 'https://a.example/b', html: pressPage() });
    const again = extractArticle({
      url: 'https://a.example/b',
      html: `<html><head><title>${article.title}</title></head><body><h1>${article.title}</h1><article>${article.html}</article></body></html>`,
    });
    expect(again.article.text).toBe(article.text);
  });

  it('gives text and HTML with the same words', () => {
    fc.assert(
      fc.property(html, (page) => {
        const { article } = extractArticle({ url: 'https://a.example/b', html: page });
        expect(wordsOf(article.html.replace(/<[^>]*>/g, ' ')).join(' ')).toBe(wordsOf(article.text).join(' '));
      }),
      { numRuns: 40 },
    );
  });

  it('writes HTML that the sanitiser has nothing to take from', () => {
    const base = 'https://a.example/b/c';
    const address = fc.constantFrom(
      ...[
        '/x',
        'd?e=1&f="2"',
        'javascript:alert(1)',
        ' java\tscript:alert(1)',
        'data:text/html,x',
        'mailto:a@b.example',
        '//c.example/<d>',
      ],
      ...[
        'https://e.example/?q=<script>&amp;x',
        'http://f.example/é ü',
        'HTTPS://G.example/#"onclick="',
        'vbscript:x',
        'https://[',
      ],
    );
    const odd = fc.constantFrom(
      '&lt;script&gt;',
      '&amp;lt;b&amp;gt;',
      '"',
      '&#0;',
      '&quot;&#39;',
      '<!-- x -->',
      '<script>x</script>',
      '<b onclick=x>',
    );
    const mark = fc.constantFrom('b', 'em', 'code', 'sub', 'sup', 's', 'u', 'span', 'td');
    const piece = fc.oneof(
      sentence,
      fc.tuple(odd, sentence).map((parts) => parts.join('')),
      fc.tuple(mark, sentence).map(([name, text]) => `<${name} style="x" onclick="y">${text}</${name}>`),
      fc.tuple(address, sentence).map(([href, text]) => `<a href='${href}' onclick='x'><i>${text}</i></a>`),
    );
    const holder = fc.constantFrom('p', 'li', 'blockquote', 'pre', 'h2', 'td', 'div');
    const body = fc.array(fc.tuple(holder, fc.array(piece, { minLength: 1, maxLength: 4 })), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(body, (lines) => {
        const page = lines.map(([name, pieces]) => `<${name}>${pieces.join(' ')}</${name}>`).join('');
        const { article } = extractArticle({ url: base, html: `<h1>One</h1><article>${page}</article>` });
        expect(sanitise(article.html, (raw) => resolveLink(raw, base))).toBe(article.html);
      }),
      { numRuns: 150 },
    );
  });

  it('never throws and is a function of its input', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 400, unit: 'binary' }),
        fc.constantFrom('<p>', '<div class="', '</', '<!--', '<table><tr><td>', ''),
        (text, start) => {
          const page = { url: text, html: `${start}${text}` };
          const first = extractArticle(page);
          expect(JSON.stringify(extractArticle(page))).toBe(JSON.stringify(first));
          expect(first.verdict).not.toMatchObject({ reason: 'unparseable' });
        },
      ),
      { numRuns: 150 },
    );
  });
});
