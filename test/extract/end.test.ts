import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';

/** Where a text ends and what is set into it, on pages without class names, in several languages and layouts. */
const url = 'https://hafenblatt.example/news/muehle-bleibt-offen';
const title = 'Alte Mühle bleibt bis zum Frühjahr offen';
const own = [
  'Der Gemeinderat von Lindau hat am Montagabend beschlossen, die alte Mühle am Bach bis zum Frühjahr offen zu halten, obwohl das Dach an zwei Stellen undicht ist.',
  'Die Müllerin Greta Sand hatte in der Sitzung vorgerechnet, dass die Besucher des Winters die Kosten der Heizung beinahe decken und das Dach ohnehin erst im Mai gedeckt werden kann.',
  'Der Kämmerer widersprach und nannte die Rechnung gewagt, weil sie die Löhne der beiden Aushilfen weglasse, stimmte am Ende aber mit der Mehrheit für den Antrag.',
  'Im März soll eine Gruppe aus Handwerkern und Nachbarn berichten, was ein neues Dach aus Schindeln kosten würde und wer einen Teil davon bezahlen könnte.',
];
const other = [
  'Researchers on the island of Sarn have counted more puffins this summer than in any year since the lighthouse was built, and they do not yet know why.',
  'The birds nest in old rabbit holes above the landing place, where two students sat for six weeks with a telescope and a clicker in their hands.',
  'A second count is planned for the coming June, when the colony on the northern cliff is to be photographed from a boat for the first time.',
];
const answers = [
  'Ich bin als Kind dort zur Schule gegangen, das Dach war schon damals undicht.',
  'Die Aushilfen arbeiten seit Jahren ohne Vertrag, davon liest man hier kein Wort.',
  'Endlich einmal eine gute Nachricht, die Kinder werden sich im Winter freuen.',
];
const p = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('\n');
const head = `<h1>${title}</h1><p>Ida Roth</p>`;
const textOf = (body: string): string =>
  extractArticle({
    url,
    html: `<html lang="de"><head><title>${title} | Hafenblatt</title></head><body>${body}</body></html>`,
  }).article.text;
function endsAt(body: string, without: readonly string[], lines = own): void {
  const text = textOf(body);
  for (const line of lines) expect(text).toContain(line);
  for (const line of without) expect(text).not.toContain(line);
}

