import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../../src/extract/extract.ts';
import { fromPersian } from '../../../src/text/dates/calendars.ts';
import { findDate } from '../../../src/text/dates/find-date.ts';
import { newsPage } from '../../extract/news-page.ts';
import { aMoment, aStyle, calendarLanguages, inCalendar } from './calendars.ts';

describe('findDate', () => {
  it.each([
    ['2023-12-22T10:15:00-05:00', undefined, '2023-12-22T15:15:00.000Z'],
    ['20231222T101500Z', undefined, '2023-12-22T10:15:00.000Z'],
    ['Fri, 22 Dec 2023 10:15:00 GMT', undefined, '2023-12-22T10:15:00.000Z'],
    ['1703240100', undefined, '2023-12-22T10:15:00.000Z'],
    ['1703240100000', undefined, '2023-12-22T10:15:00.000Z'],
    ['3:15 PM EST, Fri December 22, 2023', 'en', '2023-12-22T20:15:00.000Z'],
    ['12/22/2023', 'en', '2023-12-22T00:00:00.000Z'],
    ['03/04/2023', 'en-US', '2023-03-04T00:00:00.000Z'],
    ['03/04/2023', 'fr', '2023-04-03T00:00:00.000Z'],
    ['22 | 12 | 2023', 'de', '2023-12-22T00:00:00.000Z'],
    ['22. Dezember 2023, 14:05 Uhr', 'de', '2023-12-22T14:05:00.000Z'],
    ['Le 3 août 2023 à 12h30', 'fr', '2023-08-03T12:30:00.000Z'],
    ['22 de diciembre de 2023', 'es', '2023-12-22T00:00:00.000Z'],
    ['22 listopada 2023', 'pl', '2023-11-22T00:00:00.000Z'],
    ['22. listopada 2023', 'hr', '2023-10-22T00:00:00.000Z'],
    ['13 травня 2020', 'uk', '2020-05-13T00:00:00.000Z'],
    ['2019. február 3., 10:11', 'hu', '2019-02-03T10:11:00.000Z'],
    ['1 มกราคม 2566', 'th', '2023-01-01T00:00:00.000Z'],
    ['٢٢ ديسمبر ٢٠٢٣', 'ar', '2023-12-22T00:00:00.000Z'],
    ['الجمعة 24 نيسان / أبريل 2020 09:22 مساءً', 'ar', '2020-04-24T21:22:00.000Z'],
    ['2 تير 1399 - 12:09:08 ب.ظ', 'fa', '2020-06-22T12:09:08.000Z'],
    ['2023年12月22日 10時15分', 'ja', '2023-12-22T10:15:00.000Z'],
    ['2023년 12월 22일 오후 3:15', 'ko', '2023-12-22T15:15:00.000Z'],
    ['July 15, 2026 9:40 a.m. ET', 'en', '2026-07-15T13:40:00.000Z'],
    ['January 15, 2026 9:40 a.m. ET', 'en', '2026-01-15T14:40:00.000Z'],
    ['July 15, 2026 at 3:40 PM Central Time', 'en', '2026-07-15T20:40:00.000Z'],
    ['15 сентября 2026, 21:40 (МСК)', 'ru', '2026-09-15T18:40:00.000Z'],
    ['15 сентября 2026 в 21:40 по московскому времени', 'ru', '2026-09-15T18:40:00.000Z'],
    ['15 вересня 2026, 21:40 за київським часом', 'uk', '2026-09-15T18:40:00.000Z'],
    ['15.9.2026. 21:40 ЦЕТ', 'sr', '2026-09-15T20:40:00.000Z'],
    ['2026年9月15日 21:40 CST', 'zh', '2026-09-15T13:40:00.000Z'],
    ['September 15, 2026 9:40 PM CST', 'en', '2026-09-16T03:40:00.000Z'],
    ['15.9.26, 21.40 Uhr', 'de', '2026-09-15T21:40:00.000Z'],
    ['2023年12月22日15时04分', 'zh', '2023-12-22T15:04:00.000Z'],
    ['23/12/22', 'ja', '2023-12-22T00:00:00.000Z'],
    ['22 كانون الأول 2023', 'ar', '2023-12-22T00:00:00.000Z'],
    ['22 ธ.ค. 66 10:15 น.', 'th', '2023-12-22T10:15:00.000Z'],
    ['Fri Dec 22 10:15:00 EST 2023', 'en', '2023-12-22T15:15:00.000Z'],
    ['2023(e)ko abenduaren 22(a)', 'eu', '2023-12-22T00:00:00.000Z'],
    ['2023 оны 12-р сарын 22', 'mn', '2023-12-22T00:00:00.000Z'],
    ['Ana KosDec 22, 2023', 'en', '2023-12-22T00:00:00.000Z'],
  ])('reads %s', (text, language, instant) => {
    expect(findDate(text, language)?.instant).toBe(instant);
  });

  it('keeps the offset that the page gave', () => {
    expect(findDate('2023-12-22T23:30:00-05:00')?.local).toBe('2023-12-22T23:30:00-05:00');
  });

  it('takes no second date for a time of day', () => {
    expect(findDate('05.04.2025 - Güncelleme: 06.04.2025', 'tr')?.local).toBe('2025-04-05');
  });

  it.each([
    '',
    'no date',
    '2023-13-45',
    '31 February 2023',
    '1812-06-24',
    'call 2023-22',
    'Room 12 Alpha 2023',
    'Julkaistu 15.9. 21:40',
    '15.09. 21.40 Uhr',
    '15/9/21h40',
  ])('finds none in %j', (text) => {
    expect(findDate(text, 'en')).toBeUndefined();
  });

  it.each(calendarLanguages)('reads back what the calendars of %s write', (language) => {
    fc.assert(
      fc.property(aMoment, aStyle, fc.boolean(), (date, dateStyle, timed) => {
        const iso = date.toISOString();
        expect(findDate(inCalendar(date, language, dateStyle, timed), language)?.local).toBe(
          timed ? `${iso.slice(0, 19)}Z` : iso.slice(0, 10),
        );
      }),
      { numRuns: 20 },
    );
  });

  it('reads its own answer back, whatever it was given', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60, unit: 'grapheme' }), aMoment, (noise, date) => {
        const found = findDate(`${noise} ${date.toISOString()}`, 'en') ?? findDate(date.toISOString());
        expect(findDate(found?.local ?? '')?.instant).toBe(found?.instant);
      }),
    );
  });
});

