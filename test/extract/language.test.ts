import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { guessLanguage, isWrittenIn } from '../../src/extract/language.ts';
import { newsPage } from './news-page.ts';
import { paragraphs } from './press.ts';

const german = [
  'Der Hafenrat von Brenkoval hat am Dienstag beschlossen, den alten Fischmarkt wieder zu öffnen, elf Jahre nachdem ein Sturm das Dach abgedeckt hatte.',
  'Die Arbeiten sollen im Frühjahr beginnen und nicht mehr als vier Millionen Kronen kosten, von denen die Region ein Drittel trägt, sagte die Bürgermeisterin.',
  'Die Händler, die zum Busbahnhof gezogen waren, haben um Stände zu den alten Mieten gebeten; der Rat versprach ihnen eine Antwort noch vor dem Ende des Monats.',
];
const norwegian = [
  'Havnerådet i Brenkoval vedtok tirsdag å åpne det gamle fisketorget igjen, elleve år etter at en storm rev av taket på det.',
  'Arbeidet skal begynne til våren og ikke koste mer enn fire millioner kroner, og regionen betaler en tredel av dem, sa ordføreren.',
];
const languageOf = (parts: Parameters<typeof newsPage>[0]): string | undefined =>
  extractArticle({ url: 'https://courier.example/market', html: newsPage(parts) }).article.lang;

describe('the language', () => {
  it('is the declared one with its region', () => {
    expect(languageOf({ lang: 'de-AT', text: german })).toBe('de-AT');
    expect(languageOf({ lang: 'en_US' })).toBe('en-US');
    expect(languageOf({ lang: 'nb-NO', text: norwegian })).toBe('no-NO');
  });

  it('is that of the text where a template declares another', () => {
    expect(languageOf({ lang: 'en', text: german })).toBe('de');
    expect(languageOf({ lang: 'es' })).toBe('en');
  });

  it('is told by the script where the words are too few', () => {
    expect(guessLanguage('Χαλκίδα Βόλος Καβάλα Χανιά Ρόδος')?.language).toBe('el');
    expect(guessLanguage('דרום תל אביב חיפה אשדוד צפון הגליל')?.language).toBe('he');
    expect(guessLanguage('Ana Kos 12 33')).toBeUndefined();
  });

  it('comes from the tags of the head, else from the text, where the page declares none', () => {
    expect(languageOf({ lang: '', text: german, head: '<meta property="og:locale" content="de_CH">' })).toBe('de-CH');
    expect(languageOf({ lang: '', text: german })).toBe('de');
    expect(languageOf({ lang: 'x-nonsense-', text: german })).toBe('de');
  });
});

describe('isWrittenIn', () => {
  it('knows a text of the language from one of another', () => {
    expect(isWrittenIn(german.join('\n'), 'de')).toBe(true);
    expect(isWrittenIn(german.join('\n'), 'en')).toBe(false);
    expect(isWrittenIn(paragraphs.join('\n'), 'en')).toBe(true);
    expect(isWrittenIn(paragraphs.join('\n'), 'de')).toBe(false);
    expect(isWrittenIn('the market', 'en')).toBe(false);
  });
});
