import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  matchesPattern,
  maxRobotsBytes,
  parseRobots,
  productToken,
  rulesFor,
} from '../../../src/crawl/fetch/robots.ts';

const agent = 'Courant/0.1 (+https://example.org/bot)';
const allows = (robots: string, path: string, userAgent = agent) =>
  rulesFor(parseRobots(robots), userAgent).isAllowed(new URL(`https://news.example${path}`));

describe('groups', () => {
  it('the group of the product token wins over *, in any case of letters', () => {
    const robots = 'User-agent: *\nDisallow: /\n\nUser-Agent: COURANT\nDisallow: /private/\n';
    expect(allows(robots, '/a')).toBe(true);
    expect(allows(robots, '/private/a')).toBe(false);
    expect(allows(robots, '/a', 'OtherBot/1')).toBe(false);
  });

  it('several groups of one crawler are one', () => {
    const robots =
      'User-agent: courant\nDisallow: /a\n\nUser-agent: x\nDisallow: /\n\nUser-agent: courant\nDisallow: /b\n';
    expect(allows(robots, '/a')).toBe(false);
    expect(allows(robots, '/b')).toBe(false);
    expect(allows(robots, '/c')).toBe(true);
  });

  it('one group may name several crawlers, with other records between', () => {
    const robots = 'User-agent: x\nSitemap: https://news.example/s.xml\nUser-agent: courant\nDisallow: /a\n';
    expect(allows(robots, '/a')).toBe(false);
    expect(parseRobots(robots).sitemaps).toEqual(['https://news.example/s.xml']);
  });

  it('a version or anything else behind the token is not part of it', () => {
    expect(allows('User-agent: Courant/2.0\nDisallow: /', '/a')).toBe(false);
    expect(allows('User-agent: CourantNews\nDisallow: /', '/a')).toBe(true);
    expect(productToken('Mozilla/5.0 (x)')).toBe('mozilla');
  });

  it('without a group, or without rules, all is allowed', () => {
    expect(allows('', '/a')).toBe(true);
    expect(allows('Disallow: /', '/a')).toBe(true);
    expect(allows('User-agent: *\nDisallow:\n', '/a')).toBe(true);
    expect(allows('User-agent: courant\n\nUser-agent: x\nDisallow: /y', '/y')).toBe(false);
    expect(allows('<html><body>Not here</body></html>', '/a')).toBe(true);
  });

  it('robots.txt itself is always allowed', () => {
    expect(allows('User-agent: *\nDisallow: /', '/robots.txt')).toBe(true);
  });

  it('tolerates marks, comments, line ends and common misspellings', () => {
    const robots = '\uFEFFuser-agent : * # all\rdissallow:/a#x\r\n  Disallow : /b\nnonsense\n';
    expect(allows(robots, '/a')).toBe(false);
    expect(allows(robots, '/b')).toBe(false);
    expect(allows(robots, '/c')).toBe(true);
  });
});

