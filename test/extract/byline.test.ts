import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { isOutlet, namesIn } from '../../src/extract/metadata/names.ts';
import { newsPage } from './news-page.ts';
import { paragraphs } from './press.ts';

const bylineOf = (parts: Parameters<typeof newsPage>[0]): readonly string[] =>
  extractArticle({ url: 'https://courier.example/2026/market', html: newsPage(parts) }).article.byline;

const person = (name: string): object => ({ '@type': 'Person', name });
const news = (author: unknown): object => ({
  '@type': 'NewsArticle',
  headline: 'Brenkoval reopens its fish market',
  author,
});

describe('namesIn', () => {
  // Read in two ways at each word, such a line would take longer than the time limit of all tests.
  it.each(['m.d.,  ', 'ph.d. ', 'central europe ', 'Northern Ireland, ', 'eastern europe and '])(
    'ends for a line of %j',
    (words) => {
      const line = `By Maren Oltvik ${words.repeat(60)}`.slice(0, 590);
      expect(namesIn(`${line} x1`).length).toBeLessThanOrEqual(12);
      expect(isOutlet(`${line} x1`)).toBe(false);
    },
  );

  it.each([
    ['By Maren Oltvik', ['Maren Oltvik']],
    ['By Maren Oltvik Ph.D., M.D.', ['Maren Oltvik']],
    ['By Maren Oltvik PhD', ['Maren Oltvik']],
    ['Von Maren Oltvik und Jonas Brekke', ['Maren Oltvik', 'Jonas Brekke']],
    ['Por Inés Valdor y Tomás Reyno', ['Inés Valdor', 'Tomás Reyno']],
    ['Par Odile Marchand et Luc Verdier', ['Odile Marchand', 'Luc Verdier']],
    ['Автор: Олена Ковтун и Иван Рогов', ['Олена Ковтун', 'Иван Рогов']],
    ['Maren Oltvik, Jonas Brekke & Ida Solheim', ['Maren Oltvik', 'Jonas Brekke', 'Ida Solheim']],
    ['ByMaren Oltvik', ['Maren Oltvik']],
    ['Veröffentlicht von Maren Oltvik', ['Maren Oltvik']],
    ['Maren Oltvik, Senior Political Correspondent', ['Maren Oltvik']],
    ['Maren Oltvik in Brenkoval', ['Maren Oltvik']],
    ['Maren Oltvik For The Hillside Post', ['Maren Oltvik']],
    ['By Maren Oltvik, in News, Business, Property', ['Maren Oltvik']],
    ['Tom Fisk Jr.', ['Tom Fisk Jr.']],
    ['Thomas "Tom" Fisk', ['Thomas "Tom" Fisk']],
    ['Mary Sun, Tom Fisk', ['Mary Sun', 'Tom Fisk']],
    // Names that hold the short form of a day or month.
    ['By Maria del Mar', ['Maria del Mar']],
    ['Petra del Mar, 12 May 2026', ['Petra del Mar']],
    ['Van An Do', ['Van An Do']],
    ['Ida de la Sol, Sun 12 May 2026', ['Ida de la Sol']],
    // Labels and ranks of other scripts and languages.
    ['记者 李明远', ['李明远']],
    ['本报记者李明远、王芳', ['李明远', '王芳']],
    ['文/李明远', ['李明远']],
    ['（记者 李明远 王芳）', ['李明远', '王芳']],
    ['李明远 报道', ['李明远']],
    ['山田太郎記者', ['山田太郎']],
    ['取材・文 山田太郎', ['山田太郎']],
    ['홍길동 기자 hong@paper.example', ['홍길동']],
    ['글 홍길동·사진 김철수', ['홍길동']],
    ['بقلم: أحمد علي', ['أحمد علي']],
    ['كتب/ أحمد علي', ['أحمد علي']],
    ['Специальный корреспондент Иван Рогов', ['Иван Рогов']],
    ['Текст: Иван Рогов Фото: Пётр Кац', ['Иван Рогов']],
    ['Пише: Марко Видић', ['Марко Видић']],
    ['Razgovarala: Ana Kos', ['Ana Kos']],
    ['Nga Arben Hoxha', ['Arben Hoxha']],
    ['Γράφει η Μαρία Παππά', ['Μαρία Παππά']],
    ['Írta: Kovács Péter', ['Kovács Péter']],
    // Who made the pictures did not write it.
    ['Nils Aberg (text), Petra Lund (photos)', ['Nils Aberg']],
    ['Text: Nils Aberg, Fotos: Petra Lund und Jan Bek', ['Nils Aberg']],
    ['By Nils Aberg and photos by Petra Lund', ['Nils Aberg']],
    ['Tekst: Marko Vidić, foto: Ana Kos', ['Marko Vidić']],
    // Entities, degrees, desks, places.
    ['Sean O&#039;Carrick', ["Sean O'Carrick"]],
    ['By Dr. Nils Aberg, MD, and Petra Lund-Okoye, PhD', ['Dr. Nils Aberg', 'Petra Lund-Okoye']],
    ['Nils Aberg MPH', ['Nils Aberg']],
    ['Ana Kos Africa correspondent', ['Ana Kos']],
    ['Ana Kos, diplomatic editor', ['Ana Kos']],
    ['Ben Oduya South Asia Correspondent and Dan Bell', ['Ben Oduya', 'Dan Bell']],
    ['By Ana Kos, PTI, Washington', ['Ana Kos', 'PTI']],
    ['PTI, Washington', ['PTI']],
    // The 'and' of an institution parts no names.
    ['by Ana Kos, National Institute of Tides and Coastal Waters', ['Ana Kos']],
    ['Ana Kos, Department for Trade and Industry, and Ben Oduya', ['Ana Kos', 'Ben Oduya']],
  ])('reads %s', (line, names) => {
    expect(namesIn(line)).toEqual(names);
  });

  it.each([
    'Maren Oltvik Sat',
    'Maren Oltvik Sat, 21 Nov 2026',
    'Maren Oltvik Sun, 22 Nov 2026 04:04:58 GMT',
    'Maren Oltvik am Samstag',
    'Maren Oltvik November 22, 2026',
    'Maren Oltvik le 22 novembre 2026',
    'Maren Oltvik | 22.11.2026 | 10:15',
    'Maren Oltvik vor 3 Stunden',
  ])('cuts the date off %s', (line) => {
    expect(namesIn(line)).toEqual(['Maren Oltvik']);
  });

  it.each([
    'Published on',
    '责任编辑：王芳',
    '写真・山田花子',
    'تصوير: أحمد علي',
    'Foto: Marko Vidić',
    'Veröffentlicht am',
    'Photograph by Maren Oltvik',
    'Share this',
    '22 Nov 2026',
    'Wed, 25 Nov 2026 01:19:34 GMT',
    'Seg, 23 Nov 2026',
    'Wed',
    'Mittwoch',
    'https://courier.example/people/maren',
    'Developed by Maren Oltvik',
    'Zuletzt geändert',
    '',
  ])('finds nobody in %j', (line) => {
    expect(namesIn(line)).toEqual([]);
  });

  it('believes a nickname only where names are marked', () => {
    expect(namesIn('northwind')).toEqual([]);
    expect(namesIn('northwind', true)).toEqual(['northwind']);
  });

  it('finds the same names again in what it found, and no markup in them', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200, unit: 'grapheme' }), (line) => {
        for (const name of namesIn(line)) expect(name).not.toMatch(/[<>{}@#\d]/);
      }),
    );
    const name = fc.stringMatching(
      /^[A-Z][b-df-hj-np-tv-z][aeo][b-df-hj-np-tv-z]{1,4}o [A-Z][b-df-hj-np-tv-z]{1,3}[aeu][lnrt]{1,2}ik$/,
    );
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 5 }), (names) => {
        expect(namesIn(`By ${names.join(', ')}`)).toEqual(names);
      }),
    );
  });
});

