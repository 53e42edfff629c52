import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { stripSite } from '../../src/extract/metadata/title.ts';
import { newsPage } from './news-page.ts';
import { paragraphs } from './press.ts';

const titleOf = (parts: Parameters<typeof newsPage>[0]): string =>
  extractArticle({ url: 'https://courier.example/2026/market', html: newsPage(parts) }).article.title;

const og = (title: string): string => `<meta property="og:title" content="${title}">`;
const shown = 'Brenkoval reopens its fish market';

describe('the title', () => {
  it('is the heading that readers see, against copies of another wording in the head', () => {
    const search = 'Fish market Brenkoval: opening, stalls, rents';
    const head = `${og(search)}<meta name="twitter:title" content="${search}">`;
    expect(titleOf({ title: search, heading: `<h1>${shown}</h1>`, head })).toBe(shown);
  });

  it('is what structured data and the head agree on when the only heading says something else', () => {
    const head = og('Storm tore the roof off');
    const things = [{ '@type': 'NewsArticle', headline: 'Storm tore the roof off' }];
    expect(titleOf({ title: 'Storm tore the roof off', heading: '<h1>Harbour</h1>', head, things })).toBe(
      'Storm tore the roof off',
    );
  });

  it.each([
    ['the name of the site', '<h1>Brenkoval Courier</h1>'],
    ['a link to the front page', '<h1><a href="/">The paper of the harbour</a></h1>'],
    ['a slogan that ends the title of the page', `<h1>News from the northern coast</h1><div>${shown}</div>`],
    ['the heading of a list', `<h1>${shown}</h1><h1>More from the harbour</h1>`],
  ])('is not a first-level heading that holds %s', (_, heading) => {
    const html = newsPage({ heading }).replace(
      /<title>.*<\/title>/,
      `<title>${shown} | News from the northern coast</title>`,
    );
    expect(extractArticle({ url: 'https://courier.example/market', html }).article.title).toMatch(
      /^Brenkoval reopens its fish market(?: \| News from the northern coast)?$/,
    );
  });

  it('finds the heading among several that the head confirms', () => {
    const heading = `<h1>Quick links</h1><h1>Navigation</h1><h1>${shown}</h1>`;
    expect(titleOf({ heading })).toBe(shown);
  });

  it('keeps the kicker of a short headline', () => {
    expect(titleOf({ heading: '<h1>Stalls for all</h1>', head: og('Fish market: Stalls for all') })).toBe(
      'Fish market: Stalls for all',
    );
  });

  it('reads entities that were escaped twice', () => {
    const things = [{ '@type': 'NewsArticle', headline: 'R&amp;uuml;ckbau &amp; Neubau der Markthalle' }];
    const html = newsPage({ title: 'Rückbau & Neubau der Markthalle', heading: '', things });
    expect(extractArticle({ url: '', html }).article.title).toBe('Rückbau & Neubau der Markthalle');
  });
});

describe('stripSite', () => {
  it.each([
    ['Market reopens | Brenkoval Courier', 'Brenkoval Courier', 'Market reopens'],
    ['Brenkoval Courier: Market reopens', 'Brenkoval Courier', 'Brenkoval Courier: Market reopens'],
    ['Market reopens » ☆☆ - Courier e.V. - News', '☆☆ - Courier e.V. - News', 'Market reopens'],
    ['Market reopens - courier.example', undefined, 'Market reopens'],
    ['Courier', 'Courier', 'Courier'],
    ['Rents - and stalls - in Brenkoval', 'Courier', 'Rents - and stalls - in Brenkoval'],
  ])('of %s', (title, site, rest) => {
    expect(stripSite(title, site, 'courier.example')).toBe(rest);
  });
});

describe('a heading that holds more than the headline', () => {
  it.each([
    ['a kicker before it', `<h1><span class="kicker">Harbour</span><span>${shown}</span></h1>`],
    ['a kicker in a link', `<h1><a href="/harbour">Harbour</a> ${shown}</h1>`],
    ['a mark behind it', `<h1>${shown} <small>Premium</small></h1>`],
  ])('gives the headline without %s, when the head agrees', (_, heading) => {
    expect(titleOf({ heading, head: og(shown) })).toBe(shown);
  });

  it('keeps a kicker that the head has too', () => {
    const heading = `<h1><span>Harbour:</span> ${shown}</h1>`;
    expect(titleOf({ heading, title: `Harbour: ${shown}`, head: og(`Harbour: ${shown}`) })).toBe(`Harbour: ${shown}`);
  });

  it.each(['h2', 'h3', 'h4'])(
    'gives way to a lesser heading (%s) that the head confirms, where it names the section',
    (name) => {
      const heading = `<h1>Harbour News Centre</h1><${name}>${shown}</${name}>`;
      expect(titleOf({ heading })).toBe(shown);
    },
  );

  it.each(['h2', 'h3'])('is no section that opens the title of the page and stands above the text (%s)', (name) => {
    const title = `Local news - Economy - ${shown}`;
    expect(titleOf({ title, heading: `<${name}>Local news</${name}>` })).toContain(shown);
  });

  it('is a lesser heading that opens the title of the page before a slogan', () => {
    const title = `${shown} | News from the northern coast and the islands`;
    expect(titleOf({ title, heading: `<h3>${shown}</h3>` })).toBe(shown);
  });
});

