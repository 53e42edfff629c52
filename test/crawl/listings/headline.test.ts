import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headlineOf } from '../../../src/crawl/listings/headline.ts';

const of = (title: string, summary?: string) =>
  headlineOf({ url: 'https://ticker.example/1', title, summary, authors: [], categories: [] });
const title = 'Quay opens as ferries return';

describe('headlineOf', () => {
  it('takes headline and summary, and no text', () => {
    const summary = 'The first ship of the year berthed at dawn.';
    expect(of(`  ${title}\n`, `<p>${summary}</p>`)).toMatchObject({ title, summary, text: '', html: '' });
  });

  it('leaves out of the summary what leads to the article', () => {
    const told = 'The first ship of the year berthed at dawn.';
    expect(of(title, `<p>${told} <a href="/1">Read on</a></p>`)?.summary).toBe(told);
    expect(
      of(title, `<p>${told}</p><p>The post <a href="/1">${title}</a> appeared first on <a href="/">T</a>.</p>`)
        ?.summary,
    ).toBe(told);
  });

  it('takes no summary that only says the headline again', () => {
    for (const summary of [
      title,
      `<a href="/1">${title}</a> <font>The Ticker</font>`,
      '',
      '<img src="/1.jpg">',
      'Read more',
    ])
      expect(of(title, summary)?.summary).toBeUndefined();
  });

  it('cuts a feed that carries the whole text to a summary', () => {
    const sentence = 'The first ship of the year berthed at dawn, and the band played. ';
    const { summary = '' } = of(title, `<p>${sentence.repeat(200)}</p>`) ?? {};
    expect(summary.length).toBeLessThanOrEqual(500);
    expect(summary.endsWith('played.')).toBe(true);
  });

  it('is nothing without a word', () => {
    for (const title of ['', '  ', '…', '+++', '12:30']) expect(of(title)).toBeUndefined();
    expect(headlineOf({ url: 'https://ticker.example/1', authors: [], categories: [] })).toBeUndefined();
  });

  it('takes whatever a feed says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (title, summary) => {
        const headline = of(title, `<p>${summary}<a href="">${summary}`);
        expect(headline?.text ?? '').toBe('');
        expect(headline?.title.isWellFormed() ?? true).toBe(true);
      }),
    );
  });
});