describe('rules', () => {
  // The examples of RFC 9309, 5.2 and 5.1, and of the protocol's reference documentation.
  it('passes over the rest of a line that is longer than any address', () => {
    const rules = rulesFor(parseRobots(`User-agent: *\nDisallow: /${'a'.repeat(20_000)}`), 'Courant/0.1');
    expect(rules.isAllowed(new URL(`https://paper.example/${'a'.repeat(17_000)}`))).toBe(false);
    expect(rules.isAllowed(new URL(`https://paper.example/${'a'.repeat(16_000)}`))).toBe(true);
  });

  it('the longest match decides, Allow between equals', () => {
    expect(
      allows(
        'User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif',
        '/example/page/disallowed.gif',
      ),
    ).toBe(false);
    expect(allows('User-agent: *\nDisallow: /folder\nAllow: /folder', '/folder/page')).toBe(true);
    expect(allows('User-agent: *\nAllow: /p\nDisallow: /', '/page')).toBe(true);
    expect(allows('User-agent: *\nAllow: /page\nDisallow: /*.htm', '/page.htm')).toBe(false);
    expect(allows('User-agent: *\nAllow: /$\nDisallow: /', '/')).toBe(true);
    expect(allows('User-agent: *\nAllow: /$\nDisallow: /', '/page.htm')).toBe(false);
  });

  it.each([
    [
      '/fish',
      ['/fish', '/fish.html', '/fishheads/yummy.html', '/fish.php?id=x'],
      ['/Fish.asp', '/catfish', '/?id=fish'],
    ],
    ['/fish*', ['/fish', '/fish.html'], ['/Fish.asp', '/catfish']],
    ['/fish/', ['/fish/', '/fish/salmon.htm'], ['/fish', '/fish.html']],
    ['/*.php', ['/index.php', '/folder/a.php?x=1', '/a.php/'], ['/', '/windows.PHP']],
    ['/*.php$', ['/a.php', '/folder/a.php'], ['/a.php?x=1', '/a.php/', '/a.php5']],
    ['/fish*.php', ['/fish.php', '/fishheads/catfish.php?x'], ['/Fish.PHP']],
    ['*/print', ['/print', '/a/print/2'], ['/prin']],
    ['/*?', ['/a?b'], ['/a']],
    ['/a*b*c$', ['/abc', '/a-b-b-c', '/abcc'], ['/abcd', '/acb']],
  ])('%s', (pattern, matching, other) => {
    for (const path of matching) expect(allows(`User-agent: *\nDisallow: ${pattern}`, path), path).toBe(false);
    for (const path of other) expect(allows(`User-agent: *\nDisallow: ${pattern}`, path), path).toBe(true);
  });

  it('percent-encoding is one spelling', () => {
    expect(allows('User-agent: *\nDisallow: /foo/bar/ツ', '/foo/bar/%E3%83%84')).toBe(false);
    expect(allows('User-agent: *\nDisallow: /foo/bar/%e3%83%84', '/foo/bar/ツ')).toBe(false);
    expect(allows('User-agent: *\nDisallow: /foo/bar/%62%61%7A', '/foo/bar/baz')).toBe(false);
    expect(allows('User-agent: *\nDisallow: /a%3Cd.html', '/a%3cd.html')).toBe(false);
    expect(allows('User-agent: *\nDisallow: /a%2Fb', '/a/b')).toBe(true);
  });

  it('a hostile pattern costs no time', () => {
    const robots = `User-agent: *\nDisallow: /${'*a'.repeat(5000)}$`;
    expect(allows(robots, `/${'a'.repeat(4999)}b`)).toBe(true);
  });

  it('a hostile line costs no time', () => {
    // What an expression that trims on both sides tries in more than a hundred billion ways.
    const line = `Disallow:${' '.repeat(7000)}x${' '.repeat(7000)}\u2028y`;
    expect(allows(`User-agent: *\n${line}\n${' '.repeat(500 * 1024)}\nDisallow: /a`, '/a')).toBe(false);
  });

  it('a short rule holds among as many longer ones as a file can hold', () => {
    const others = Array.from({ length: 20_000 }, (_, index) => `Disallow: /archive/${index}`);
    const text = `User-agent: *\n${others.join('\n')}\nDisallow: /me\n`;
    expect(text.length).toBeLessThan(maxRobotsBytes);
    expect(allows(text, '/me')).toBe(false);
    expect(allows(text, '/news')).toBe(true);
  });

  it('matching is that of the regular expression', () => {
    const part = fc.constantFrom('a', 'b', '*', '/', '$');
    fc.assert(
      fc.property(
        fc.array(part, { maxLength: 8 }),
        fc.array(fc.constantFrom('a', 'b', '/', '$'), { maxLength: 8 }),
        (pattern, path) => {
          const text = `/${pattern.join('')}`;
          const anchored = text.endsWith('$');
          const body = (anchored ? text.slice(0, -1) : text)
            .split('*')
            .map((piece) => piece.replaceAll('$', '\\$'))
            .join('.*');
          const expected = new RegExp(`^${body}${anchored ? '$' : ''}`).test(`/${path.join('')}`);
          expect(matchesPattern(text, `/${path.join('')}`)).toBe(expected);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('what the RFC leaves open is read as the open parser of Google reads it', () => {
  it.each([
    ['an escaped star', 'Disallow: /path/file-with-a-%2A.html', '/path/file-with-a-*.html', '/path/file-with-a-b.html'],
    ['an escaped dollar', 'Disallow: /path/foo-%24', '/path/foo-$', '/path/foo-'],
    ['a dollar within', 'Disallow: /a$b', '/a$b/c', '/a'],
    ['a missing colon', 'Disallow /a', '/a', '/b'],
    ['blanks before the colon', 'Disallow  :\t/a', '/a', '/b'],
    ['disallaw', 'Disallaw: /a', '/a', '/b'],
    ['more behind the name', 'Disallow-all: /a', '/a', '/b'],
    ['a line of 20,000 characters', `Disallow: /a${'*'.repeat(20_000)}`, '/a', '/b'],
  ])('%s', (_, rule, denied, allowed) => {
    const robots = `User-agent: *\n${rule}\n`;
    expect(allows(robots, denied)).toBe(false);
    expect(allows(robots, allowed)).toBe(true);
  });

  it('* with words behind it, agents without a hyphen or colon', () => {
    for (const agents of ['User-agent: * all', 'Useragent: *', 'User agent: *', 'User-agent *', 'USER-AGENTS:*'])
      expect(allows(`${agents}\nDisallow: /a`, '/a'), agents).toBe(false);
    expect(allows('User-agent: *bot\nDisallow: /a', '/a')).toBe(true);
  });

  it('a folder is allowed with its index page', () => {
    const robots = 'User-agent: *\nDisallow: /news/\nAllow: /news/index.html\n';
    expect(allows(robots, '/news/index.html')).toBe(true);
    expect(allows(robots, '/news/')).toBe(true);
    expect(allows(robots, '/news/a')).toBe(false);
  });
});

describe('rights', () => {
  it('are read with the group they stand in; licences are the whole site’s', () => {
    const robots = parseRobots(
      'License: https://paper.example/license.xml\nUser-agent: *\nContent-Signal: search=yes, ai-train=no\nAllow: /\n',
    );
    expect(robots.licenses).toEqual(['https://paper.example/license.xml']);
    expect(rulesFor(robots, agent).signals).toEqual(['search=yes, ai-train=no']);
    expect(rulesFor(parseRobots('User-agent: x\nContent-Signal: ai-train=no'), agent).signals).toEqual([]);
    expect(rulesFor(parseRobots('Content-Signal: ai-train=no\nUser-agent: *\nAllow: /'), agent).signals).toEqual([
      'ai-train=no',
    ]);
  });
});

describe('crawl-delay', () => {
  it('is that of the own group, and ends a list of agents', () => {
    const robots = 'User-agent: *\nCrawl-delay: 2.5\nUser-agent: BadBot\nDisallow: /';
    expect(rulesFor(parseRobots(robots), agent).crawlDelayMs).toBe(2500);
    expect(allows(robots, '/')).toBe(true);
    expect(rulesFor(parseRobots('User-agent: *\nCrawl-delay: soon'), agent).crawlDelayMs).toBeUndefined();
  });
});

it('any text is read', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, name) => {
      expect(typeof allows(text, `/${name}`)).toBe('boolean');
    }),
  );
});