describe('fromPersian', () => {
  it('agrees with the calendar of the platform on every day from 1370 to 1414', () => {
    const parts = new Intl.DateTimeFormat('en-u-ca-persian-nu-latn', {
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      timeZone: 'UTC',
    });
    for (let at = Date.UTC(1992, 0, 1); at < Date.UTC(2036, 0, 1); at += 5 * 86_400_000) {
      const part = new Map(parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
      const day = fromPersian(part.get('year') ?? 0, part.get('month') ?? 0, part.get('day') ?? 0);
      expect(day.getTime()).toBe(at);
    }
  });
});

describe('the date of publication', () => {
  const publishedOf = (
    parts: Parameters<typeof newsPage>[0],
    url = 'https://courier.example/market',
  ): string | undefined => extractArticle({ url, html: newsPage(parts) }).local.published;
  const news = (datePublished: string, more: object = {}): object => ({
    '@type': 'NewsArticle',
    headline: 'Brenkoval reopens its fish market',
    datePublished,
    ...more,
  });

  it('comes from structured data before tags, marks and the address', () => {
    const head = '<meta property="article:published_time" content="2026-03-13T08:00:00Z">';
    const top = '<time datetime="2026-03-14T08:00:00Z">14 March 2026</time>';
    const url = 'https://courier.example/2026/03/15/market';
    expect(publishedOf({ things: [news('2026-03-12T08:00:00Z')], head, top }, url)).toBe('2026-03-12T08:00:00Z');
    expect(publishedOf({ head, top }, url)).toBe('2026-03-13T08:00:00Z');
    expect(publishedOf({}, url)).toBe('2026-03-15T00:00:00Z');
  });

  it('is that of the headline, not of another list of the page', () => {
    const list =
      '<ul><li><a href="/x">Ferry timetable</a> <time datetime="2026-05-01T10:00:00Z">1 May 2026</time></li></ul>';
    const top = '<p>Published <time datetime="2026-03-12T10:15:00+01:00">12 March 2026</time></p>';
    expect(publishedOf({ heading: `${list.repeat(12)}<h1>Brenkoval reopens its fish market</h1>`, top })).toBe(
      '2026-03-12T10:15:00+01:00',
    );
    const dates =
      '<div class="side"><span class="post-date">09/09/2019</span> <span class="post-date">05/07/2019</span></div>';
    expect(publishedOf({ top: '<p>12 March 2026</p>', bottom: `<p>x</p>`.repeat(8) + dates })).toBe(
      '2026-03-12T00:00:00Z',
    );
  });

  it.each([
    ['Updated: 17 September 2026, 08:15 | Published: 15 September 2026, 21:40', 'en'],
    ['Published 15 September 2026 21:40, updated 17 September 2026 08:15', 'en'],
    ['15 September 2026, 21:40 (last updated 17 September 2026, 08:15)', 'en'],
    ['Aktualisiert am 17.09.2026, 08:15 · Veröffentlicht am 15.09.2026, 21:40', 'de'],
    ['Обновлено: 17.09.2026 08:15 Опубликовано: 15.09.2026 21:40', 'ru'],
    ['Ažurirano: 17.09.2026. 08:15 Objavljeno: 15.09.2026. 21:40', 'sr'],
    ['更新：2026年9月17日 08:15 公開：2026年9月15日 21:40', 'ja'],
    ['수정 2026-09-17 08:15 입력 2026-09-15 21:40', 'ko'],
  ])('is the publication where a line tells the change as well: %s', (line, lang) => {
    for (const top of [`<p>${line}</p>`, `<p class="meta">${line}</p>`])
      expect(publishedOf({ lang, top })).toBe('2026-09-15T21:40:00Z');
  });

  it('is read from the node of the page where that of the article has none', () => {
    const graph = {
      '@graph': [
        { '@type': 'NewsArticle', headline: 'Brenkoval reopens its fish market' },
        { '@type': 'WebPage', '@id': 'https://courier.example/market', datePublished: '2026-09-15T21:40:00+02:00' },
      ],
    };
    expect(publishedOf({ things: [graph] })).toBe('2026-09-15T21:40:00+02:00');
  });

  it.each([
    [
      'a comment',
      '<section id="comments"><div class="comment"><span class="date">11 August 2024, 10:09</span><p>Good news for us.</p></div></section>',
    ],
    [
      'a comment in time',
      '<div class="comment-list"><p><time datetime="2024-08-11T10:09:00Z">11 August 2024</time> Good news.</p></div>',
    ],
    ['the footer', '<footer><p class="date">Last edition: 11 August 2024</p></footer>'],
    [
      'a list',
      '<aside class="related"><span class="post-date">11 August 2024</span> <a href="/x">Ferry timetable</a></aside>',
    ],
  ])('is not that of %s', (_, bottom) => {
    expect(publishedOf({ top: '<span class="timestamp">8 hours ago</span>', bottom })).toBeUndefined();
  });

  it('is that of the footer of the article, if there is no other', () => {
    const bottom = '<div class="asset-footer"><div class="asset-meta">By Maren Oltvik on 03.05.2013, 11:51</div></div>';
    expect(publishedOf({ lang: 'de', bottom })).toBe('2013-05-03T11:51:00Z');
  });

  it('takes time and zone from another voice of the same day', () => {
    const top = '<p class="article-date">12 March 2026, 15:25</p>';
    expect(publishedOf({ top }, 'https://courier.example/2026/03/12/market')).toBe('2026-03-12T15:25:00Z');
    const head = '<meta property="article:published_time" content="2026-03-12T15:25:00+01:00">';
    expect(publishedOf({ things: [news('2026-03-12T15:25')], head })).toBe('2026-03-12T15:25:00+01:00');
  });

  it("shows an instant on the site's own clock when the page does", () => {
    const top = '<time datetime="2026-03-11T21:00:46-05:00">March 11</time>';
    expect(publishedOf({ things: [news('2026-03-12T02:00:46Z')], top })).toBe('2026-03-11T21:00:46-05:00');
    const head = '<meta name="parsely-pub-date" content="2026-03-11T21:00:46">';
    expect(publishedOf({ things: [news('2026-03-12T02:00:46Z')], head })).toBe('2026-03-11T21:00:46-05:00');
    expect(publishedOf({ things: [news('2026-03-12T02:00:46Z')] })).toBe('2026-03-12T02:00:46Z');
  });

  it('is read from the opening of the text when nothing else tells', () => {
    const text = [
      'BRENKOVAL, 12.3.2026 – The council voted to reopen the old market, eleven years after a storm took its roof, a clerk said, and asked the region to pay a third of what it will cost to build.',
      ...Array(5).fill(
        'Work is to begin in spring, the mayor said, and should cost no more than four million crowns, a third of which the region will pay, according to the clerk.',
      ),
    ];
    expect(publishedOf({ text })).toBe('2026-03-12T00:00:00Z');
  });

  it('is not the clock in the masthead', () => {
    const clock = '<div class="header-date">22 November 2026</div>';
    expect(
      publishedOf({
        heading: `${clock}<ul>${'<li><a href="/m">Menu</a></li>'.repeat(12)}</ul><h1>Brenkoval reopens its fish market</h1>`,
      }),
    ).toBeUndefined();
  });
});