describe('the text ends', () => {
  const post = (heading: string, lines: readonly string[]): string =>
    `<div class="post"><div class="head">${heading}</div>${p(lines)}</div>`;
  it.each([
    ['written alike', post(`<h1>${title}</h1>`, own) + post('<h1>Puffins puzzle the island</h1>', other)],
    [
      'under a lesser heading that leads to it',
      `<article>${head}${p(own)}</article><article><h2><a href="/news/puffins">Puffins puzzle the island</a></h2>${p(other)}</article>`,
    ],
    [
      'that is signed above its headline',
      `<section><i>14.9.2026</i><h1>${title}</h1>${p(own)}</section><section><i>15.9.2026</i><h1>Puffins puzzle the island</h1>${p(other)}</section>`,
    ],
    [
      'above its own headline',
      `<article><h2>Puffins puzzle the island</h2>${p(other)}</article><article>${head}${p(own)}</article>`,
    ],
  ])('at another article %s', (_, body) => endsAt(`<main>${body}</main>`, other));

  it.each(['div', 'section'])('at another article that is dated in the last %s, where the others hold links', (box) => {
    const next = [
      'Karten gibt es in der Apotheke und ab sechs Uhr am Eingang. Verletzt wurde niemand, die Straße bleibt aber bis Freitagmittag gesperrt.',
      'Das Geld werde für neue Lager gebraucht, heißt es im Rathaus. Die Autofahrer sind verärgert, und die Bäckerei sammelt Unterschriften.',
    ];
    const links =
      '<ul><li><a href="/a">Brückenmaut steigt um zehn Cent</a></li><li><a href="/b">Bücherei öffnet länger</a></li></ul>';
    const below = `<h2>Chor singt am Sonntag für ein neues Rettungsboot</h2><div>15. September 2026, 21:40 Uhr</div>${p(next)}`;
    endsAt(
      `<main>${head}${p(own)}<${box}><h2>Mehr zum Thema</h2>${links}</${box}><${box}>${below}</${box}></main>`,
      next,
    );
  });

  it('at no section of its own', () => {
    const sections = own.map((line, n) => `<section><h2>Teil ${n} der Debatte</h2><p>${line}</p></section>`);
    endsAt(`<article><section>${head}${p(other)}</section>${sections.join('')}</article>`, []);
    endsAt(`<article>${head}${p(own)}<h2>12. März 1931</h2>${p(other)}<h2>3. Mai 1977</h2>${p(answers)}</article>`, []);
  });

  it.each([
    [
      'under a heading',
      `<h3>Kommentare (3)</h3>${answers.map((line, n) => `<p><b>Karl ${n}</b></p><p>${line}</p>`).join('')}`,
    ],
    [
      'with buttons',
      answers.map((line, n) => `<div><b>Karl ${n}</b><p>${line}</p><a href="#">Antworten</a></div>`).join(''),
    ],
    [
      'as who wrote what',
      `<dl>${answers.map((line, n) => `<dt>Karl${n} schrieb am 3. Mai:</dt><dd>${line}</dd>`).join('')}</dl>`,
    ],
    [
      'as letters',
      `<div><h4>Leserbriefe</h4><ul>${answers.map((line, n) => `<li><b>Karl ${n}</b><div>${line}</div></li>`).join('')}</ul></div>`,
    ],
  ])('at what readers wrote %s', (_, thread) => endsAt(`<article>${head}${p(own)}${thread}</article>`, answers));

  it('at no column of a table that holds comments', () => {
    const rows = answers.map((line, n) => `<tr><td>Fall ${n}</td><td>${line}</td></tr>`).join('');
    const table = `<table><tr><th>Zustand</th><th>Kommentar</th></tr>${rows}</table>`;
    endsAt(`<article>${head}${p(own.slice(0, 3))}${table}${p(own.slice(3))}</article>`, [], [...own, ...answers]);
  });

  it('at the rules for commenting', () => {
    const rules = [
      'Wir freuen uns über Ihren Kommentar auf hafenblatt.example, wenn er unsere Regeln achtet.',
      'In den Kommentaren sind Beleidigungen und Werbung nicht erlaubt.',
    ];
    endsAt(`<article>${head}${p(own)}</article><div>${p(rules)}</div>`, rules);
  });

  it('at no interview, no account of comments, no tab that opens them', () => {
    const talk = answers.map((line, n) => `<p><b>${n % 2 ? 'Sand' : 'Hafenblatt'}</b></p><p>${line}</p>`).join('');
    endsAt(`<article>${head}${p(own)}${talk}</article>`, [], [...own, ...answers]);
    endsAt(`<article>${head}${p(own)}<h2>Kommentare</h2>${p(other)}</article>`, [], [...own, ...other]);
    endsAt(`<div>${head}<p>${other[0]}</p><ul><li>Artikel</li><li>Kommentare: 3</li></ul>${p(own)}</div>`, []);
  });

  it.each([
    [
      'de',
      'Sie möchten weiterlesen?',
      'Mit dem Abo lesen Sie alle Artikel, im ersten Monat für 1 € und monatlich kündbar.',
    ],
    [
      'fr',
      'Il vous reste 70 % de l’article',
      'Abonnez-vous pour lire tous les articles, 1 € le premier mois, sans engagement.',
    ],
    ['pl', 'Czytaj dalej z prenumeratą', 'Pierwszy miesiąc za 1 zł, wszystkie artykuły bez ograniczeń.'],
    ['hr', 'Pretplatite se', 'Prvi mjesec za 1 euro, svi članci bez ograničenja, otkažite bilo kada.'],
    ['sr', 'Претплатите се', 'Први месец за 99 дин, сви чланци, откажите било када.'],
    ['sl', 'Postanite naročnik', 'Naročite se: prvi mesec brezplačno, vsi članki, prekličete lahko kadar koli.'],
    ['ro', 'Abonează-te', 'Prima lună gratuit, toate articolele, renunți oricând.'],
    ['hu', 'Feliratkozás', 'Az első hónap ingyen, minden cikk, bármikor lemondható.'],
    ['bg', 'Абонирайте се', 'Първия месец безплатно, всички статии, без ангажимент.'],
    ['sq', 'Abonohuni', 'Muajin e parë falas, të gjithë artikujt, pa detyrim.'],
    ['mk', 'Претплатете се', 'Прв месец бесплатно, сите статии, без обврски.'],
    ['el', 'Εγγραφείτε τώρα', 'Τον πρώτο μήνα δωρεάν, όλα τα άρθρα, χωρίς δέσμευση.'],
    ['uk', 'Підпишіться', 'Перший місяць безкоштовно, усі статті без обмежень.'],
    [
      'ja',
      'この記事は有料会員限定です',
      '会員登録をすると、すべての記事をお読みいただけます。初月は無料です。いつでも解約できます。',
    ],
  ])('at a plea to subscribe: %s', (_, asks, plea) =>
    endsAt(`<article>${head}${p(own)}<div><h3>${asks}</h3><p>${plea}</p></div></article>`, [plea]),
  );

  it('at no news of prices', () => {
    const prices =
      'Das Abo des Hafenblatts kostet ab Mai neun Kronen im Monat und bleibt kündbar, teilte der Verlag mit.';
    endsAt(`<article>${head}<p>${prices}</p>${p(own)}</article>`, [], [prices, ...own]);
  });

  it('at headlines with excerpts in boxes, or in one line each, and at a ticker', () => {
    const boxes = other.map((line, n) => `<div><a href="/n/${n}">Mehr von der Insel ${n}</a><div>${line}</div></div>`);
    endsAt(`<article>${head}${p(own)}<h2>Mehr</h2>${boxes.join('')}</article>`, other);
    const lines = other.map((line, n) => `<li><a href="/n/${n}">Mehr von der Insel ${n}</a> - ${line}</li>`);
    endsAt(`<article>${head}${p(own)}</article><div><ul>${lines.join('')}</ul></div>`, other);
    const ticker = other.map((line, n) => `<p><b>1${n}:30</b> ${line}</p>`);
    endsAt(`<article>${head}${p(own)}</article><div>${ticker.join('')}</div>`, other);
  });

  it('at no list of places on other sites', () => {
    const places = other.map(
      (line, n) => `<div><h3><a href="https://inn${n}.example/">Gasthof am Hafen ${n}</a></h3><p>${line}</p></div>`,
    );
    endsAt(`<article>${head}${p(own)}${places.join('')}</article>`, [], [...own, ...other]);
  });
});

