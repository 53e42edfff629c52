import { describe, expect, it } from 'vitest';
import { rules } from '../../src/extract/boilerplate/boilerplate.ts';
import { extractArticle } from '../../src/extract/extract.ts';

const headline = 'Kolpa opens a second bridge over the Varn';
const text = [
  'Kolpa opened its second bridge over the Varn on Saturday, four years after the council had first asked for the money, and without the tram that was once promised.',
  'The mayor, Ana Tervan, cut a rope of wool instead of a ribbon, since the last weaving mill of the town had asked her to, and walked across with two hundred guests.',
  'Drivers will pay nothing before the summer; after that a crossing costs two crowns, half of what the ferry takes, which is to stop running at the end of the year.',
  'The ferryman said that he had seen it coming since the first drawings were shown in the town hall, and that he would rather mend boats than count cars anyway.',
  'Engineers closed the northern lane again on Sunday for some hours, to look at a joint that had made more noise than they liked, but found nothing wrong with it.',
  'A party for those who built the bridge is planned for the first Friday of May, on the meadow below the mill, if the river keeps as low as it has been this spring.',
];

/** A page with one piece of boilerplate before the text, among its paragraphs or after it. */
function pageWith(boilerplate: string, place: Place): string {
  const lines = text.map((line) => `<p>${line}</p>`);
  const [before, inside, after] = ['before', 'inside', 'after'].map((here) => (here === place ? boilerplate : ''));
  return `<html><head><title>${headline} - Kolpa Post</title><meta property="og:title" content="${headline}"><meta property="og:type" content="article">
<meta property="og:site_name" content="Kolpa Post"><meta name="author" content="Maren Oltvik"></head><body><nav><a href="/">Kolpa Post</a></nav>
<article><h1>${headline}</h1><div class="story-body">${before}${lines.slice(0, 3).join('')}${inside}${lines.slice(3).join('')}${after}</div></article></body></html>`;
}

type Place = 'before' | 'inside' | 'after';
const p = (line: string): string => `<p>${line}</p>`;
const link = (line: string): string => `<p><a href="/x">${line}</a></p>`;
const list = (lines: readonly string[]): string =>
  `<ul>${lines.map((line) => `<li><a href="/x">${line}</a></li>`).join('')}</ul>`;

