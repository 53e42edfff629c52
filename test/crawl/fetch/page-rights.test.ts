import { describe, expect, it } from 'vitest';
import { headerRights, pageRights, siteRights } from '../../../src/crawl/fetch/page-rights.ts';

const url = 'https://paper.example/news/quay';

describe('what a publisher says of the use of a page', () => {
  it.each([
    ['<meta name="robots" content="index, noai, noimageai">', { aiTrain: false, aiInput: false }],
    ["<META content='noai' name=ROBOTS>", { aiTrain: false, aiInput: false }],
    ['<meta name="tdm-reservation" content="1">', { aiTrain: false }],
    [
      '<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/tdm.json">',
      { aiTrain: false, license: 'https://paper.example/tdm.json' },
    ],
    ['<meta name="tdm-reservation" content="0">', {}],
    [
      '<link rel="license" type="application/rsl+xml" href="/license.xml">',
      { license: 'https://paper.example/license.xml' },
    ],
    ['<link rel="license" href="https://creativecommons.example/by/4.0/">', {}],
    ['<meta name="robots" content="noarchive, nosnippet"><p>noai</p>', {}],
  ])('in %s', (html, rights) => {
    expect(pageRights(`<head>${html}</head>`, url)).toEqual(rights);
  });

  it('in the headers of the answer', () => {
    expect(headerRights({ 'x-robots-tag': 'noai', 'tdm-reservation': '1', 'tdm-policy': '/p' }, url)).toEqual({
      aiTrain: false,
      aiInput: false,
      license: 'https://paper.example/p',
    });
    expect(headerRights({ 'content-usage': 'train-ai=n' }, url)).toEqual({ aiTrain: false });
    expect(headerRights({}, url)).toEqual({});
  });

  it('in robots.txt', () => {
    expect(
      siteRights(new URL(url), ['search=yes, ai-train=no', '/sport/ ai-input=no'], ['/license.xml', 'javascript:x']),
    ).toEqual({
      search: true,
      aiTrain: false,
      license: 'https://paper.example/license.xml',
    });
  });
});
