import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';

/** Kinds of pages after public reports on extraction, in our own words: each with neighbours in other languages, layouts and orders. */
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
const p = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('\n');
const page = (body: string, head = ''): string =>
  `<!doctype html><html lang="de"><head><meta charset="utf-8"><title>${title} | Hafenblatt</title><meta property="og:type" content="article"><meta property="og:title" content="${title}">${head}</head>
<body><header><nav><ul><li><a href="/a">Stadt</a></li><li><a href="/b">Sport</a></li></ul></nav></header><main>${body}</main><footer><p>© 2026 Hafenblatt</p></footer></body></html>`;
const headline = `<h1>${title}</h1><p class="byline">Von Ida Roth</p>`;
const read = (html: string) => extractArticle({ url, html }).article;
const holdsAll = (text: string, lines: readonly string[]): void => {
  for (const line of lines) expect(text).toContain(line);
};
const holdsNone = (text: string, lines: readonly string[]): void => {
  for (const line of lines) expect(text).not.toContain(line);
};

describe('the end of the text', () => {
  const signed = '<p class="byline">By Nils Aberg</p><p>14 September 2026</p>';
  it.each([
    [
      'in an article of its own',
      `<article>${headline}${p(own)}</article><article><h1>Puffins puzzle the island</h1>${signed}${p(other)}</article>`,
    ],
    ['flat below the first', `<div>${headline}${p(own)}<h1>Puffins puzzle the island</h1>${signed}${p(other)}</div>`],
    [
      'longer than the first',
      `<article>${headline}${p(own.slice(0, 3))}</article><section><h1>Puffins puzzle the island</h1>${signed}${p([...other, ...own.slice(3)])}</section>`,
    ],
  ])('comes before a second article %s', (_, body) => {
    const { text } = read(page(body));
    holdsAll(text, own.slice(0, 3));
    holdsNone(text, other);
  });

  it('comes before an article that the structured data names as another', () => {
    const list = {
      '@type': 'ItemList',
      itemListElement: [{ '@type': 'NewsArticle', headline: 'Puffins puzzle the island' }],
    };
    const body = `<article>${headline}${p(own)}</article><div><h2>Puffins puzzle the island</h2>${p(other)}</div>`;
    holdsNone(read(page(body, `<script type="application/ld+json">${JSON.stringify(list)}</script>`)).text, other);
  });

  it('leaves h1 that are sub-headings', () => {
    const { text } = read(
      page(
        `<article>${headline}${p(own.slice(0, 2))}<h1>Das Geld</h1>${p(own.slice(2, 3))}<h1>Das Dach</h1>${p(own.slice(3))}</article>`,
      ),
    );
    holdsAll(text, [...own, 'Das Geld', 'Das Dach']);
  });

  const teaser = (line: string, index: number): string =>
    `<h3><a href="/m/${index}">Mehr von der Insel ${index}</a></h3><p>${line}</p>`;
  it.each([
    ['in boxes', other.map((line, index) => `<div class="item">${teaser(line, index)}</div>`).join('')],
    ['in a list', `<ul>${other.map((line, index) => `<li>${teaser(line, index)}</li>`).join('')}</ul>`],
    ['one after the other', other.map(teaser).join('')],
  ])('comes before headlines with excerpts %s', (_, teasers) => {
    const { text } = read(
      page(`<article>${headline}${p(own)}</article><section><h2>Mehr vom Meer</h2>${teasers}</section>`),
    );
    holdsAll(text, own);
    holdsNone(text, [...other, 'Mehr vom Meer']);
  });

  it('comes before what readers wrote, whatever its classes are called', () => {
    const written = other
      .map((line) => `<div><b>Kim</b> <span>vor 3 Stunden</span><p>${line}</p><a href="#r">Antworten</a></div>`)
      .join('');
    const { text } = read(page(`<article>${headline}${p(own)}</article><div>${written}</div>`));
    holdsAll(text, own);
    holdsNone(text, other);
  });

  describe('of a brief that others surround', () => {
    const brief = own.slice(0, 2);
    const many = [...other, ...own.slice(2), ...other.map((line) => `Elsewhere, too: ${line}`)];
    const teasers = (item: (line: string, index: number) => string): string => many.map(item).join('');
    const linked = (line: string, index: number): string => `<a href="/n/${index}">${line.split(' ', 6).join(' ')}</a>`;
    const cases: Readonly<Record<string, (list: string) => string>> = {
      'below it': (list) => `<div>${headline}${p(brief)}</div>${list}`,
      'above it, as old layouts set their left column': (list) => `${list}<div>${headline}${p(brief)}</div>`,
    };
    const lists: Readonly<Record<string, string>> = {
      'excerpts in a list': `<ul>${teasers((line, i) => `<li>${linked(line, i)}<div class="t">${line}</div></li>`)}</ul>`,
      'two lines of excerpt': `<ul>${teasers((line, i) => `<li>${linked(line, i)}<p>Ein Bericht in fünf Teilen</p><p>${line}</p></li>`)}</ul>`,
      'excerpts with a time': `<div>${teasers((line, i) => `<div class="n"><h2>${linked(line, i)}</h2><p>${line}</p><span>Heute, 7:3${i}</span></div>`)}</div>`,
      'cells of a table': `<table>${teasers((line, i) => `<tr><td>${linked(line, i)}<br>${line}</td></tr>`)}</table>`,
    };
    for (const [place, body] of Object.entries(cases))
      it.each(Object.entries(lists))(`is found with %s ${place}`, (_, list) => {
        const { text } = read(page(body(list)));
        holdsAll(text, brief);
        holdsNone(text, many);
      });

    const replies = (label: string): string =>
      many.map((line) => `<div><b>Kim</b><p>${line}</p><a href="#r">${label}</a></div>`).join('');
    const dated = many
      .map((line, i) => `<li class="${i % 2 ? 'alt' : 'row'}"><i>Kim, 12.03.2012 - 1${i}:2${i}</i><p>${line}</p></li>`)
      .join('');
    it.each([
      ['with a button to answer', `<div><h3>Meinungen</h3>${replies('Odpowiedz')}</div>`],
      ['with a time', `<div class="comments"><p>5 Kommentare</p><ul>${dated}</ul></div>`],
    ])('is found above longer comments %s', (_, comments) => {
      const { text } = read(page(`<article>${headline}${p(brief)}</article>${comments}`));
      holdsAll(text, brief);
      holdsNone(text, many);
    });
  });

  it.each([
    ['h1', 'aside'],
    ['h2', 'article'],
    ['h1', 'div'],
  ])('goes on behind the card of another article between its columns: %s in %s', (level, box) => {
    const own1 = level === 'h1' ? headline : `<h2>${title}</h2><p class="byline">Von Ida Roth</p>`;
    const card = `<${box} class="x7"><${level}><a href="/m/1">Puffins puzzle the island</a></${level}><footer><p class="byline">By Nils Aberg</p></footer></${box}>`;
    const { text } = read(
      page(
        `<div>${own1}<div>${p(own.slice(0, 2))}</div></div><div><div>${p(own.slice(2, 3))}${card}${p(own.slice(3))}</div></div>`,
      ),
    );
    holdsAll(text, own);
    holdsNone(text, ['Nils Aberg']);
  });

  it('leaves out slides about other things, and keeps a photo essay', () => {
    const slides = (lines: readonly string[]): string =>
      `<ul>${lines.map((line, index) => `<li><h2><span>${index + 1}/${lines.length}</span> Bild</h2><img src="/${index}.jpg" width="600"><p>${line}</p></li>`).join('')}</ul>`;
    const beside = read(
      page(
        `<article>${headline}${p(own.slice(0, 2))}<div class="x1">${slides(other)}</div>${p(own.slice(2))}</article>`,
      ),
    ).text;
    holdsAll(beside, own);
    holdsNone(beside, [...other, '2/3']);
    holdsAll(read(page(`<article>${headline}<div class="gallery">${slides(own)}</div></article>`)).text, own);
  });
});