/** For each rule: where the boilerplate stands, its markup, and the lines of it that the rule must find and the text must not hold. */
const cases: Readonly<Record<string, readonly (readonly [Place, string, readonly string[]])[]>> = {
  'repeated-title': [
    ['before', `<h2>${headline}</h2>`, [headline]],
    ['before', p('Kolpa opens a second bridge over the Varn!'), ['Kolpa opens a second bridge over the Varn!']],
  ],
  'repeated-line': [['inside', `<blockquote><p>${text[1]}</p></blockquote>`, []]],
  byline: [
    ['before', p('By Maren Oltvik'), ['By Maren Oltvik']],
    ['before', p('Von Maren Oltvik'), ['Von Maren Oltvik']],
    ['before', p('Автор: Maren Oltvik'), ['Автор: Maren Oltvik']],
    ['after', p('Maren Oltvik, Kolpa Post staff'), ['Maren Oltvik, Kolpa Post staff']],
  ],
  'closing-name': [['after', p('Jana Horvat'), ['Jana Horvat']]],
  'opening-name': [
    ['before', p('Jana Horvat'), ['Jana Horvat']],
    ['before', p('Jana Horvat, Liu Wei und T. Brekke'), ['Jana Horvat, Liu Wei und T. Brekke']],
  ],
  date: [
    ['before', p('Published 12 March 2026, 10:15'), ['Published 12 March 2026, 10:15']],
    ['before', p('Veröffentlicht am 12.03.2026 um 10:15'), ['Veröffentlicht am 12.03.2026 um 10:15']],
    ['before', p('Publicado el 12 de marzo de 2026'), ['Publicado el 12 de marzo de 2026']],
    ['before', p('2026年3月12日'), ['2026年3月12日']],
  ],
  breadcrumb: [
    ['before', '<div><a href="/">Home</a> › <a href="/r">Region</a> › Bridge</div>', ['Home › Region › Bridge']],
    [
      'before',
      '<div><a href="/">Startseite</a> » <a href="/r">Land</a> » Brücke</div>',
      ['Startseite » Land » Brücke'],
    ],
  ],
  'headline-list': [
    [
      'after',
      list([
        'Ferry timetable changes again after complaints',
        'Storm warnings along the northern coast',
        'Mill to close in spring',
      ]),
      [
        'Ferry timetable changes again after complaints',
        'Storm warnings along the northern coast',
        'Mill to close in spring',
      ],
    ],
  ],
  'plain-headlines': [
    [
      'after',
      [
        'Ferry timetable changes again',
        'Storm warnings along the coast',
        'Mill of Ostmark to close in spring',
        'Choir looks for two tenors',
      ]
        .map((line) => `<div>${line}</div>`)
        .join(''),
      ['Ferry timetable changes again', 'Storm warnings along the coast', 'Mill of Ostmark to close in spring'],
    ],
  ],
  'lead-in': [
    [
      'inside',
      '<p><strong>READ: </strong><a href="/x">Five towns that lost their ferries</a></p>',
      ['READ: Five towns that lost their ferries'],
    ],
    ['inside', link('Lesen Sie auch: Fünf Städte ohne Fähre'), ['Lesen Sie auch: Fünf Städte ohne Fähre']],
    ['inside', link('À lire aussi : cinq villes sans bac'), ['À lire aussi : cinq villes sans bac']],
    ['inside', link('Lea también: cinco pueblos sin barca'), ['Lea también: cinco pueblos sin barca']],
    ['inside', link('Czytaj też: Pięć miast bez promu'), ['Czytaj też: Pięć miast bez promu']],
    ['inside', link('Читайте также: Пять городов без парома'), ['Читайте также: Пять городов без парома']],
    ['inside', link('Pročitajte i: Pet gradova bez skele'), ['Pročitajte i: Pet gradova bez skele']],
    ['inside', link('اقرأ أيضا: خمس مدن بلا عبّارة'), ['اقرأ أيضا: خمس مدن بلا عبّارة']],
    ['inside', link('関連記事：渡し船のない五つの町'), ['関連記事：渡し船のない五つの町']],
  ],
  'related-block': [
    [
      'inside',
      '<div><h4>Keep Reading</h4><a href="/a">Storm warnings issued along the coast</a><br><a href="/b">Ferry timetable changes again</a></div>',
      ['Keep Reading', 'Storm warnings issued along the coast', 'Ferry timetable changes again'],
    ],
    [
      'after',
      `<h4>Související</h4>${list(['Přívoz znovu mění jízdní řád', 'Mlýn v Ostmarku se zavírá'])}`,
      ['Související', 'Přívoz znovu mění jízdní řád'],
    ],
  ],
  advert: [
    ['inside', p('Advertisement'), ['Advertisement']],
    ['inside', p('Anzeige'), ['Anzeige']],
    ['inside', p('Publicidad'), ['Publicidad']],
    ['inside', p('Реклама'), ['Реклама']],
    ['inside', p('広告'), ['広告']],
  ],
  newsletter: [
    ['after', p('Sign up for our newsletter'), ['Sign up for our newsletter']],
    ['after', p('Jetzt unseren Newsletter abonnieren'), []],
    ['after', p('Inscrivez-vous à notre newsletter'), ['Inscrivez-vous à notre newsletter']],
    [
      'after',
      '<div class="newsletter-signup"><p>The valley every morning, free of charge.</p></div>',
      ['The valley every morning, free of charge.'],
    ],
  ],
  share: [
    ['before', '<div>Share on Facebook</div>', ['Share on Facebook']],
    ['before', '<div>Teilen</div>', ['Teilen']],
    ['before', '<div>Compartir</div>', ['Compartir']],
    ['before', '<div>Поделиться</div>', ['Поделиться']],
  ],
  comments: [
    ['after', '<h3>Leave a Reply</h3>', ['Leave a Reply']],
    [
      'after',
      p('Your email address will not be published. Required fields are marked *'),
      ['Your email address will not be published. Required fields are marked *'],
    ],
    ['after', '<h3>Schreiben Sie einen Kommentar</h3>', ['Schreiben Sie einen Kommentar']],
  ],
  wall: [
    ['after', p('Already a subscriber? Log in'), ['Already a subscriber? Log in']],
    ['after', p('Cet article est réservé aux abonnés'), ['Cet article est réservé aux abonnés']],
  ],
  media: [
    ['inside', '<div>Back to gallery</div>', ['Back to gallery']],
    ['inside', '<div>1 of 12</div>', ['1 of 12']],
    ['inside', '<div>Zur Galerie</div>', ['Zur Galerie']],
  ],
  caption: [
    [
      'inside',
      '<figure><img src="/b.jpg" alt=""><figcaption>The bridge seen from the mill</figcaption></figure>',
      ['The bridge seen from the mill'],
    ],
    [
      'inside',
      '<figure><img src="/b.jpg" alt=""><div>Die Brücke von der Mühle aus</div></figure>',
      ['Die Brücke von der Mühle aus'],
    ],
  ],
  credit: [
    ['inside', '<div>Photo: Jana Horvat</div>', ['Photo: Jana Horvat']],
    [
      'inside',
      '<div>The bridge on Saturday / Source: Town archive</div>',
      ['The bridge on Saturday / Source: Town archive'],
    ],
    ['inside', '<div>Foto: Jana Horvat/AFP</div>', ['Foto: Jana Horvat/AFP']],
    ['inside', '<div>Фото: Яна Хорват</div>', ['Фото: Яна Хорват']],
  ],
  copyright: [
    [
      'after',
      p('Copyright © 2026 Kolpa Post. All rights reserved.'),
      ['Copyright © 2026 Kolpa Post. All rights reserved.'],
    ],
    ['after', p('Alle Rechte vorbehalten'), ['Alle Rechte vorbehalten']],
    ['after', p('Все права защищены'), ['Все права защищены']],
    ['after', p('無断転載を禁じます'), ['無断転載を禁じます']],
  ],
  'agency-signature': [
    [
      'after',
      p('(Reporting by Jana Horvat; Editing by Ana Tervan)'),
      ['(Reporting by Jana Horvat; Editing by Ana Tervan)'],
    ],
  ],
  tags: [
    [
      'after',
      '<div><b>Topics:</b> <a href="/t/bridge">bridge</a>, <a href="/t/kolpa">Kolpa</a></div>',
      ['Topics: bridge, Kolpa'],
    ],
    ['after', '<div>#bridge #kolpa</div>', ['#bridge #kolpa']],
    [
      'after',
      '<div>Schlagworte: <a href="/t/b">Brücke</a>, <a href="/t/k">Kolpa</a></div>',
      ['Schlagworte: Brücke, Kolpa'],
    ],
  ],
  bio: [
    [
      'after',
      p('Maren Oltvik is a reporter at the Kolpa Post and writes about rivers and those who cross them.'),
      ['Maren Oltvik is a reporter at the Kolpa Post and writes about rivers and those who cross them.'],
    ],
    ['after', '<h4>Über den Autor</h4>', ['Über den Autor']],
  ],
  'author-note': [
    [
      'after',
      p('Maren Oltvik covers rivers and their crossings for the Kolpa Post.'),
      ['Maren Oltvik covers rivers and their crossings for the Kolpa Post.'],
    ],
  ],
  disclaimer: [
    [
      'after',
      p('Disclaimer: the views expressed are those of the writer and do not necessarily reflect those of this paper.'),
      ['Disclaimer: the views expressed are those of the writer and do not necessarily reflect those of this paper.'],
    ],
  ],
  consent: [
    [
      'after',
      '<div class="cookie-consent"><p>We and our partners keep small files on your device to learn how this page is read, and you may say no to that at any time.</p></div>',
      [
        'We and our partners keep small files on your device to learn how this page is read, and you may say no to that at any time.',
      ],
    ],
  ],
  'foreign-box': [
    [
      'inside',
      '<div class="visually-hidden"><p>This part of the page is for machines that read aloud, and says once more what the picture above it shows.</p></div>',
      ['This part of the page is for machines that read aloud, and says once more what the picture above it shows.'],
    ],
    [
      'inside',
      '<div class="privacy-modal"><p>You have the right to ask us what we keep of you, and to have it taken away, within thirty days of writing to us.</p></div>',
      [
        'You have the right to ask us what we keep of you, and to have it taken away, within thirty days of writing to us.',
      ],
    ],
  ],
  captioned: [
    [
      'inside',
      '<div class="gallery-item__caption"><p>The northern pier in the fog of a January morning.</p></div>',
      ['The northern pier in the fog of a January morning.'],
    ],
  ],
  'related-link': [
    [
      'inside',
      '<div class="related-story"><a href="/x">Ferry of Ostmark sold for one crown</a></div>',
      ['Ferry of Ostmark sold for one crown'],
    ],
  ],
  contents: [
    [
      'before',
      '<p><a href="#money">Who pays for it</a></p><p><a href="#tram">What became of the tram</a></p><p><a href="#ferry">The end of the ferry</a></p>',
      ['Who pays for it', 'What became of the tram', 'The end of the ferry'],
    ],
    [
      'inside',
      '<ul><li><a href="#money">Who pays for the new bridge?</a></li><li><a href="#tram">What became of the tram, and why?</a></li><li>3. <a href="#ferry">When does the ferry stop?</a></li></ul>',
      ['Who pays for the new bridge?', 'What became of the tram, and why?', '3. When does the ferry stop?'],
    ],
  ],
  thread: [],
  'embed-label': [
    [
      'inside',
      '<blockquote class="instagram-media"><a href="/i">View this post on Instagram</a><p>A post shared by Kolpa Ferry (@kolpaferry)</p></blockquote>',
      ['View this post on Instagram', 'A post shared by Kolpa Ferry (@kolpaferry)'],
    ],
    [
      'inside',
      '<blockquote class="instagram-media"><a href="/i">Sieh dir diesen Beitrag auf Instagram an</a></blockquote>',
      ['Sieh dir diesen Beitrag auf Instagram an'],
    ],
  ],
};