describe('a notice on cookies', () => {
  const purposes = Array.from(
    { length: 12 },
    (_, n) =>
      `Zweck ${n}: Wir und unsere Partner speichern Cookies auf Ihrem Endgerät, um den Inhalt Nummer ${n} zu messen.`,
  );
  it('is no text above the headline, be it the longest on the page', () => {
    endsAt(`<div><p>Ihre Wahl</p>${p(purposes)}</div><article>${head}${p(own)}</article>`, ['Zweck 3']);
  });
  it('is the text where the headline says so', () => {
    endsAt(`<article>${head}${p([...purposes.slice(0, 2), ...own])}</article>`, [], [...purposes.slice(0, 2), ...own]);
  });
});

describe('inside of the text', () => {
  it.each([
    [
      'who is quoted',
      '<blockquote><p>Die Mühle ist älter als wir alle und wird uns überleben.</p><p>— Per Lund, Fährmann</p></blockquote>',
      ['Per Lund, Fährmann'],
    ],
    [
      'a table in a figure',
      '<figure><table><tr><td>Hafen Rovers</td><td>3</td></tr><tr><td>Kai Lindau</td><td>0</td></tr></table><figcaption>Samstag</figcaption></figure>',
      ['Hafen Rovers', 'Kai Lindau'],
    ],
    [
      'a closed answer',
      '<h3><button aria-controls="a1">Wer zahlt?</button></h3><div id="a1" hidden><p>Ein Drittel zahlt der Hafen, wie sein Vorstand am Montag bestätigt hat.</p></div>',
      ['Ein Drittel zahlt der Hafen'],
    ],
  ])('stays %s', (_, inner, lines) =>
    endsAt(`<article>${head}${p(own.slice(0, 2))}${inner}${p(own.slice(2))}</article>`, [], [...own, ...lines]),
  );

  it('stays a how-to below it', () => {
    const steps =
      '<h2>Zutaten</h2><ul><li>300 g Aal</li><li>2 Zwiebeln</li></ul><h2>So geht es</h2><ol><li>Die Zwiebeln langsam in Butter braten.</li></ol>';
    endsAt(`<article>${head}${p(own)}<div>${steps}</div></article>`, [], [...own, '300 g Aal', 'langsam in Butter']);
  });

  it('stays what a link was left open around', () => {
    endsAt(`${head}<a href="/foto"><div>${p(own)}</div>`, []);
  });
});