describe('the headline among the parts of the page’s title', () => {
  const paper = 'Anzeiger für Brenkoval';
  const long = 'Fischmarkt öffnet nach drei Jahren wieder seine Tore';
  const withTitle = (title: string, heading: string): string =>
    extractArticle({
      url: 'https://www.news-host.example/2026/market',
      html: newsPage({ heading }).replace(/<title>.*<\/title>/, `<title>${title}</title>`),
    }).article.title;

  it.each([
    ['a first-level heading', `<h1>${long}</h1>`],
    ['a second-level heading', `<h2>${long}</h2>`],
    ['a line of larger type', `<font size="5"><b>${long}</b></font>`],
    ['a plain line', `<div>${long}</div>`],
  ])('is the one that stands on the page as %s', (_, heading) => {
    for (const title of [
      `${long} | ${paper}`,
      `${paper} - ${long}`,
      `${paper} :: Stadt :: ${long}`,
      `${long} - Wirtschaft - ${paper}`,
    ])
      expect(withTitle(title, heading), title).toBe(long);
  });

  it('is no section, though its heading comes first', () => {
    const heading = '<h2>Новости</h2><h2>Экономика</h2><div>Мэрия чинит старый мост у рынка</div>';
    expect(withTitle('Новости / Экономика / Мэрия чинит старый мост у рынка', heading)).toBe(
      'Мэрия чинит старый мост у рынка',
    );
  });

  it.each([
    '白水镇渡船整个冬季照常运行-文娱-白水晚报',
    '白水镇渡船整个冬季照常运行_要闻_白水网',
    '白水評論：白水镇渡船整个冬季照常运行',
  ])('is found between separators without blanks: %s', (title) =>
    expect(withTitle(title, '<div>白水镇渡船整个冬季照常运行</div>')).toBe('白水镇渡船整个冬季照常运行'),
  );

  it('is the line above the text when the page’s title names the paper alone', () => {
    const html = newsPage({ heading: `<p><b>${long}</b></p><p>12.03.2026</p>` })
      .replace(/<title>.*<\/title>/, `<title>${paper}</title>`)
      .replace('</body>', `<p>© 2026 ${paper}</p></body>`);
    expect(extractArticle({ url: 'https://www.news-host.example/1', html }).article.title).toBe(long);
  });

  it('is not the heading of the next article on the page', () => {
    const next = `<h1>Sturm deckt das Dach der alten Werft ab</h1><p>Verletzt wurde niemand, doch bleibt die Straße bis Freitag gesperrt.</p>`;
    const html = newsPage({ title: long, heading: `<div>${long}</div>`, bottom: next });
    expect(extractArticle({ url: 'https://www.news-host.example/1', html }).article.title).toBe(long);
  });
});

describe('a headline that no tag of the page says', () => {
  const [first = '', ...rest] = paragraphs;
  const titleOf = (heading: string, text: string): string => {
    const html = `<html lang="en"><head><title>Courier</title></head><body><main>${heading}${text}</main><p>© 2026 Courier</p></body></html>`;
    return extractArticle({ url: 'https://courier.example/a', html }).article.title;
  };
  const lines = (texts: readonly string[]): string => texts.map((line) => `<p>${line}</p>`).join('');

  it('is the lesser one above the text, when a first-level one stands over the next article', () => {
    const next = `<div><h1>Choir sings for a new lifeboat on Sunday</h1><div>15.09.2026</div>${lines([...rest, ...rest])}</div>`;
    expect(titleOf(`<h2>${shown}</h2>`, lines([first, ...rest.slice(0, 1)]) + next)).toBe(shown);
  });

  it('stands above the first paragraph, though a list of links follows it', () => {
    const links = [
      'Bridge toll to rise in the spring',
      'Storm tears the roof off the old loft',
      'Library opens late',
    ].map((text) => `<a href="/x"><h3>${text}</h3></a>`);
    const related = `<div><h4>More on this</h4>${links.join('')}</div>`;
    expect(titleOf(`<p><b>${shown}</b></p>`, lines([first]) + related + lines(rest))).toBe(shown);
  });
});

describe('a title that names its sections first', () => {
  const headline = 'Мэрия чинит старый мост у рынка';
  it.each([
    ['that stand in a heading', `Новости / Экономика / ${headline}`, '<h2>Новости / Экономика</h2>'],
    ['that are links', `Вестник > Город > ${headline}`, '<h2><a href="/">Вестник</a> &gt; <a href="/c">Город</a></h2>'],
    ['one of which is the first heading', `Экономика - ${headline}`, `<h1>Экономика</h1><h2>${headline}</h2>`],
    [
      'and the paper last',
      `Экономика и бизнес: ${headline} | Вестник`,
      `<h1>Экономика и бизнес</h1><h3>${headline}</h3>`,
    ],
    ['and no heading does', `Вести - Экономика - ${headline}`, `<h1>${headline}</h1>`],
  ])('%s', (_, title, heading) => {
    const html = newsPage({ heading }).replace(/<title>.*<\/title>/, `<title>${title}</title>`);
    expect(extractArticle({ url: 'https://vestnik.example/a.php?id=3', html }).article.title).toBe(headline);
  });

  it('is whole where the last part is the name of the paper', () => {
    const html = newsPage({ heading: `<h2>${shown}</h2>` }).replace(
      /<title>.*<\/title>/,
      `<title>${shown} | Tidings of the northern coast and valleys</title>`,
    );
    expect(extractArticle({ url: 'https://courier.example/a', html }).article.title).toContain(shown);
  });
});