describe('boilerplate rules', () => {
  it('have at least one case each', () => {
    for (const { name } of rules) if (name !== 'thread') expect(cases[name]?.length ?? 0, name).toBeGreaterThan(0);
    expect(Object.keys(cases).sort()).toEqual(rules.map(({ name }) => name).sort());
  });

  for (const [rule, pages] of Object.entries(cases))
    for (const [place, boilerplate, lines] of pages)
      it(`${rule}: ${lines[0] ?? boilerplate.replace(/<[^>]*>/g, '').slice(0, 50)}`, () => {
        const { article, explain } = extractArticle(
          { url: 'https://post.example/2026/bridge', html: pageWith(boilerplate, place) },
          { explain: true },
        );
        expect(article.text.split('\n')).toEqual(text);
        for (const line of lines) {
          const block = explain?.blocks.find((each, i) => each.text === line && !(rule === 'repeated-title' && i < 2));
          expect(block?.rules, line).toContain(rule);
        }
      });

  it('thread: comments below the text are none of it, be they longer than it', () => {
    const voice =
      'I have crossed that river twice a day for thirty years, and nobody ever asked me whether I wanted a bridge instead of the ferry.';
    const voices = Array.from(
      { length: 30 },
      (_, i) => `<div class="comment-body"><p>${voice} ${i}, as I said before, and I will say it again.</p></div>`,
    );
    const html = pageWith('', 'after').replace(
      '</div></article>',
      `</div></article><div class="comment-list">${voices.join('')}</div>`,
    );
    const { article, explain } = extractArticle({ url: 'https://post.example/2026/bridge', html }, { explain: true });
    expect(article.text.split('\n')).toEqual(text);
    expect(explain?.blocks.filter(({ rules: names }) => names.includes('thread'))).toHaveLength(30);
  });
});

describe('a line that stands more than once', () => {
  it('is left where the author says it again', () => {
    const question = 'What would you tell somebody who crosses the river for the first time?';
    const interview = [0, 2, 4].map((n) => p(question) + p(text[n] ?? '') + p(text[n + 1] ?? '')).join('');
    const html = pageWith('', 'before').replace(/<p>.*<\/p>/s, interview);
    const { article } = extractArticle({ url: 'https://post.example/2026/bridge', html });
    expect(article.text.split('\n').filter((line) => line === question)).toHaveLength(3);
  });
});
