import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { newsPage } from './news-page.ts';
import { paragraphs } from './press.ts';

/** Kinds of pages from before `<figure>` and structured data, and of what small papers set around their texts. */
const url = 'https://courier.example/article.php?id=31';
const textOf = (html: string): string => extractArticle({ url, html }).article.text;

describe('what is set into a text', () => {
  const [first, second, ...rest] = paragraphs.map((line) => `<p>${line}</p>`);
  const withInside = (inside: string): string =>
    newsPage({ text: [] }).replace('</article>', `${first}${second}${inside}${rest.join('')}</article>`);

  it('is no text when it is a caption, set in the middle below a picture', () => {
    const caption = 'The old market seen from the quay, in the year of the storm';
    for (const picture of [
      `<p align="center"><img src="/market.jpg"></p><p align="center">${caption}</p>`,
      `<center><img src="/market.jpg"><br>${caption}</center>`,
      `<div style="text-align: center"><img src="/market.jpg"></div><div style="text-align: center">${caption}</div>`,
    ]) {
      const text = textOf(withInside(picture));
      expect(text).not.toContain('seen from the quay');
      expect(text).toContain(paragraphs[5]);
    }
  });

  it('is no text when it counts the comments on a paragraph', () => {
    const counted = paragraphs.map(
      (line) => `<a class="comments-count" id="c">0</a>${line} <span class="share-count">12</span>`,
    );
    expect(textOf(newsPage({ text: counted })).split('\n')).toEqual([...paragraphs]);
  });

  it('is text when the description begins with it, whatever its box is called', () => {
    const opening =
      'The fish market of Brenkoval opens again, eleven years after a storm took its roof and its traders moved away.';
    const html = newsPage({
      head: `<meta name="description" content="${opening}">`,
      top: `<div class="image-caption"><h2>${opening}</h2></div>`,
    });
    expect(textOf(html)).toContain(opening);
  });
});

describe('an essay in pictures', () => {
  it('has its captions for a text', () => {
    const figures = paragraphs
      .filter((line) => line.length > 60)
      .map((line, at) => `<figure><img src="/${at}.jpg"><figcaption>${line}</figcaption></figure>`);
    const intro = 'Seven pictures of the market, from the storm to the plans of this spring.';
    const html = newsPage({ text: [intro] }).replace('</article>', `${figures.join('')}</article>`);
    for (const line of paragraphs.filter((each) => each.length > 60)) expect(textOf(html)).toContain(line);
  });
});

