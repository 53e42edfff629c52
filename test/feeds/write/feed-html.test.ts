import { load } from 'cheerio';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { feedHtml } from '../../../feeds/write/feed-html.ts';

const clean = (html: string) => feedHtml(html, 'https://site.example/news/one');

describe('feedHtml', () => {
  it.each([
    [
      'keeps the text and its structure',
      '<h2>A</h2><p>b <em>c</em></p><ul><li>d</li></ul>',
      '<h2>A</h2><p>b <em>c</em></p><ul><li>d</li></ul>',
    ],
    [
      'makes addresses absolute',
      '<a href="../x?a=1&b=2">x</a><img src="/i.jpg" alt="I">',
      '<a href="https://site.example/x?a=1&amp;b=2">x</a><img src="https://site.example/i.jpg" alt="I" />',
    ],
    [
      'removes script, style and frames with all in them',
      '<p>a<script>x()</script><style>p{}</style><iframe src="https://x.example">no</iframe></p>',
      '<p>a</p>',
    ],
    [
      'removes handlers, styles and classes',
      '<p onclick="x()" style="color:red" class="c" dir="rtl">a</p>',
      '<p dir="rtl">a</p>',
    ],
    [
      'drops dangerous addresses with their link',
      '<a href="javascript:x()">a</a><img src="data:image/png;base64,AA">',
      'a',
    ],
    ['unwraps what feeds have no use for', '<section><article><p>a</p></article></section>', '<p>a</p>'],
    ['closes what was left open', '<p>a<b>b<p>c', '<p>a<b>b<p>c</p></b></p>'],
    ['leaves plain text alone', 'just text', 'just text'],
    ['escapes what is no markup', 'a < b & c', 'a &lt; b &amp; c'],
    ['drops control characters, also referenced ones', 'a\u0085&#3;&#x1;b', 'ab'],
  ])('%s', (_, html, expected) => {
    expect(clean(html)).toBe(expected);
  });

  it('does not choke on nesting', () => {
    expect(clean(`${'<div>'.repeat(100_000)}deep`)).toContain('deep');
    expect(clean(`<p>a</p>${'<div>'.repeat(5_000)}deep`)).toContain('<p>a</p>');
  });

  const tags =
    'p b a ul li table tr td div h2 blockquote span svg script pre dl dt select form math button title template'.split(
      ' ',
    );
  const piece = fc.oneof(
    fc.constantFrom(
      ...tags.flatMap((tag) => [`<${tag}>`, `</${tag}>`]),
      '<a href="/x">',
      '<img src="i.jpg">',
      '<br>',
      '&',
      '<',
      '&copy',
      '\n',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  const html = fc.array(piece, { maxLength: 25 }).map((parts) => parts.join(''));

  // What is published was written by our own renderer: whole trees of blocks, with text and inline elements in them.
  const inline = fc.letrec<{ inline: string; text: string }>((tie) => ({
    text: fc.string({ maxLength: 8 }).map((text) => text.replace(/[<>&\r]/g, ' ')),
    inline: fc.oneof(
      { maxDepth: 3 },
      tie('text'),
      fc
        .tuple(fc.constantFrom('b', 'em', 'span', 'code', 'a href="/x"', 'script', 'x-y'), tie('inline'))
        .map(([tag, inner]) => `<${tag}>${inner}</${tag.split(' ')[0]}>`),
    ),
  })).inline;
  const blocks = fc
    .array(fc.tuple(fc.constantFrom('p', 'h2', 'blockquote', 'li', 'td', 'pre'), inline), { maxLength: 8 })
    .map((all) => all.map(([tag, inner]) => `<${tag}>${inner}</${tag}>`).join('\n'));

  it('leaves no link within a link, through whatever stands between', () => {
    const nested = '<p><a href="/x">one <x-y>two <a href="/y">three</a></x-y> four</a></p>';
    expect(clean(nested)).toBe('<p><a href="https://site.example/x">one two three four</a></p>');
  });

  it('changes nothing the second time in what is well formed', () => {
    fc.assert(fc.property(blocks, (text) => void expect(clean(clean(text))).toBe(clean(text))));
  });

  it('adds no text and lets only harmless elements through', () => {
    fc.assert(
      fc.property(html, (text) => {
        const $ = load(clean(text), null, false);
        expect($('script,style,svg,math,form,select,button,template,title').length).toBe(0);
        const addresses = $('[href],[src]').map((_, element) => $(element).attr('href') ?? $(element).attr('src'));
        for (const address of addresses.get()) expect(address).toMatch(/^https?:\/\//);
      }),
      { numRuns: 100 },
    );
  });
});