describe('inside of a line', () => {
  const around = (inner: string): string =>
    page(
      `<article>${headline}${p(own.slice(0, 2))}<p>Das Amt ${inner} die Pläne im Rathaus bis zum ersten Montag im April jedem, der fragt.</p>${p(own.slice(2))}</article>`,
    );
  it.each([
    ['a hint that opens', 'zeigt<span role="tooltip" hidden>Ein Amt ist eine Behörde.</span>', 'Das Amt zeigt die'],
    [
      'a note for screen readers',
      '<a href="https://amt.example">zeigt<span class="sr-only"> (öffnet ein neues Fenster)</span></a>',
      'Das Amt zeigt die',
    ],
    ['a form that is not shown', 'zeigt<span style="display: none">, wie es sagt,</span>', 'Das Amt zeigt die'],
    ['a number that leads to a note', 'zeigt<sup><a href="#fn3">3</a></sup>', 'Das Amt zeigt die'],
    ['a raised letter in brackets', 'zeigt<a href="#note-b"><sup>[b]</sup></a>', 'Das Amt zeigt die'],
  ])('%s is left out', (_, inner, line) => {
    expect(read(around(inner)).text).toContain(line);
  });

  it.each([
    ['quotation marks', 'sagt: <q>Wir zeigen sie gern</q>, und öffnet', 'sagt: “Wir zeigen sie gern”, und öffnet'],
    ['formulas', 'zeigt bei <math><mi>x</mi><mo>=</mo><mn>2</mn></math> Grad', 'zeigt bei x=2 Grad'],
    ['units', 'zeigt 40 m<sup>2</sup> für', 'zeigt 40 m2 für'],
    ['what is shown to eyes only', 'zeigt <span aria-hidden="true">alle drei</span>', 'zeigt alle drei die Pläne'],
  ])('%s are kept', (_, inner, line) => {
    expect(read(around(inner)).text).toContain(line);
  });
});