describe('what stands below a text', () => {
  const below = (line: string, lang = 'en'): string => textOf(newsPage({ lang, text: [...paragraphs, line] }));

  it.each([
    ['en', 'Source: Harbour Press Office'],
    ['de', 'Quelle: Pressestelle des Hafens'],
    ['pl', 'Źródło: Biuro Portu'],
    ['cs', 'Zdroj: Tisková kancelář přístavu'],
    ['ru', 'Источник: Пресс-служба порта'],
    ['el', 'Πηγή: Γραφείο Τύπου'],
    ['tr', 'Kaynak: Liman Basın Ofisi'],
    ['pl', 'Źródło zdjęcia: archiwum portu'],
    ['ru', 'Источник фото: архив порта'],
    ['zh', '来源：港口新闻处'],
  ])('is no text when it says where the text came from: %s', (lang, line) => {
    expect(below(line, lang)).not.toContain(line);
  });

  it.each([
    ['pl', 'Redakcja nie ponosi odpowiedzialności za treść listów, które czytelnicy przysyłają do gazety.'],
    ['ru', 'Мнение редакции может не совпадать с мнением автора этой статьи и тех, кто её обсуждает.'],
    ['uk', 'Редакція не несе відповідальності за зміст листів, які надсилають читачі.'],
    ['el', 'Απαγορεύεται η αναδημοσίευση χωρίς την άδεια της εφημερίδας.'],
    ['zh', '免责声明：本文仅代表作者个人观点，与本报无关。'],
    ['en', 'Disclaimer: the views expressed here are those of the author.'],
  ])('is no text when the publisher answers for nothing: %s', (lang, line) => {
    expect(below(line, lang)).not.toContain(line);
  });

  it.each([
    ['en', 'You can now find our page on Facebook, with the news of the harbour and the weather.'],
    ['ru', 'Читайте новости порта на нашей странице в Телеграм.'],
    ['zh', '本報現已開設Facebook專頁，歡迎加入我們。'],
  ])('is no text when it points to a page of the paper on a network: %s', (lang, line) => {
    expect(below(line, lang)).not.toContain(line);
  });

  it('is text when somebody speaks of his own page, or of a source', () => {
    for (const line of [
      '“We put the plans on our page on Facebook, and four thousand people looked at them,” the town clerk said on Friday.',
      'Source of the trouble is the cold store, which the council had promised to the fishermen eleven years ago.',
    ])
      expect(below(line)).toContain(line);
  });

  it.each(['Reply', 'Odpowiedz', 'Ответить', '回复'])(
    'is no text when readers wrote it, be it longer than a brief: %s',
    (label) => {
      const opinions = Array.from({ length: 12 }, (_, at) =>
        paragraphs.map((line) => `${line} I say so for the ${at + 2}th time.`).join(' '),
      );
      const thread = opinions.map(
        (line, at) =>
          `<div class="o"><div>~reader${at} [2026-03-12 19:2${at % 10}]</div><div><p>${line}</p><p><a href="#${at}">${label}</a></p></div></div>`,
      );
      const brief =
        'The ferry to Brenkoval stays in the harbour until Sunday, since the wind has not let up, the port said; whoever holds a ticket may travel on Monday.';
      const html = newsPage({
        title: 'The ferry stays in the harbour',
        text: [brief],
        bottom: `<div class="q">${thread.join('')}</div>`,
      });
      expect(textOf(html)).toBe(brief);
    },
  );

  it.each([
    [
      'pl',
      'Wyrażam zgodę na przetwarzanie moich danych osobowych przez wydawcę gazety w celu przesyłania mi wiadomości.',
    ],
    ['ru', 'Нажимая на кнопку, вы принимаете условия, на которых газета хранит ваши данные и присылает вам письма.'],
    [
      'de',
      'Ich bin damit einverstanden, dass der Verlag meine Daten speichert und mir jeden Tag eine Nachricht schickt.',
    ],
  ])('is no text when a form asks the reader to sign it: %s', (lang, line) => {
    expect(below(line, lang)).not.toContain(line);
  });

  it('is no text when it is a form that asks what the reader thinks of it', () => {
    const questions = [
      'The text is easy to read',
      'The text holds no mistakes',
      'The length is right',
      'The topic is covered',
    ];
    const form = `<div><p>Please rate this text. We value your view.</p><form>${questions
      .map((question) => `<div><p>${question}</p>${'<label><input type="radio" name="q"> no</label>'.repeat(4)}</div>`)
      .join('')}</form></div>`;
    const text = textOf(newsPage().replace('</article>', `${form}</article>`));
    for (const question of questions) expect(text).not.toContain(question);
    expect(text).toContain(paragraphs[6]);
  });
});

describe('a page that sells something', () => {
  const product = { '@graph': [{ '@type': 'Product', name: 'A net', offers: { '@type': 'Offer', price: '12' } }] };

  it('is no article, although the software of the shop says so', () => {
    const html = newsPage({ head: '<meta property="og:type" content="article">', things: [product] });
    expect(extractArticle({ url: 'https://nets.example/net', html }).verdict).toMatchObject({ reason: 'form' });
  });

  it('is one when it is a signed text about the thing', () => {
    const html = newsPage({
      head: '<meta property="og:type" content="article"><meta name="author" content="Maren Oltvik">',
      things: [product],
    });
    expect(extractArticle({ url: 'https://courier.example/net', html }).verdict).toEqual({ kind: 'article' });
  });
});

describe('what stands above the headline', () => {
  const title = 'Brenkoval reopens its fish market';
  const text = paragraphs.filter((line) => line.length > 60).slice(0, 3);
  const motto = [
    'This Courier is no ordinary paper: it is a place where you may read, and where you may write as well.',
    'If you want to tell of your club, write an article and send it to us, with a picture if you have one.',
  ];
  const page = (body: string): string =>
    `<html><head><title>${title} - Brenkoval Courier</title></head><body>${body}</body></html>`;
  const p = (lines: readonly string[]): string => lines.map((line) => `<p>${line}</p>`).join('');

  it.each([
    ['in boxes', `<div>${p(motto)}</div><h1>${title}</h1>${p(text)}`],
    [
      'in cells of a table',
      `<table><tr><td>${motto.join('<br><br>')}</td></tr><tr><td><b>${title}</b><br>${text.join('<br><br>')}</td></tr></table>`,
    ],
  ])('is no text, be it prose: %s', (_, body) => {
    const found = textOf(page(body));
    for (const line of motto) expect(found).not.toContain(line);
    for (const line of text) expect(found).toContain(line);
  });
});