describe('isOutlet', () => {
  it.each([
    'The Hillside Post',
    'dpa',
    'Hillside News Network',
    'Courier-Redaktion',
    'courier.net',
    'University of Brenkoval',
  ])('takes %s for a house', (name) => {
    expect(isOutlet(name)).toBe(true);
  });
  it.each(['Ani Solheim', 'Maren Oltvik', 'Ludwig van der Berg', 'Ida de la Cruz'])('takes %s for a person', (name) => {
    expect(isOutlet(name)).toBe(false);
  });
});

describe('the byline', () => {
  it('believes structured data before tags and tags before the page', () => {
    const head = '<meta name="author" content="Jonas Brekke">';
    const top = '<p class="byline">By Ida Solheim</p>';
    expect(bylineOf({ things: [news(person('Maren Oltvik'))], head, top })).toEqual(['Maren Oltvik']);
    expect(bylineOf({ head, top })).toEqual(['Jonas Brekke']);
    expect(bylineOf({ top })).toEqual(['Ida Solheim']);
  });

  it('puts names together from their parts', () => {
    const author = [{ '@type': 'Person', givenName: 'Maren', familyName: 'Oltvik' }];
    expect(bylineOf({ things: [news(author)] })).toEqual(['Maren Oltvik']);
  });

  it('prefers a person to the house, wherever the person stands', () => {
    const things = [news({ '@type': 'Organization', name: 'Brenkoval Courier' })];
    expect(bylineOf({ things, top: '<div class="byline">By <a>Maren Oltvik</a></div>' })).toEqual(['Maren Oltvik']);
    expect(
      bylineOf({ things: [news(person('The Hillside Post'))], top: '<p class="byline">Maren Oltvik</p>' }),
    ).toEqual(['Maren Oltvik']);
    expect(bylineOf({ things })).toEqual(['Brenkoval Courier']);
  });

  it('names an agency before the site when nobody signs', () => {
    const things = [news({ '@type': 'Organization', name: 'Brenkoval Courier' })];
    expect(bylineOf({ things, top: '<p class="byline">By Associated Press</p>' })).toEqual(['Associated Press']);
  });

  it('drops houses beside persons, and keeps agency signs', () => {
    expect(bylineOf({ things: [news([person('Maren Oltvik'), person('The Hillside Post')])] })).toEqual([
      'Maren Oltvik',
    ]);
    expect(bylineOf({ things: [news([person('Maren Oltvik'), person('dpa')])] })).toEqual(['Maren Oltvik', 'dpa']);
  });

  it('drops desks and places beside full names', () => {
    expect(bylineOf({ things: [news([person('Maren Oltvik'), person('Hardware')])] })).toEqual(['Maren Oltvik']);
    expect(bylineOf({ things: [news([person('TOM FISK'), person('AP Auto Writer')])] })).toEqual(['TOM FISK']);
  });

  it('takes the fuller list of the page when structured data names the first alone', () => {
    const top = '<p>By <a rel="author">Maren Oltvik</a> and <a rel="author">Jonas Brekke</a></p>';
    expect(bylineOf({ things: [news(person('Maren Oltvik'))], top })).toEqual(['Maren Oltvik', 'Jonas Brekke']);
  });

  it('reads elements of one kind as one name each', () => {
    const top =
      '<div class="byline"><span class="name">Maren Oltvik</span> <span class="name">Anna Lisa Fjeld</span> <span class="role">Chief Sports Writer</span></div>';
    expect(bylineOf({ top })).toEqual(['Maren Oltvik', 'Anna Lisa Fjeld']);
  });

  it('does not take authors of other articles', () => {
    const bottom =
      '<div class="more"><h3>More</h3><ul><li><a href="/a">Harbour dredged</a> <span rel="author">Ida Solheim</span></li></ul></div>';
    const top = '<p>By <a rel="author">Maren Oltvik</a></p>';
    expect(bylineOf({ top, bottom })).toEqual(['Maren Oltvik']);
    expect(bylineOf({ head: '<meta name="author" content="Maren Oltvik">', bottom })).toEqual(['Maren Oltvik']);
  });

  it('reads a card of "Written by" and none of reading time', () => {
    const written =
      '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Maren Oltvik">';
    const time =
      '<meta name="twitter:label1" content="Est. reading time"><meta name="twitter:data1" content="Three Minutes">';
    expect(bylineOf({ head: written })).toEqual(['Maren Oltvik']);
    expect(bylineOf({ head: time })).not.toContain('Three Minutes');
  });

  it.each(['Verfasst von', 'Écrit par', 'Scritto da', 'Napisane przez', 'Автор', 'Scris de', 'Skrevet av'])(
    'reads a card of %j',
    (label) => {
      const card = `<meta name="twitter:label1" content="${label}"><meta name="twitter:data1" content="Maren Oltvik">`;
      expect(bylineOf({ head: card })).toEqual(['Maren Oltvik']);
    },
  );
});

