import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalUrl } from '../../src/text/canonical-url.ts';

const story = 'https://paper.example/world/river-rises-again-after-rain';

describe('canonicalUrl', () => {
  it.each([
    'ref',
    'rel',
    'gallery',
    'feature',
    'slide',
    'theme',
    'nl',
    'rss',
    'partner',
    'campaign',
    'sh',
    'app',
    'mod',
    'via',
  ])('%s may be the number of an article: it goes only where the path names one', (name) => {
    expect(canonicalUrl(`https://council.example/news.asp?${name}=101`)).not.toBe(
      canonicalUrl(`https://council.example/news.asp?${name}=102`),
    );
    expect(canonicalUrl(`${story}?${name}=101`)).toBe(canonicalUrl(story));
  });

  it('of an address of 60,000 dots is none, at once', () => {
    expect(canonicalUrl(`https://paper.example/${'.'.repeat(60_000)}`)).toBeUndefined();
  });

  it.each([
    ['http', 'http://paper.example/world/river-rises-again-after-rain'],
    ['www', 'https://www.paper.example/world/river-rises-again-after-rain'],
    ['host case and trailing dot', 'https://Paper.EXAMPLE./world/river-rises-again-after-rain'],
    ['default port', 'https://paper.example:443/world/river-rises-again-after-rain'],
    ['default port of http', 'http://paper.example:80/world/river-rises-again-after-rain'],
    ['user info', 'https://me:secret@paper.example/world/river-rises-again-after-rain'],
    ['fragment', `${story}#comments`],
    ['trailing slash', `${story}/`],
    ['doubled slashes', 'https://paper.example//world///river-rises-again-after-rain//'],
    ['empty query', `${story}?`],
    ['campaign', `${story}?utm_source=x&utm_medium=social&fbclid=IwAR0`],
    ['campaign in HTML escapes', `${story}?utm_source=x&amp;utm_medium=social`],
    ['upper-case campaign', `${story}?UTM_SOURCE=x&CMP=share`],
    ['doubtful name beside a speaking path', `${story}?source=front&from=app`],
    ['session in the query', `${story}?PHPSESSID=0123456789abcdef`],
    ['session in the path', `${story};jsessionid=0A1B2C3D`],
    ['session of ASP.NET', 'https://paper.example/(S(lit3py55t21z5v55vlm25s55))/world/river-rises-again-after-rain'],
    ['mobile host', 'https://m.paper.example/world/river-rises-again-after-rain'],
    ['mobile host behind www', 'https://www.m.paper.example/world/river-rises-again-after-rain'],
    ['amp host', 'https://amp.paper.example/world/river-rises-again-after-rain'],
    ['amp suffix', `${story}/amp/`],
    ['amp file', `${story}.amp`],
    ['amp prefix', 'https://paper.example/amp/world/river-rises-again-after-rain'],
    ['amp parameter', `${story}?outputType=amp`],
    ['amp viewer', 'https://www.google.com/amp/s/paper.example/world/river-rises-again-after-rain'],
    [
      'amp cache',
      'https://paper-example.cdn.ampproject.org/c/s/paper.example/world/river-rises-again-after-rain?usqp=mq',
    ],
    ['print suffix', `${story}/print`],
    ['print parameter', `${story}?view=print`],
    ['index file', `${story}/index.html`],
    ['needless escapes', 'https://paper.example/world/river%2Drises%2dagain-after-rain'],
    ['scheme left out', '//paper.example/world/river-rises-again-after-rain'],
    ['white space around', `  ${story}\n`],
    ['first page of one', `${story}?page=1`],
  ])('sees through: %s', (_, address) => {
    expect(canonicalUrl(address)).toBe(story);
  });

  it.each([
    ['another path', `${story}-2`],
    ['path case', 'https://paper.example/world/River-Rises-Again-After-Rain'],
    ['another port', 'https://paper.example:8443/world/river-rises-again-after-rain'],
    ['another subdomain', 'https://sports.paper.example/world/river-rises-again-after-rain'],
    ['a parameter that may be the article', `${story}?id=7`],
    ['second page', `${story}?page=2`],
  ])('keeps apart: %s', (_, address) => {
    expect(canonicalUrl(address)).not.toBe(story);
  });

  it('keeps doubtful parameters where the path does not name the article', () => {
    expect(canonicalUrl('https://paper.example/news.php?cid=1234')).toBe('https://paper.example/news.php?cid=1234');
    expect(canonicalUrl('https://paper.example/?sid=12')).not.toBe(canonicalUrl('https://paper.example/?sid=13'));
  });

  it('does not take a site for the mobile dress of its suffix', () => {
    expect(canonicalUrl('https://m.com/a')).toBe('https://m.com/a');
    expect(canonicalUrl('https://mobile.co.uk/a')).toBe('https://mobile.co.uk/a');
    expect(canonicalUrl('https://en.m.lexikon.org/a')).toBe('https://en.lexikon.org/a');
  });

  it('orders parameters and drops repeats', () => {
    expect(canonicalUrl('https://paper.example/a?b=2&a=1&b=2')).toBe('https://paper.example/a?a=1&b=2');
  });

  it('unifies punycode, escapes and Unicode forms', () => {
    const key = canonicalUrl('https://вести.example/вода');
    expect(canonicalUrl(`https://${new URL('https://вести.example').host}/%d0%b2%D0%BE%D0%B4%D0%B0`)).toBe(key);
    expect(canonicalUrl('https://paper.example/re\u0301sume\u0301')).toBe(canonicalUrl('https://paper.example/résumé'));
  });

  it.each([
    '',
    'not an address',
    'mailto:desk@paper.example',
    'ftp://paper.example/a',
    'javascript:alert(1)',
    'https://',
  ])('has no key for %j', (address) => {
    expect(canonicalUrl(address)).toBeUndefined();
  });

  it('has no key for an address that no index could hold', () => {
    expect(canonicalUrl(`https://paper.example/${'a'.repeat(3000)}`)).toBeUndefined();
    expect(canonicalUrl(`${story}?utm_content=${'a'.repeat(3000)}`)).toBe(story);
  });

  it('keeps parameters that are named like the methods of every object', () => {
    expect(canonicalUrl('https://paper.example/a?constructor=1&toString=2')).toBe(
      'https://paper.example/a?constructor=1&toString=2',
    );
  });

  it('is idempotent, and its keys are addresses', () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (address) => {
        const key = canonicalUrl(address);
        if (key === undefined) return;
        expect(canonicalUrl(key)).toBe(key);
        expect(URL.canParse(key)).toBe(true);
      }),
    );
  });

  it('is idempotent for addresses that are put together of what it looks for', () => {
    const part = fc.constantFrom(
      ...[
        'www.',
        'www2.',
        'm.',
        'amp.',
        '.',
        '..',
        'paper.example',
        '/',
        '//',
        '%',
        '%%34',
        '41',
        '%2f',
        '.amp',
        '/amp',
        '/print',
        ';',
      ],
      ...[
        'index.html',
        '?',
        '&amp;',
        'page=1',
        'sid=1',
        '#!',
        '#',
        ':80',
        'https://',
        'http:',
        'google.com/amp/s/',
        '@',
        '12345',
        ' ',
        'é',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const key = canonicalUrl(`https://${parts.join('')}`);
        if (key !== undefined) expect(canonicalUrl(key)).toBe(key);
      }),
      { numRuns: 2000 },
    );
  });

  it('sees through every layer of a host', () => {
    expect(canonicalUrl(story.replace('//', '//www.www.m.www2.'))).toBe(story);
  });

  it.each([
    'https://./a',
    'https://../a',
    'https://.paper.example/a',
    'https://paper..example/a',
    'https://paper.example../a',
  ])('has no key for the host of %s, which DNS cannot know', (address) => {
    expect(canonicalUrl(address)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        canonicalUrl(text);
        canonicalUrl(`https://paper.example/${text}`);
      }),
    );
  });
});

it.each([
  ['/index.php?id=1&ref=rss', '/index.php?id=1', true],
  ['/a?source=newsletter', '/a', true],
  ['/a?ref=101', '/a?ref=102', false],
  ['/news?campaign=7', '/news?campaign=8', false],
  ['/article?share=77', '/article?share=78', false],
  ['/n?from=north', '/n?from=south', false],
])('a doubtful parameter of %s and %s', (one, other, isSame) => {
  const key = (path: string) => canonicalUrl(`https://paper.example${path}`);
  expect(key(one) === key(other)).toBe(isSame);
});