describe('what stands in a box of its own', () => {
  it.each([
    ['Sie haben drei von fünf freien Artikeln gelesen. Jetzt abonnieren und unbegrenzt lesen.'],
    ['You have read two of four free articles this month. Subscribe now for full access.'],
    ['Mai aveți 2 articole gratuite luna aceasta. Abonați-vă pentru a continua.'],
    ['Ebben a hónapban már 4 ingyenes cikket olvasott az 5-ből. Fizessen elő!'],
    ['Czytasz ostatni z pięciu bezpłatnych artykułów. Wykup prenumeratę.'],
    ['您本月已阅读五篇免费文章中的三篇，请立即订阅。'],
  ])('asks to subscribe, and is no text: %s', (plea) => {
    const box = `<div><p>${plea}</p></div>`;
    endsAt(`<article>${head}${p(own.slice(0, 2))}${box}${p(own.slice(2))}</article>`, [plea]);
    endsAt(`<article>${head}${p(own)}</article>${box}`, [plea]);
  });

  it('asks for consent to cookies, and is no text', () => {
    const asked = 'Wir und unsere Partner verwenden Cookies, um Ihnen persönliche Inhalte zu zeigen.';
    const box = `<div><p>${asked}</p><button>OK</button></div>`;
    endsAt(`<article>${head}${p(own)}${box}</article>`, [asked]);
    const told =
      'Die Stadt und ihre Partner verwenden Cookies, so der Datenschützer, und fragen dabei nach keiner Zustimmung.';
    endsAt(`<article>${head}${p([...own, told])}</article>`, [], [...own, told]);
  });

  it('is text where it tells of a subscription among the paragraphs', () => {
    const told = 'Wer das Blatt abonniert, so der Verleger, könne alle Artikel lesen, auch die über die alte Mühle.';
    endsAt(`<article>${head}${p([...own, told])}</article>`, [], [...own, told]);
  });

  it('tells of the author, be the text above it a brief', () => {
    const [line = ''] = own;
    const box = (life: string): string => `<div><h4>Ida Roth</h4><div>${life}</div></div>`;
    const life = 'Ida Roth ist Redakteurin des Hafenblatts und schreibt über Mühlen und Bäche.';
    endsAt(`<article>${head}<p>${line}</p>${box(life)}</article>`, [life], [line]);
    // Who only stands in the news is no author.
    const news = 'Greta Sand will die Mühle im Winter an jedem Sonntag öffnen und Kuchen backen.';
    endsAt(`<article>${head}<p>${line}</p><h4>Greta Sand</h4><p>${news}</p></article>`, [], [line, news]);
  });

  it('is the next article, be its heading a lesser one and this text a brief', () => {
    const next = `<div><h3>Puffins puzzle the island</h3><div>14 September 2026</div>${p(other.slice(0, 2))}</div>`;
    endsAt(`<main><div>${head}${p(own)}</div>${next}</main>`, other.slice(0, 2));
    endsAt(`<main><div>${head}${p(own.slice(0, 3))}</div>${next}</main>`, other.slice(0, 2), own.slice(0, 3));
  });

  it('is a day of this text where there are several', () => {
    const day = (name: string, lines: readonly string[]): string =>
      `<div><h3>${name}</h3><div>14 September 2026</div>${p(lines)}</div>`;
    const days = day('Der erste Tag im Rathaus', own.slice(0, 2)) + day('Der zweite Tag im Rathaus', own.slice(2));
    endsAt(`<article>${head}${p(answers)}${days}</article>`, []);
  });
});

