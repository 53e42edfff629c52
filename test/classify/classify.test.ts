import { describe, expect, it } from 'vitest';
import { loadClassifier } from '../../src/classify/classify.ts';

const classifier = await loadClassifier();

describe('classify', () => {
  it('puts the country that the article is about first, with the words that decided', () => {
    const found = classifier.classify({
      title: 'Serbia opens a railway to the Hungarian border',
      text: 'Trains from Belgrade will run twice a day, the Serbian transport ministry said. Work began in 2021.',
    });
    expect(found.lang).toBe('en');
    expect(found.countries[0]?.id).toBe('RS');
    expect(found.countries[0]?.evidence).toContain('Serbia');
    expect(found.mentioned.map((label) => label.id)).toContain('HU');
    expect(found.regions.map((label) => label.id)).toContain('balkans');
  });

  it("gives the source's country as what it is, a default", () => {
    const article = { title: 'Rain expected at the weekend', text: 'Take an umbrella.' };
    expect(classifier.classify(article).countries).toEqual([]);
    const [focus] = classifier.classify({ ...article, source: { country: 'ie' } }).countries;
    expect(focus).toMatchObject({ id: 'IE', origin: 'source' });
  });

  it("never gives a ticker's headline its source's country", () => {
    const source = { country: 'RS' };
    const title = 'Ferry runs aground at night';
    expect(classifier.classify({ title, text: '', source }).countries).toEqual([]);
    const summary = 'Forty passengers waited for a tug.';
    expect(classifier.classify({ title, text: summary, source, headlineOnly: true }).countries).toEqual([]);
    expect(classifier.classify({ title, text: summary, source }).countries[0]?.origin).toBe('source');
  });

  it('names each country of a mountain range or river that several share', () => {
    const ids = (title: string) =>
      classifier.classify({ title, text: '', source: { country: 'RS' } }).countries.map(({ id }) => id);
    expect(ids('Two hikers found safe in the Pyrenees').sort()).toEqual(['AD', 'ES', 'FR']);
    expect(ids('Fishermen of the Neretva wait for rain').sort()).toEqual(['BA', 'HR']);
  });

  it('takes the countries that pass by beside the home of the source for what they are, outside English', () => {
    const article = {
      title: 'Neue Brücke in Graz eröffnet',
      text: 'Die Brücke in Graz wurde am Montag eröffnet. Die Stahlteile kamen aus Slowenien, sagte der Bürgermeister.',
    };
    const ids = (country?: string) =>
      classifier.classify({ ...article, source: { country } }).countries.map(({ id }) => id);
    expect(ids('AT')).toEqual(['AT']);
    expect(ids()[0]).toBe('AT');
  });

  it('goes by where a company is listed when nothing else is named', () => {
    const told = (text: string) =>
      classifier.classify({ title: 'Profit rises', text, lang: 'en', source: { country: 'US' } }).countries[0];
    expect(told('The group (ABCn.DE) earned more.')).toMatchObject({
      id: 'DE',
      origin: 'text',
      evidence: ['(ABCn.DE)'],
    });
    expect(told('The group (TSX: ABC) earned more.')?.id).toBe('CA');
    expect(told('The group (see A.DE) earned more.')).toMatchObject({ id: 'US', origin: 'source' });
  });

  it('adds no country to those named for one hint alone', () => {
    const ids = (text: string) => classifier.classify({ title: '', text, lang: 'en' }).countries.map(({ id }) => id);
    expect(ids('Canada sold wheat for ten million dlrs.')).toEqual(['CA']);
    expect(ids('It sold wheat for ten million dlrs.')).toEqual(['US']);
  });

  it("takes the publisher's own labels for topics", () => {
    const [topic] = classifier.classify({ title: 'A', text: '', publisherLabels: ['Sport'] }).topics;
    expect(topic).toMatchObject({ id: '15000000', origin: 'publisher', evidence: ['Sport'] });
  });

  it('answers for empty and hostile input', () => {
    const huge = 'Serbia, Paris, '.repeat(20_000);
    for (const [title, text] of [
      ['', ''],
      ['\u0000', '\ud800'],
      [huge, huge],
      ['<script>', '__proto__ constructor toString'],
    ] as const) {
      const found = classifier.classify({
        title,
        text,
        lang: '../..',
        url: ':::',
        source: { country: 'zz', lang: '' },
      });
      expect(found.lang).toMatch(/^[a-z]{2,3}$/);
    }
  });
});