describe('nothing is lost inside of the text', () => {
  const [first = '', second = '', third = '', fourth = ''] = own;
  it.each([
    [
      'paragraphs that wait for an animation',
      `${p([first])}<div class="wow" style="visibility:hidden">${p([second])}</div>${p([third])}<div class="reveal" style="visibility: hidden;">${p([fourth])}</div>`,
    ],
    [
      'sections that open when they are searched',
      `${p([first, second])}<h3>Das Geld</h3><div hidden="until-found">${p([third])}</div><h3>Das Dach</h3><div hidden="until-found">${p([fourth])}</div>`,
    ],
    [
      'a paragraph that goes on after a figure',
      `${p([first, second])}<p><div><figure><img src="/a.jpg" width="600"></figure></div>${third}</p>${p([fourth])}`,
    ],
    [
      'a letter set large in a box of its own',
      `<div class="par"><div class="initial">${first[0]}</div>${first.slice(1)}</div>${[second, third, fourth].map((line) => `<div class="par">${line}</div>`).join('')}`,
    ],
    ['a shadow root', `<x-text><template shadowrootmode="open">${p(own)}</template></x-text>`],
    [
      'segments that were streamed',
      `${p([first])}<template id="B:1"></template>${p([fourth])}<div hidden id="S:1">${p([second, third])}</div>`,
    ],
    [
      'markup for readers without scripts',
      `<div id="root">Lädt …</div><noscript><article>${p(own)}</article></noscript>`,
    ],
  ])('%s', (_, body) => {
    const { text } = read(page(`<article>${headline}${body}</article>`));
    expect(text.replace(/\n/g, ' ')).toContain(own.join(' ').slice(0, 60));
    holdsAll(text, own);
  });

  it.each([
    ['buttons', '<h3><button aria-expanded="false">Was kostet das Dach?</button></h3>'],
    ['bare buttons', '<button aria-controls="x">Was kostet das Dach?</button>'],
  ])('questions in %s', (_, question) => {
    const { text } = read(
      page(`<article>${headline}${p(own.slice(0, 2))}${question}<div id="x">${p(own.slice(2))}</div></article>`),
    );
    holdsAll(text, [...own, 'Was kostet das Dach?']);
  });

  it('questions of details, and no labels of buttons', () => {
    const body = `${p(own.slice(0, 2))}<button>Teilen</button><details open><summary>Wer bezahlt das neue Dach?</summary>${p(own.slice(2))}</details>`;
    const { text } = read(page(`<article>${headline}${body}</article>`));
    expect(text).toContain('Wer bezahlt das neue Dach?');
    expect(text).not.toContain('Teilen');
  });

  it('a table in a wrapper with a box in each cell', () => {
    const row = (cells: readonly string[]): string =>
      `<tr>${cells.map((cell) => `<td><div>${cell}</div></td>`).join('')}</tr>`;
    const table = `<div><table>${row(['Jahr', 'Gäste', 'Kosten'])}${row(['2024', '21.400', '288.000'])}${row(['2025', '19.900', '310.000'])}</table></div>`;
    const { text } = read(page(`<article>${headline}${p(own.slice(0, 2))}${table}${p(own.slice(2))}</article>`));
    holdsAll(text, ['Jahr Gäste Kosten', '2024 21.400 288.000']);
  });

  it('headings that are links, and code', () => {
    const { text } = read(
      page(
        `<article>${headline}${p(own.slice(0, 2))}<h3><a href="/p/sand">Greta Sand, Müllerin</a></h3>${p(own.slice(2, 3))}<pre>{ "offen": true }</pre>${p(own.slice(3))}</article>`,
      ),
    );
    holdsAll(text, ['Greta Sand, Müllerin', '"offen": true']);
  });

  it('and nothing stands twice where a page holds its text for wide and narrow screens', () => {
    const long = own.slice(0, 3).join(' ');
    const body = p([long, 'Es war knapp.', ...own.slice(3), 'Sie lachte.']);
    const { text } = read(
      page(`<article>${headline}<div class="wide">${body}</div><div class="narrow">${body}</div></article>`),
    );
    for (const line of [long, 'Es war knapp.', 'Sie lachte.']) expect(text.split(line)).toHaveLength(2);
  });
});