describe('a byline that only the page itself shows whole', () => {
  it('takes the second name from a line that begins with By, when the data name the first only', () => {
    const page = {
      things: [news(person('Maren Oltvik'))],
      top: '<p class="byline">By Maren Oltvik and Jonas Brekke</p>',
    };
    expect(bylineOf(page)).toEqual(['Maren Oltvik', 'Jonas Brekke']);
  });

  it('takes a name that leads to the page of an author, where nothing else signs', () => {
    const link = '<p class="x1"><a href="/authors/maren-oltvik">Maren Oltvik</a></p>';
    expect(bylineOf({ top: link })).toEqual(['Maren Oltvik']);
  });

  it.each([
    '<div class="latest-by">By <a href="/author/maren-oltvik/">Maren Oltvik</a> • December 15, 2023 12:25 pm</div>',
    '<div class="related-by">Von Maren Oltvik, 15. Dezember 2023</div>',
    '<small>posted on <time datetime="2023-12-19T23:30:00-05:00"><b>2023-12-19</b> 23:30 EST</time></small> by Maren Oltvik',
    '<div><span>Maren Oltvik&nbsp;|</span> <span>05.04.2025 - Güncelleme : 05.04.2025</span></div>',
    '<p><span>Maren Oltvik</span><span>Dec 05, 2023</span> 2 Shares 15 Views</p>',
    '<p>Maren Oltvik – 5 décembre 2023</p>',
    '<p>11.12.2023 - Maren Oltvik</p>',
    '<p>15. Dezember 2023, 12:25 Uhr | Maren Oltvik</p>',
  ])('takes the name beside the date: %s', (top) => {
    expect(bylineOf({ top })).toEqual(['Maren Oltvik']);
  });

  it.each([
    '<p>World News | 05.04.2025</p>',
    '<p>Brenkoval Courier, 5 April 2025</p>',
    '<p>Brenkoval, 5 April 2025</p>',
    '<p>Brenkoval reopens its fish market, 5 April 2025</p>',
    '<p>Fish Market Hall, 5 April 2025: how the council came to vote for the drawings</p>',
  ])('and no section, place or house beside it: %s', (top) => {
    const byline = bylineOf({ top, head: '<meta property="article:section" content="World News">' });
    expect(byline.filter((name) => name !== 'Brenkoval Courier')).toEqual([]);
  });

  it('reads a byline under a heading whose box is called header', () => {
    const heading =
      '<div class="Article--header"><h1>Brenkoval reopens its fish market</h1><div class="related"><h4>By <span>Maren Oltvik</span></h4><h4>5 days ago</h4></div></div>';
    const things = [news({ '@type': 'Organization', name: 'Brenkoval Courier' })];
    expect(bylineOf({ heading, things })).toEqual(['Maren Oltvik']);
  });

  it('adds nobody who helped to the byline beside the headline', () => {
    const page = { things: [news(person('Maren Oltvik'))], top: '<p class="byline">By Maren Oltvik</p>' };
    const text = [...paragraphs, 'Reporting by Jonas Brekke and Maren Oltvik'];
    expect(bylineOf({ ...page, text })).toEqual(['Maren Oltvik']);
  });

  it('takes no place of a paper for its author', () => {
    const tag = '<meta name="author" content="courier.example, Brenkoval, Norway">';
    expect(bylineOf({ head: tag })).toEqual(['courier.example']);
  });

  it('takes nobody for the author who made the picture', () => {
    const credit = '<div class="bildautor">Foto: SN/APA/Jonas Brekke</div>';
    expect(bylineOf({ things: [news({ '@type': 'Organization', name: 'Courier' })], top: credit })).toEqual([
      'Courier',
    ]);
  });
});