describe('beside a text without class names', () => {
  const [first = '', second = '', ...rest] = own;
  const inside = (box: string): string => `<div>${head}${p([first, second])}${box}${p(rest)}</div>`;

  it('the next article is none of a brief in few long words', () => {
    const brief = [
      'Akçasu belediye meclisi salı akşamı üç saat süren tartışmanın ardından feribotun bütün kış boyunca seferlerini sürdürmesine karar verdi.',
      'Tekne 1931 yılından bu yana balık pazarı ile kuzey iskelesi arasında öğrencileri, hastanede çalışan hemşireleri ve sebze kasalarını taşıyor.',
      'Reddedilen öneriye göre seferler kasımdan marta kadar durdurulacak, yolcular ise elli dakika süren bir otobüse binmek zorunda kalacaktı.',
    ];
    const next = `<div><h1>Koro pazar günü can kurtaran botu için söylüyor</h1><div>15 Eylül 2026</div>${p(other)}</div>`;
    const author =
      '<div><img src="/a.jpg"><b>Ayşe Demir</b><p>Ayşe Demir 2014’ten beri gazetecilik yapıyor ve limanda yaşıyor.</p></div>';
    for (const below of [next, next + author])
      endsAt(`<section><h1>${title}</h1><div>Haber: Ayşe Demir</div>${p(brief)}${below}</section>`, other, brief);
  });

  it.each([
    [
      'an advert under its label',
      '<div><p>Anzeige</p><h4><a href="https://ads.example/1">Zehn Wege, am Boot zu sparen</a></h4><p>Die Hafenversicherung bietet Schutz für kleine Boote ab neun Euro in der Woche.</p></div>',
      ['Zehn Wege', 'Hafenversicherung'],
    ],
    [
      'a field to sign up',
      '<div><h4>Der Hafenbrief</h4><p>Die besten Geschichten jeden Freitag per E-Mail in Ihrem Postfach.</p><input type="email"></div>',
      ['Hafenbrief', 'jeden Freitag'],
    ],
    [
      'a poll and its votes',
      '<div><p>Soll die Mühle offen bleiben?</p><ul><li>Ja, immer</li><li>Nur im Sommer</li></ul><p>1.204 Stimmen</p></div>',
      ['Soll die Mühle', 'Nur im Sommer', '1.204'],
    ],
    [
      'a summary that ends in who made it',
      '<div><p>Das Wichtigste</p><ul><li>Die Mühle bleibt offen</li><li>Das Dach wird gedeckt</li></ul><p>Diese Übersicht ist eine KI-Zusammenfassung</p></div>',
      ['KI-Zusammenfassung', 'Dach wird gedeckt'],
    ],
    [
      'a sentence that the text says in its place',
      '<div><p>„dass die Besucher des Winters die Kosten der Heizung beinahe decken“</p></div>',
      ['„dass die Besucher'],
    ],
  ])('%s is none of it', (_, box, without) => endsAt(inside(box), without));

  it.each([
    'Jonas Brekke berichtet seit 2014 aus dem Rathaus und wohnt am Hafen.',
    'Jonas Brekke writes about harbours and lives near the quay with two cats.',
    'Inés Valdor escribe sobre la costa desde 2014 y vive cerca del muelle.',
    'Јонас Брекe пише о луци од 2014. године и живи близу пристаништа.',
    'Ayşe Demir 2014’ten beri belediye haberlerini yazıyor ve limanda yaşıyor.',
    '雅娜·霍尔姆自2014年起报道市政厅，住在港口附近。',
  ])('a note on a writer without a profession is none of it: %s', (life) =>
    endsAt(`<div><h1>${title}</h1>${p([...own, life])}</div>`, [life]),
  );

  it.each([
    '我们和合作伙伴使用Cookie向您展示个性化内容，您可以随时更改选择，或查看详细的说明。',
    'Biz ve ortaklarımız size uygun içerik göstermek için çerez kullanıyoruz, seçiminizi değiştirebilirsiniz.',
    'Mi és partnereink sütiket használunk; hozzájárulását bármikor visszavonhatja az adatvédelmi oldalon.',
  ])('a notice on cookies in the language’s own word is none of it: %s', (notice) =>
    endsAt(`<main><div>${head}${p(own)}</div><div><p>${notice}</p><button>OK</button></div></main>`, [notice]),
  );

  it('a section of the text behind a slot for adverts is part of it', () => {
    const section = (heading: string, line: string): string =>
      `<div><p>Anzeige</p><h2>${heading}</h2><p>${line}</p></div>`;
    const sections = rest.map((line, n) => section(`Teil ${n} der Debatte`, line));
    endsAt(`<div>${head}${p([first, second])}</div>${sections.join('')}`, []);
  });

  it('who wrote it is told below it, though the page names nobody', () => {
    const life = 'Jonas Brekke ist freier Journalist und schreibt seit 2014 über Häfen und das Handwerk am Wasser.';
    endsAt(`<div><h1>${title}</h1>${p([...own, life])}</div>`, [life]);
    // Somebody of whom the text speaks.
    const speaks = 'Greta Sand ist freie Journalistin gewesen und schreibt heute nur noch die Rechnungen der Mühle.';
    endsAt(`<div><h1>${title}</h1>${p([...own, speaks])}</div>`, [], [...own, speaks]);
  });
});