describe('a text that stands in the state of the page', () => {
  const shell = (script: string): string => page(`<div id="app"><h1>${title}</h1>Lädt …</div>${script}`);
  const article = { title, slug: 'muehle-bleibt-offen' };
  const another = { title: 'Puffins puzzle the island', body: `<p>${[...other, ...other].join('</p><p>')}</p>` };
  it.each([
    [
      'a list of paragraphs',
      { article: { ...article, body: own.map((text) => ({ type: 'paragraph', text })) }, related: [another] },
    ],
    ['a string of markup', { related: [another], data: [{ ...article, content: { rendered: p(own) } }] }],
    [
      'portable text',
      {
        post: {
          ...article,
          body: own.map((text) => ({ _type: 'block', style: 'normal', children: [{ _type: 'span', text }] })),
        },
        latest: [another],
      },
    ],
    ['a string that holds JSON', { cache: JSON.stringify({ ...article, text: p(own) }) }],
    [
      'elements of a story',
      {
        globalContent: {
          headlines: { basic: title },
          content_elements: own.map((content) => ({ type: 'text', content })),
        },
      },
    ],
  ])('as %s', (_, state) => {
    for (const script of [
      `<script type="application/json">${JSON.stringify(state)}</script>`,
      `<script>window.__STATE__ = ${JSON.stringify(state)};</script>`,
    ]) {
      const { text } = read(shell(script));
      holdsAll(text, own);
      holdsNone(text, other);
    }
  });

  it('as rows of a flight', () => {
    const rows = own.map(
      (line, index) =>
        `<script>self.__next_f.push([1,${JSON.stringify(`${index + 10}:${JSON.stringify(['$', 'p', null, { children: line }])}\n`)}])</script>`,
    );
    const markup = p(own);
    const long = `<script>self.__next_f.push([1,${JSON.stringify(`1f:T${new TextEncoder().encode(markup).length.toString(16)},${markup}20:["$","div",null,{}]\n`)}])</script>`;
    for (const script of [rows.join(''), long]) holdsAll(read(shell(script)).text, own);
  });

  it('is not taken when the page shows its own', () => {
    const state = `<script type="application/json">${JSON.stringify({ items: [another] })}</script>`;
    holdsNone(read(page(`<article>${headline}${p(own)}</article>${state}`)).text, other);
  });
});

