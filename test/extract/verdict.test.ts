import { describe, expect, it } from 'vitest';
import { learn } from '../../src/extract/decide/site-memory.ts';
import { isListingAfterAll, shareElsewhere } from '../../src/extract/decide/verdict-second-look.ts';
import { extractArticle } from '../../src/extract/extract.ts';
import { paragraphs } from './press.ts';

const headlines = [
  'Harbour master keeps the old bell after all',
  'Three bakeries share one oven until spring',
  'School choir sings on the night train again',
  'Council counts its benches and finds too many',
  'River gauge moves upstream by forty metres',
  'Museum opens its cellar for the first time',
  'Bus drivers ask for shade at the terminus',
  'Market day goes back to Thursday in the valley',
];
const teaser = (line: string, i: number): string =>
  `<div><h3><a href="/briefs/${i + 2}">${line}</a></h3><p>${line}, and the neighbours are said to be content with that for now, as far as anybody asked them.</p><a href="/briefs/${i + 2}">Read more</a></div>`;
const list = headlines.map((line, i) => `<div><a href="/briefs/${i + 2}">${line}</a></div>`).join('');
const brief =
  'The ferry between the two banks stopped on Sunday evening because of fog, the harbour office said. Forty passengers spent the night in the waiting room, and the first boat left at half past six.';
const link = (title: string, published?: string) => ({
  url: 'http://site.example/briefs/1',
  title,
  published,
  authors: [],
  categories: [],
});
const verdictOf = (url: string, html: string, options = {}) => extractArticle({ url, html }, options).verdict;

/** An article as a small paper of 2011 set it: no structured data, no names of parts, breaks for paragraphs, lists of headlines about it. */
const oldPage = (title: string, lines: readonly string[]): string =>
  `<html><head><title>${title} - The Site</title></head><body><table><tr><td>${list}</td><td><b>${title}</b><br>12.03.2011 14:20<br>${lines.join('<br><br>')}</td><td>${list}</td></tr></table></body></html>`;
const sectionPage = (title: string): string =>
  `<html><head><title>${title}</title></head><body><div>${list}</div><div>${headlines.map(teaser).join('')}</div><div><a href="?p=1">1</a> <a href="?p=2">2</a> <a href="?p=3">3</a></div></body></html>`;

describe('an article is one whatever its address', () => {
  const title = 'Ferry stops because of fog on the river';
  it.each([
    '',
    'http://site.example/article.php?id=4711',
    'http://site.example/2011/03/12/ferry-stops-because-of-fog',
    'http://site.example/455b17b6ca3e.html',
  ])('%s', (url) => {
    expect(verdictOf(url, oldPage(title, paragraphs.slice(0, 3)))).toEqual({ kind: 'article' });
  });

  it('in a script that sets no spaces', () => {
    const text = [
      '大熊猫幼仔昨天在成都开始了它们的群体生活，工作人员表示它们已经适应了新的环境，身体状况良好。',
      '据介绍，这些幼仔今年夏天出生，体重都在十公斤左右，将在这里度过第一个冬天，游客可以在上午看到它们。',
    ];
    const others =
      '<a href="/2">城市公园冬季开放时间调整</a><br><a href="/3">地铁新线路明年春天通车</a><br><a href="/4">博物馆举办民间艺术展览</a>';
    const html = `<html><head><title>大熊猫幼仔开始群体生活 - 本地新闻</title></head><body><div>${others}</div><div>大熊猫幼仔开始群体生活<br>2011-12-20 10:15<br>${text.join('<br>')}</div></body></html>`;
    expect(verdictOf('http://site.example/n.php?id=3', html)).toEqual({ kind: 'article' });
  });
});

describe('a list of articles is none, whatever its address', () => {
  it.each(['', 'http://site.example/', 'http://site.example/briefs/', 'http://site.example/list.php?cat=4'])(
    '%s',
    (url) => {
      expect(verdictOf(url, sectionPage('The Site')).kind).toBe('rejected');
    },
  );
});

describe('a short list of teasers is none, be it dated', () => {
  const lines = headlines.map((line) => `${line}, and the neighbours are said to be content with that for now.`);
  const each = (count: number, write: (head: string, line: string, n: number) => string): string =>
    headlines
      .slice(0, count)
      .map((head, n) => write(head, lines[n] ?? '', n))
      .join('');
  it.each([
    [
      'under linked headings',
      each(3, (head, line, n) => `<h2><a href="/n/${n}">${head}</a></h2><p>1${n}.09.2026</p><p>${line}</p>`),
    ],
    [
      'in items',
      `<ul>${each(5, (head, line, n) => `<li><b><a href="/n/${n}">${head}</a></b><br>${line} <i>1${n}.9.2026</i></li>`)}</ul>`,
    ],
    [
      'with links laid over them',
      each(
        8,
        (head, line, n) => `<article><a href="/n/${n}" aria-label="x"></a><h2>${head}</h2><p>${line}</p></article>`,
      ),
    ],
  ])('%s', (_, teasers) => {
    const html = `<html><head><title>Harbour | The Site</title></head><body><a href="/">Home</a><h1>Harbour</h1>${teasers}</body></html>`;
    expect(verdictOf('http://site.example/harbour/', html).kind).toBe('rejected');
  });
});