describe('a byline of structured data', () => {
  const other = (headline: string, path: string, name: string): object => ({
    '@type': 'NewsArticle',
    headline,
    url: `https://courier.example${path}`,
    datePublished: '2025-02-11T08:00:00Z',
    author: person(name),
  });

  it('is that of the page, not of articles that the page lists', () => {
    const listed = {
      '@type': 'ItemList',
      itemListElement: [{ '@type': 'ListItem', item: other('Bridge toll to rise', '/toll', 'Ida Roth') }],
    };
    const top = '<p class="byline">By Maren Oltvik</p>';
    expect(bylineOf({ things: [listed], top })).toEqual(['Maren Oltvik']);
    expect(bylineOf({ things: [other('Bridge toll to rise', '/toll', 'Ida Roth')], top })).toEqual(['Maren Oltvik']);
    const related = { ...news(person('Maren Oltvik')), isRelatedTo: other('Bridge toll to rise', '/toll', 'Ida Roth') };
    expect(bylineOf({ things: [related] })).toEqual(['Maren Oltvik']);
  });

  it('is that of a listed node which bears the headline or the address of the page', () => {
    const own = { '@type': 'NewsArticle', url: 'https://courier.example/2026/market', author: person('Maren Oltvik') };
    expect(bylineOf({ things: [{ '@type': 'ItemList', itemListElement: [own] }] })).toEqual(['Maren Oltvik']);
  });

  it('is found by its id in the graph', () => {
    const graph = {
      '@graph': [
        { '@type': 'Article', headline: 'Brenkoval reopens its fish market', author: { '@id': '#/person/1' } },
        { '@type': 'Person', '@id': '#/person/1', name: 'Maren Oltvik' },
      ],
    };
    expect(bylineOf({ things: [graph] })).toEqual(['Maren Oltvik']);
  });

  it('is read out of data that a quotation mark breaks', () => {
    const broken =
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Market "will open", says mayor","datePublished":"2026-09-15T21:40:00+02:00","author":{"@type":"Person","name":"Maren Oltvik"}}</script>';
    expect(bylineOf({ head: broken })).toEqual(['Maren Oltvik']);
  });

  it('names no photographer', () => {
    const photographer = { ...person('Petra Lund'), jobTitle: 'Photographer' };
    expect(bylineOf({ things: [news([person('Maren Oltvik'), photographer])] })).toEqual(['Maren Oltvik']);
  });

  it('is no product of the headline', () => {
    const top = '<p class="byline">By <a rel="author">Market</a></p>';
    expect(bylineOf({ top })).not.toContain('Market');
  });
});