describe('addresses', () => {
  it('are relative to the base of the page', () => {
    const { html } = read(
      page(
        `<article>${headline}${p(own.slice(0, 3))}<p>Der <a href="docs/plan.html">Plan</a> liegt im Rathaus aus und kann dort bis zum Mai von jedem eingesehen werden.</p></article>`,
        '<base href="https://cdn.example/2026/">',
      ),
    );
    expect(html).toContain('https://cdn.example/2026/docs/plan.html');
  });

  it('of pictures are the widest that the sources of a picture offer', () => {
    const picture =
      '<figure><picture><source type="image/webp" srcset="/m-400.webp 400w, /m-1200.webp 1200w"><source srcset="/muehle-am-bach-400.jpg 400w, /muehle-am-bach-1200.jpg 1200w"><img src="data:image/gif;base64,R0lGOD" width="900" height="600"></picture></figure>';
    expect(read(page(`<article>${headline}${picture}${p(own)}</article>`)).image?.url).toBe(
      'https://hafenblatt.example/muehle-am-bach-1200.jpg',
    );
  });
});

it('lines of the house between the paragraphs are left out', () => {
  const lines = [
    'Make us a preferred source on Google',
    'Folgen Sie unserem WhatsApp-Kanal',
    'Artikel verschenken',
    '37 people are talking about this',
    'Got a tip? Write to tips@hafenblatt.example',
    'Suivez notre chaîne WhatsApp',
  ];
  const body =
    own.map((line, index) => `<p>${line}</p><p>${lines[index]}</p>`).join('') +
    p(lines.slice(4)) +
    p(other.slice(0, 1));
  holdsNone(read(page(`<article>${headline}${body}</article>`)).text, lines);
});

describe('a rule that takes the text away', () => {
  it.each([
    ['a name for what is hidden', `<div class="hide">${p(own)}</div>`],
    ['a name of consent managers', `<div class="cookie-notice">${p(own)}</div>`],
    ['a name of captions', `${p(own.slice(0, 1))}<div class="image-credit-block">${p(own.slice(1))}</div>`],
    ['display none behind a button', `${p(own.slice(0, 1))}<div style="display:none">${p(own.slice(1))}</div>`],
  ])('is not believed: %s', (_, body) => {
    holdsAll(read(page(`<article>${headline}${body}</article>`)).text, own);
  });

  it('is believed when it takes a plea', () => {
    const plea =
      'Wir verwenden Cookies, um Ihnen auf dieser Seite die besten Inhalte zu zeigen und zu zählen, wie oft sie gelesen wird.';
    expect(
      read(page(`<article>${headline}${p(own)}<div class="cookie-notice"><p>${plea}</p></div></article>`)).text,
    ).not.toContain(plea);
  });
});

describe('a page that holds no more than its description', () => {
  const said = 'Die alte Mühle am Bach bleibt bis zum Frühjahr offen, beschließt der Gemeinderat mit knapper Mehrheit.';
  const head = `<meta property="og:description" content="${said}">`;
  it.each([
    ['shows nothing', '<div id="app">Lädt …</div>'],
    ['shows it', `<article>${headline}<p>${said}</p></article>`],
  ])('is marked as a stub when it %s', (_, body) => {
    expect(read(page(body, head)).stub).toBe('description');
  });

  it('is none when there is a text', () => {
    expect(read(page(`<article>${headline}<p>${said}</p>${p(own)}</article>`, head)).stub).toBeUndefined();
  });
});

