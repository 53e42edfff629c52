import { describe, expect, it } from 'vitest';
import { readFeed } from '../../../feeds/read/feed.ts';

const namespace = 'https://rslstandard.org/rsl';
const license = (inner: string, prefix = 'rsl:') =>
  `<${prefix}content url="https://paper.example/a"><${prefix}license>${inner}</${prefix}license></${prefix}content>`;
const item = (path: string, inner = '') =>
  `<item><title>Story ${path}</title><link>https://paper.example${path}</link>${inner}</item>`;
const rss = (inner: string, prefix = 'rsl') =>
  `<rss version="2.0" xmlns:${prefix}="${namespace}" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>P</title>${inner}</channel></rss>`;
const rightsIn = async (text: string) => {
  const { rights, items } = await readFeed(text, { url: 'https://paper.example/feed' });
  return { feed: rights, items: items.map((one) => one.rights) };
};

describe('rights in feeds (Really Simple Licensing)', () => {
  it.each([
    [
      'what is prohibited',
      '<rsl:prohibits type="usage">ai-train ai-input</rsl:prohibits>',
      { aiTrain: false, aiInput: false },
    ],
    ['all uses of models', '<rsl:prohibits type="usage">ai-all</rsl:prohibits>', { aiTrain: false, aiInput: false }],
    [
      'everything',
      '<rsl:prohibits type="usage">all</rsl:prohibits>',
      { aiTrain: false, aiInput: false, search: false },
    ],
    [
      'what a list of permitted uses leaves out',
      '<rsl:permits type="usage">search</rsl:permits>',
      { aiTrain: false, aiInput: false, search: true },
    ],
    [
      'commas between',
      '<rsl:permits type="usage">search, ai-input,ai-train</rsl:permits>',
      { aiTrain: true, aiInput: true, search: true },
    ],
    [
      'a use that must be paid for',
      '<rsl:permits type="usage">ai-all</rsl:permits><rsl:payment type="subscription"><rsl:standard>https://paper.example/terms</rsl:standard></rsl:payment>',
      { aiTrain: false, aiInput: false, search: false, license: 'https://paper.example/terms' },
    ],
    [
      'free with the name',
      '<rsl:permits type="usage">ai-input search</rsl:permits><rsl:payment type="attribution"/>',
      { aiTrain: false, aiInput: true, search: true },
    ],
    ['payment alone', '<rsl:payment type="crawl"/>', { aiTrain: false, aiInput: false }],
  ])('%s', async (_, inner, rights) => {
    expect((await rightsIn(rss(item('/a', license(inner))))).items).toEqual([rights]);
  });

  it('of users and places say nothing of uses', async () => {
    const inner = '<rsl:permits type="user">non-commercial</rsl:permits><rsl:prohibits type="geo">de</rsl:prohibits>';
    expect((await rightsIn(rss(item('/a', license(inner))))).items).toEqual([undefined]);
  });

  it('of the feed hold for each item, whose own can only be stricter', async () => {
    const own = license('<rsl:permits type="usage">ai-train ai-input search</rsl:permits>');
    const found = await rightsIn(
      rss(`${license('<rsl:prohibits type="usage">ai-train</rsl:prohibits>')}${item('/a', own)}${item('/b')}`),
    );
    expect(found.feed).toEqual({ aiTrain: false });
    expect(found.items).toEqual([{ aiTrain: false, aiInput: true, search: true }, { aiTrain: false }]);
  });

  it('are known by the namespace, whatever its prefix, and stand in Atom as well', async () => {
    const refused = (prefix: string) => `<${prefix}prohibits type="usage">ai-input</${prefix}prohibits>`;
    expect((await rightsIn(rss(item('/a', license(refused('lic:'), 'lic:')), 'lic'))).items).toEqual([
      { aiInput: false },
    ]);
    const bare = license(refused(''), '').replace('<content', `<content xmlns="${namespace}"`);
    expect((await rightsIn(rss(item('/a', bare)))).items).toEqual([{ aiInput: false }]);
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:rsl="${namespace}"><title>P</title>
      <link rel="license" type="application/rsl+xml" href="/license.xml"/>
      <entry><id>1</id><title>A</title><link href="/a"/>${license(refused('rsl:'))}</entry></feed>`;
    const terms = 'https://paper.example/license.xml';
    expect(await rightsIn(atom)).toEqual({ feed: { license: terms }, items: [{ aiInput: false, license: terms }] });
  });

  it('take nothing from the item that they stand in', async () => {
    const { items } = await readFeed(
      rss(
        item(
          '/a',
          `${license('<rsl:permits type="usage">all</rsl:permits><rsl:terms>Ask us</rsl:terms>')}<description>Rain</description>`,
        ),
      ),
      {},
    );
    expect(items).toMatchObject([{ title: 'Story /a', summary: 'Rain', url: 'https://paper.example/a' }]);
  });
});
