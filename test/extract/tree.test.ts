import fc from 'fast-check';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { parseTree } from '../../src/extract/parse/tree.ts';

const read = new Set(['class', 'id', 'href', 'title', 'hidden', 'src']);

/** What both trees tell of a node. */
interface Seen {
  readonly type: string;
  readonly data?: string;
  readonly name?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly unknown[];
}

/** A tree in one line: `<name attribute=value>` … `</>`, texts in brackets. */
function written(nodes: readonly Seen[]): string {
  return nodes
    .filter((node) => node.type === 'text' || node.type === 'tag')
    .map((node) => {
      if (node.type === 'text') return `[${node.data}]`;
      const { name, attribs = {}, children = [] } = node;
      const attributes = Object.entries(attribs)
        .filter(([key]) => read.has(key))
        .map(([key, value]) => ` ${key}=${value}`);
      return `<${name}${attributes.join('')}>${written(children as readonly Seen[])}</>`;
    })
    .join('')
    .replaceAll('][', '');
}

const ours = (html: string): string => written(parseTree(html).document.children);
const theirs = (html: string): string => written(parseDocument(html).children as unknown as readonly Seen[]);

const tag = fc.constantFrom(
  ...'p div span a ul li b table tr td th tbody h1 h2 br img hr form dl dt dd article section P DIV'.split(' '),
);
const value = fc.constantFrom('', 'x', 'a b', 'a&amp;b', 'caf&eacute;', '&copy', '/p?a=1&copy=2', 'x>y', "it's");
const attribute = fc.oneof(
  fc.tuple(fc.constantFrom('class', 'id', 'HREF'), value).map(([name, text]) => ` ${name}="${text}"`),
  fc.constantFrom(' class=x', ' id = y', ' hidden', " title='z'", ' class', '/', ' =', ' class="a" class="b"'),
);
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(tag, fc.array(attribute, { maxLength: 3 })).map(([name, list]) => `<${name}${list.join('')}>`),
  },
  { weight: 2, arbitrary: tag.map((name) => `</${name}>`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'text',
      ' ',
      'a < b',
      '&lt;',
      '&amp;amp;',
      '&nbsp;',
      '&#8217;',
      '&',
      'x & y',
      '<3',
      '</>',
      '<',
      '>',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '<!doctype html>',
      '<?xml version="1.0"?>',
      '<!x>',
      '</ p>',
      '<br/>',
      '<p/>',
      '<image src=x>',
    ),
  },
);

describe('the parsed tree', () => {
  it('is that of a parser that asks each character, on any soup of tags', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const html = `${pieces.join('')}.`;
        expect(ours(html)).toBe(theirs(html));
      }),
      { numRuns: 1_000 },
    );
  });

  it('leaves out scripts, styles, drawings and comments, and keeps a space where they stood', () => {
    expect(ours('a<script>if (a<b) "</p>"</script>b')).toBe('[a b]');
    expect(ours('a<STYLE>p{}</Style >b<!-- <p>c</p> -->d')).toBe('[a b d]');
    expect(ours('<p>a<svg><path d=""/><text>x</text></svg>b</p>')).toBe('<p>[a b]</>');
    expect(ours('<p>a<svg class=icon />b</p>')).toBe('<p>[a b]</>');
    expect(ours('a<script="async">x</script>b<noscript>off</noscript>c')).toBe('[a b c]');
    expect(ours('a<!-->b<!--->c<!-- d --!>e')).toBe('[a b c e]');
  });

  it('reads one picture of what stands in for scripts, and nothing else', () => {
    expect(ours('b<noscript>off <img src=x><img src=y></noscript>c')).toBe('[b]<img src=x></>[ c]');
    expect(ours('b<noscript><imgs src=x></noscript>c<img src=y>')).toBe('[b c]<img src=y></>');
    expect(ours('b<noscript><img src="x</noscript>c"><p>d')).toBe('[b c">]<p>[d]</>');
  });

  it('does not take a name that only begins so for one of them', () => {
    expect(ours('<svg-icon>a</svg-icon><scripted>b</scripted>')).toBe('<svg-icon>[a]</><scripted>[b]</>');
  });

  it('reads on after what is never closed, but not into a script', () => {
    expect(ours('a<p>b<svg><path/></p>c')).toBe('[a]<p>[b]<svg><path></></></>[c]');
    expect(ours('a<noscript>b')).toBe('[a]<noscript>[b]</>');
    expect(ours('a<script>b')).toBe('[a ]');
    expect(ours('a<p>b<div class="c')).toBe('[a]<p>[b]</>');
  });

  it('takes no markup inside a title or a text field', () => {
    expect(ours('<title>A &amp; B <b>c</title>d')).toBe('<title>[A & B <b>c]</>[d]');
    expect(ours('a<textarea><p>x</textarea>b<iframe><p>y</p></iframe>c')).toBe('[abc]');
  });

  it('hands over structured data, whatever else its tag says', () => {
    const { structuredData } = parseTree(
      '<script type="application/ld+json">{"a":1}</script><script>x</script><SCRIPT nonce=1 type=application/ld+json>2</SCRIPT>',
    );
    expect(structuredData).toEqual(['{"a":1}', '2']);
  });
});

describe('elements nested without end', () => {
  it.each(['div', 'span', 'section', 'b', 'blockquote'])('lose no text and part its paragraphs: %s', (name) => {
    const deep = `<${name}>`.repeat(20_000);
    const html = `${deep}<p>One</p><p>Two</p>${`</${name}>`.repeat(20_000)}<p>Three</p>`;
    expect(
      ours(html)
        .replaceAll(`<${name}>`, '')
        .replaceAll(/(?:<\/>)+/g, '/'),
    ).toMatch(/<p>\[One\]\/<p>\[Two\]\/.*<p>\[Three\]\//);
  });
});