describe('a text that a script draws, whatever holds it', () => {
  const state = { article: { title, body: p([...own, ...own.slice(0, 1)].slice(0, 4)) } };
  const json = JSON.stringify(state);
  const quoted = json.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const inScript = (script: string, attributes = ''): string =>
    `<div id="root"></div><script${attributes}>${script}</script>`;
  const literal = JSON.stringify(state.article.body);
  it.each([
    ['an attribute with JSON', `<div id="app" data-page="${quoted}"></div>`],
    ['an attribute of a component', `<article-page :story="${quoted}"></article-page>`],
    [
      'an object that is no JSON',
      inScript(`{ kit.start(app, { data: [null, { title: "${title}", body: ${literal} }] }); }`),
    ],
    ['arguments of a function', inScript(`window.s=(function(a,b){return {title:a,body:b}}("${title}",${literal}))`)],
    ['a string in single quotes', inScript(`var s={'body':'${state.article.body.replaceAll('\n', '\\n')}'}`)],
    ['a template string', inScript(`root.innerHTML=\`${state.article.body}\``)],
    ['JSON written as an address', inScript(`s=JSON.parse(decodeURIComponent("${encodeURIComponent(json)}"))`)],
    ['JSON in JSON', inScript(`stream.enqueue(${JSON.stringify(json)})`)],
    ['a script of another type', inScript(state.article.body, ' type="text/x-template"')],
    ['a template', `<div id="root"></div><template id="story">${state.article.body}</template>`],
    [
      'entities of a framework',
      inScript(json.replaceAll('"', '&q;').replaceAll('<', '&l;').replaceAll('>', '&g;'), ' type="application/json"'),
    ],
  ])('%s', (_, body) => {
    holdsAll(read(page(body, '<meta name="description" content="Der Rat hält die Mühle offen.">')).text, own);
  });

  it('is not that of another article, nor what a plugin says of cookies', () => {
    const strings = [
      other.join(' '),
      'We and our partners store cookies on your device and process personal data for advertising. '.repeat(5),
    ];
    for (const text of strings) {
      const { text: found, stub } = read(
        page(
          inScript(`s=${JSON.stringify({ a: { text } })}`),
          '<meta name="description" content="Der Rat hält die Mühle offen.">',
        ),
      );
      expect(found).not.toContain(text.slice(0, 40));
      expect(stub).toBe('description');
    }
  });
});

describe('what asks something among the paragraphs', () => {
  const question = 'Soll die Mühle auch im Winter offen bleiben?';
  const answers =
    '<label><input type="radio">Ja</label><label><input type="radio">Nein</label><button>Abstimmen</button>';
  it.each([
    ['a form', `<form><p>${question}</p>${answers}</form>`],
    ['a box with fields and no form', `<div><p>${question}</p>${answers}</div>`],
    ['a heading over the fields', `<form><h3>${question}</h3><ul><li>${answers}</li></ul></form>`],
  ])('is no text: %s', (_, poll) => {
    const { text } = read(page(`<article>${headline}${p(own.slice(0, 2))}${poll}${p(own.slice(2))}</article>`));
    holdsAll(text, own);
    expect(text).not.toContain(question);
  });

  it('leaves the text of a page that is one large form', () => {
    const body = `<form action="default.aspx"><input name="q"><input type="submit">${headline}${p(own)}</form>`;
    holdsAll(read(page(body)).text, own);
  });
});

describe('the box on the author below the text', () => {
  const life = 'Ida Roth schreibt seit 2014 über den Gemeinderat und wohnt neben der Mühle.';
  const box = `<div><img src="/ida.jpg" alt=""><b>Ida Roth</b><p>${life}</p></div>`;
  it('is told by its shape, without class names and known authors', () => {
    const { text } = read(page(`<article><h1>${title}</h1>${p(own)}</article>${box}`));
    holdsAll(text, own);
    expect(text).not.toContain(life);
  });

  it('is no list of people that the article tells of', () => {
    const people = [
      ['Greta Sand', 'Greta Sand mahlt seit dreißig Jahren Korn und will damit so bald nicht aufhören.'],
      ['Nils Aberg', 'Nils Aberg hat das Dach schon zweimal geflickt, zuletzt im strengen Winter vor vier Jahren.'],
    ];
    const list = people.map(([name, story]) => `<h3>${name}</h3><p>${story}</p>`).join('');
    const { text } = read(page(`<article>${headline}${p(own.slice(0, 2))}${list}${p(own.slice(2))}</article>`));
    holdsAll(text, people.flat());
  });
});