describe('a byline that stands where few look', () => {
  it('follows the date above the headline, where sections may stand before a date', () => {
    const heading = '<h1>Brenkoval reopens its fish market</h1>';
    expect(bylineOf({ heading: `<small>04.02.2026 | 13:10 Uhr | Maren Oltvik</small>${heading}` })).toEqual([
      'Maren Oltvik',
    ]);
    expect(bylineOf({ heading: `<small>Harbour Affairs 04.02.2026</small>${heading}` })).not.toContain(
      'Harbour Affairs',
    );
  });

  it('is glued to its label, initials and all', () => {
    expect(bylineOf({ top: '<div><a href="/team/jr">ByJ.R. Oltvik</a></div>' })).toEqual(['J.R. Oltvik']);
  });

  it.each([
    ['Autorin: Uta Sternbach, Projektleiterin der Stiftung in Tunis.', ['Uta Sternbach']],
    ['Blogbeitrag von Maren Oltvik', ['Maren Oltvik']],
    ['Text von Maren Oltvik &nbsp; Illustration von Jonas Brekke', ['Maren Oltvik']],
    ['Text und Fotos: Maren Oltvik', ['Maren Oltvik']],
    ['Maren Oltvik (Text) und Jonas Brekke (Fotos)', ['Maren Oltvik']],
    ['Das Gespräch führte Maren Oltvik.', ['Maren Oltvik']],
    ['Von unserer Redakteurin Maren Oltvik', ['Maren Oltvik']],
    ['---- by Maren Oltvik', ['Maren Oltvik']],
    ['Story and photos by Maren Oltvik', ['Maren Oltvik']],
    ['Door onze verslaggever Piet de Wit', ['Piet de Wit']],
    ['testo di Marco Bellandi, foto di Elena Ricci', ['Marco Bellandi']],
    ['Texto de Ana Ribas', ['Ana Ribas']],
    ['Per Jordi Puig', ['Jordi Puig']],
  ])('is a line under the headline: %s', (line, names) => {
    const html = newsPage({ top: `<p>${line}</p>` });
    const { article } = extractArticle({ url: 'https://courier.example/2026/market', html });
    expect(article.byline).toEqual(names);
    expect(article.text).toMatch(new RegExp(`^${paragraphs[0]?.slice(0, 20)}`));
  });

  it.each([
    ['<p>Maren Oltvik</p><p>12 May 2026</p>', ['Maren Oltvik']],
    ['<p>12 May 2026</p><p>Maren Oltvik, Jonas Brekke and Liu Wei</p>', ['Maren Oltvik', 'Jonas Brekke', 'Liu Wei']],
    ['<p>Иван ПЕТРОВ</p><p>12 мая 2026</p>', ['Иван ПЕТРОВ']],
    ['<p>INÉS VALDOR / P. REYNO</p><p>12 de mayo de 2026</p>', ['INÉS VALDOR', 'P. REYNO']],
  ])('is nothing but names beside a date: %s', (top, names) => {
    const { article } = extractArticle({ url: 'https://courier.example/2026/market', html: newsPage({ top }) });
    expect(article.byline).toEqual(names);
    expect(article.text).toMatch(new RegExp(`^${paragraphs[0]?.slice(0, 20)}`));
  });

  it('is the one person whom the structured data knows, and nobody of several', () => {
    const graph = (...people: object[]): object => ({ '@graph': [{ '@type': 'WebPage' }, ...people] });
    expect(bylineOf({ things: [graph(person('Maren Oltvik'))] })).toEqual(['Maren Oltvik']);
    expect(bylineOf({ things: [graph(person('Maren Oltvik'), person('Jonas Brekke'))] })).toEqual([
      'Brenkoval Courier',
    ]);
  });

  it('comes before the name of the site as its host spells it', () => {
    const html = newsPage({
      head: '<meta name="author" content="FC Hafenfreunde">',
      top: '<p>Geschrieben von Maren Oltvik</p>',
    });
    const { article } = extractArticle({ url: 'https://hafen-freunde.example/2026/market', html });
    expect(article.byline).toEqual(['Maren Oltvik']);
  });

  it('takes no section that stands beside the name of who signs elsewhere', () => {
    const head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Maren">';
    const top = '<p>By <a rel="author" href="/maren">Maren</a>, Culture</p>';
    expect(bylineOf({ head, top })).toEqual(['Maren']);
  });
});
