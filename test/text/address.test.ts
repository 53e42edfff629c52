import { describe, expect, it } from 'vitest';
import { resolveAddress, resolveLink } from '../../src/text/address.ts';

describe('resolveAddress', () => {
  it.each([
    ['/a', 'https://paper.example/b/c', 'https://paper.example/a'],
    ['d?e=1#f', 'https://paper.example/b/c', 'https://paper.example/b/d?e=1#f'],
    ['//img.example/x.jpg', 'https://paper.example/', 'https://img.example/x.jpg'],
    [' https://paper.example/a \n', undefined, 'https://paper.example/a'],
    ['https://paper.example/a', 'no address', 'https://paper.example/a'],
    ['/a', undefined, undefined],
    ['/a', '', undefined],
    ['', 'https://paper.example/', undefined],
    [undefined, 'https://paper.example/', undefined],
    ['javascript:alert(1)', 'https://paper.example/', undefined],
    ['java\tscript:alert(1)', 'https://paper.example/', undefined],
    ['data:text/html,x', 'https://paper.example/', undefined],
    ['mailto:desk@paper.example', 'https://paper.example/', undefined],
    ['http://[', 'https://paper.example/', undefined],
    [`https://paper.example/${'a'.repeat(4_000)}`, undefined, undefined],
  ])('%s against %s', (raw, base, expected) => {
    expect(resolveAddress(raw, base)).toBe(expected);
  });

  it('lets links lead to a mail address too, and to nothing else', () => {
    expect(resolveLink('mailto:desk@paper.example', 'https://paper.example/')).toBe('mailto:desk@paper.example');
    expect(resolveLink('/a', 'https://paper.example/')).toBe('https://paper.example/a');
    expect(resolveLink('ftp://paper.example/', undefined)).toBeUndefined();
  });
});