describe('an article is one whatever its title', () => {
  it.each(['The Site', 'News', 'Untitled Document'])('%s', (name) => {
    const html = oldPage('Ferry stops because of fog on the river', paragraphs.slice(0, 3)).replace(
      /<title>.*<\/title>/,
      `<title>${name}</title>`,
    );
    expect(verdictOf('http://site.example/a.php?id=3', html)).toEqual({ kind: 'article' });
  });
});

describe('whoever lists a page vouches for it', () => {
  const title = 'Ferry stops because of fog on the river';
  const page = (own: string): string =>
    `<html><head><title>${own} - The Site</title></head><body><div><h1>${own}</h1><p>${brief}</p></div><div>${headlines.map(teaser).join('')}</div></body></html>`;

  it('be it a section page or a sitemap, which tell no date', () => {
    expect(verdictOf('http://site.example/briefs/1', page(title), { link: link(title) })).toEqual({ kind: 'article' });
  });

  it('but a title that only the feed gives proves nothing: the story is gone, and its address leads to the front page', () => {
    const front = sectionPage('The Site');
    for (const url of ['http://site.example/', 'http://site.example/start'])
      expect(verdictOf(url, front, { link: link(title, '2026-11-22T07:00:00.000Z') }).kind).toBe('rejected');
  });

  it('and a headline in the list of a front page is not the title of that page', () => {
    const announced = link(headlines[0] ?? '', '2026-11-22T07:00:00.000Z');
    expect(verdictOf('http://site.example/start', sectionPage('The Site'), { link: announced }).kind).toBe('rejected');
  });
});

describe('a page that says that it has nothing', () => {
  const page = (title: string, heading: string, lang = 'en'): string =>
    `<html lang="${lang}"><head><title>${title}</title></head><body><h1>${heading}</h1><p>Try the search, or read what others are reading today.</p>${headlines.map(teaser).join('')}</body></html>`;
  it.each([
    ['The Site', 'Sorry, we could not find that page'],
    ['The Site', 'The page you are looking for has moved'],
    ['404 - The Site', 'The Site'],
    ['Seite nicht gefunden | The Site', 'Hoppla'],
    ['The Site', 'Stranica nije pronađena'],
    ['The Site', 'お探しのページは見つかりませんでした。ページが見つかりません'],
  ])('%s: %s', (title, heading) => {
    expect(verdictOf('https://site.example/news/old', page(title, heading))).toMatchObject({ reason: 'soft-404' });
  });

  it.each([
    'Plane not found after a week of search',
    'Consent law passes after long debate',
    'Captcha firm moves to the valley',
  ])('is none whose headline only uses the words: %s', (title) => {
    const html = `<html><head><title>${title}</title></head><body><article><h1>${title}</h1>${paragraphs.map((line) => `<p>${line}</p>`).join('')}</article></body></html>`;
    expect(verdictOf('https://site.example/news/1', html)).toEqual({ kind: 'article' });
  });
});

describe('a section page that was let in', () => {
  it('is found out at the second look: undated, full of links, its text that of other pages', () => {
    expect(isListingAfterAll({ dated: false, listed: 20, elsewhere: 0.8 })).toBe(true);
    expect(isListingAfterAll({ dated: true, listed: 20, elsewhere: 0.8 })).toBe(false);
    expect(isListingAfterAll({ dated: false, listed: 3, elsewhere: 0.8 })).toBe(false);
    expect(isListingAfterAll({ dated: false, listed: 20, elsewhere: 0.2 })).toBe(false);
  });

  it('is measured by the lines that were text on other pages, not on the same page or under the same headline', () => {
    const mark = (address: string, headline: string) => ({ address, headline, words: [] });
    const now = '2026-11-28T10:00:00.000Z';
    const memory = ['a', 'b'].reduce(
      (known: ReturnType<typeof learn> | undefined, name) =>
        learn(
          known,
          { page: mark(name, `story ${name}`), kept: [`lead of ${name}`, `end of ${name}`], dropped: ['menu'] },
          now,
        ),
      undefined,
    );
    const kept = ['lead of a', 'lead of b', 'menu', 'new'];
    expect(shareElsewhere(memory, { page: mark('list', 'news'), kept })).toBe(0.5);
    expect(shareElsewhere(memory, { page: mark('other address', 'story a'), kept })).toBe(0.25);
    expect(shareElsewhere(undefined, { page: mark('list', 'news'), kept })).toBe(0);
  });
});
