import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findMentions } from '../../src/classify/mentions.ts';

const codes = (text: string, lang: string, country?: string): string[] => [
  ...new Set(findMentions(text, { lang, country }).map((mention) => mention.code)),
];

describe('findMentions', () => {
  it('finds names, people and cities in English', () => {
    expect(codes('Serbian officials met a delegation from Guinea-Bissau in Budapest.', 'en')).toEqual([
      'RS',
      'GW',
      'HU',
    ]);
    expect(codes('The U.S. and the UK signed a treaty with South Korea.', 'en')).toEqual(['US', 'GB', 'KR']);
  });

  it('does not take words for places', () => {
    expect(codes('Tell us who will be reading a nice book about turkey and china.', 'en')).toEqual([]);
    expect(codes('The Indian Ocean is warm.', 'en')).toEqual([]);
  });

  it('takes a place after a first name for a person', () => {
    expect(codes('Yesterday Michael Jordan and Jack London were remembered.', 'en')).toEqual([]);
    expect(codes('Talks between Jordan and Israel went on.', 'en')).toEqual(['JO', 'IL']);
  });

  it('reads city and state together', () => {
    expect(codes('A fire broke out in Paris, Texas, on Monday.', 'en')).toEqual(['US']);
    expect(codes('A man from Springfield, Ill., was found.', 'en')).toEqual(['US']);
  });

  it('takes a town whose state is told for another than its famous namesake, all through the text', () => {
    expect(codes('A house burnt in Belgrade, Minn., at night. Belgrade has one fire engine.', 'en')).toEqual(['US']);
    expect(codes('Flights to Lebanon, Turkey and Georgia were cancelled.', 'en')).toContain('LB');
  });

  it("takes a town in a company's name for the company, all through the text", () => {
    expect(codes('Fairfax Holdings Ltd said its profit fell. Fairfax will pay nothing.', 'en')).toEqual([]);
    expect(codes('<CALI> fell.', 'en')).toEqual([]);
    expect(codes('A fire broke out in Cali.', 'en')).toEqual(['CO']);
  });

  it('reads headlines in capitals', () => {
    expect(codes('PARIS FASHION WEEK OPENS', 'en')).toEqual(['FR']);
  });

  it('does not take every dollar for news of the United States', () => {
    const kinds = (text: string, lang: string) => findMentions(text, { lang }).map(({ kind }) => kind);
    expect(kinds('It cost ten million US dollars.', 'en')).toEqual(['hint']);
    expect(kinds('Das kostete zehn Millionen US-Dollar.', 'de')).toEqual(['hint']);
    expect(kinds('Der US-Präsident sprach.', 'de')).toEqual(['name']);
  });

  it.each([
    ['en', 'Davenport hits out at umpire'],
    ['en', 'Jimenez victorious in the rain'],
    ['en', 'Nokia to license its patents'],
    ['sq', 'Disa shkencëtarë mendojnë ndryshe'],
  ])('%s: no town opens "%s"', (lang, text) => {
    expect(findMentions(text, { lang })).toEqual([]);
  });

  it.each([
    ['en', 'The mayor of Podgorica opened a library.', 'ME'],
    ['en', 'A library opens in Nikšić', 'ME'],
    ['en', 'Niksic residents wait for buses', 'ME'],
    ['en', 'Two drown near Ulcinj', 'ME'],
    ['en', 'Mostar residents repair a bridge', 'BA'],
    ['en', 'Flood warning in Bihać', 'BA'],
    ['en', 'Mostar votes for a new council', 'BA'],
    ['de', 'Prizren feiert Filmfestival', 'XK'],
    ['it', 'Mostar al voto', 'BA'],
    ['en', 'A ferry leaves from Split', 'HR'],
    ['en', 'A school closes in Tetovo', 'MK'],
    ['en', 'Boats return to Ohrid', 'MK'],
    ['en', 'A market burns in Peja', 'XK'],
    ['en', 'A market burns in Peć', 'XK'],
    ['en', 'Gjakova residents wait for water', 'XK'],
    ['en', 'A train stops in Ferizaj', 'XK'],
    ['en', 'Robots for pupils in Prizren', 'XK'],
    ['en', 'The port of Durres closes', 'AL'],
    ['en', 'A new tram for residents of Daugavpils', 'LV'],
    ['en', 'Snow falls in Gyumri', 'AM'],
    ['en', 'The port of Mombasa closes', 'KE'],
    ['sr', 'Отворена школа у Никшићу', 'ME'],
    ['sr', 'Otvorena škola u Prizrenu', 'XK'],
    ['mk', 'Во Гостивар се отвора училиште', 'MK'],
    ['mk', 'Нов мост во Мостар', 'BA'],
    ['ru', 'Новая школа открылась в Никшиче', 'ME'],
    ['sq', 'Një shkollë e re hapet në Gjakovë', 'XK'],
    ['sq', 'Shkolla e re në Ulqin', 'ME'],
    ['de', 'Neue Schule in Prizren', 'XK'],
  ])('tells a town of one line by the word beside it (%s: %s)', (lang, text, country) => {
    expect(codes(text, lang)).toEqual([country]);
  });

  it.each([
    ['en', 'A shop on Berlin Road in Cape Town was robbed.', ['ZA']],
    ['en', 'Berlin Street Festival Draws Thousands', ['DE']],
    ['de', 'Unfall in der Pariser Straße in Mainz', ['DE']],
    ['fr', "Rue de Rome à Marseille, un immeuble s'effondre", ['FR']],
    ['it', 'Via Cuba a Roma chiusa per lavori', ['IT']],
    ['sr', 'Požar u ulici Italije u Beogradu', ['RS']],
  ])('takes a street for no place (%s: %s)', (lang, text, expected) => {
    expect(codes(text, lang)).toEqual(expected);
  });

  it('takes a name for the person whom the text names in full', () => {
    expect(codes('Jordan scores 40 as the Bulls win, and Michael Jordan thanks the fans.', 'en')).toEqual([]);
    expect(codes('Jordan mourns. Michael Jordan flew to Amman.', 'en')).toEqual(['JO']);
    expect(codes('Talks in Jordan went well, said Michael Jordan.', 'en')).toEqual(['JO']);
  });

  it('knows the towns of the Balkans as Turks call them', () => {
    expect(codes("Priştine'de hükümet kuruldu", 'tr')).toEqual(['XK']);
    expect(codes("Üsküp'te seçim yapıldı", 'tr')).toEqual(['MK']);
  });

  it('leaves a small town alone where nothing says that it is one, or that its country is meant', () => {
    expect(codes('Celje, she said, was her name.', 'en')).toEqual([]);
    expect(codes('They split the bill in the bar.', 'en')).toEqual([]);
    // Suburbs of the world have the same names: local news of one country does not speak of another.
    expect(codes('Titus County, Texas: a shed burnt in Maribor on Monday.', 'en')).toEqual(['US']);
  });

  it('tells Georgia by what stands around it', () => {
    expect(codes('Georgia and Armenia closed the border; protests went on in Tbilisi.', 'en')).toEqual(['GE', 'AM']);
    expect(codes('Georgia raises its taxes.', 'en')).toEqual(['GE']);
    expect(codes('Georgia raises its taxes.', 'en', 'US')).toEqual(['US']);
    expect(codes('Georgia governor signs a voting law in Atlanta', 'en')).toEqual(['US']);
    expect(codes('Georgia signs a treaty in Washington.', 'en')).toEqual(['GE', 'US']);
    expect(codes('Voters in Georgia, Florida and Atlanta suburbs went to the polls.', 'en')).toEqual(['US']);
  });

  it.each([
    ['sr', 'Predsednik Srbije razgovarao je u Moskvi sa ruskim predsednikom.', ['RS', 'RU']],
    ['sr', 'Председник Србије разговарао је у Москви са немачким министром.', ['RS', 'RU', 'DE']],
    ['ru', 'Президент Сербии прибыл в Берлин, где встретился с французским министром.', ['RS', 'DE', 'FR']],
    ['sr', 'Ministar je otputovao u Italiju i Tursku, a zatim u Barselonu.', ['IT', 'TR', 'ES']],
    ['sl', 'Bitka za Francijo in Nemčijo se je končala v Južni Afriki.', ['FR', 'DE', 'ZA']],
    ['uk', 'У Туреччині та Україні зустріли делегацію з Австралії.', ['TR', 'UA', 'AU']],
    ['bg', 'Министърът на Австралия пристигна в Палермо.', ['AU', 'IT']],
    ['de', 'Der serbische Präsident reist nach Griechenland.', ['RS', 'GR']],
    ['fr', "L'Allemagne et le Brésil ont signé un accord.", ['DE', 'BR']],
    ['el', 'Ο πρόεδρος της Σερβίας επισκέφθηκε τη Γερμανία.', ['RS', 'DE']],
    ['zh', '中国与塞尔维亚签署协议。', ['CN', 'RS']],
    ['ja', '日本とドイツの首脳が会談した。', ['JP', 'DE']],
    ['ko', '독일은 프랑스와 협정을 맺었다.', ['DE', 'FR']],
    ['ar', 'زار الرئيس ألمانيا والصين يوم الاثنين.', ['DE', 'CN']],
    ['he', 'הנשיא ביקר בגרמניה ובצרפת.', ['DE', 'FR']],
    ['hu', 'Szerbiában és Németországban is havazott.', ['RS', 'DE']],
    ['tr', "Almanya'nın başbakanı Sırbistan'a gitti.", ['DE', 'RS']],
    ['fi', 'Saksassa ja Ranskassa satoi lunta.', ['DE', 'FR']],
  ])('knows the word forms of %s', (lang, text, expected) => {
    expect(codes(text, lang)).toEqual(expected);
  });

  it.each([
    ['Polens Regierungschef traf die Amerikanerin.', ['PL', 'US']],
    ['Der Ukrainekrieg und die Syrienkonferenz', ['UA', 'SY']],
    ['Unruhen in Nordsyrien und im Südirak', ['SY', 'IQ']],
    ['Ein Kölner und eine Dresdnerin', ['DE']],
    ['Der Bundesinnenminister und das Bundesverfassungsgericht', ['DE']],
    ['Ein US-Bundesrichter entschied.', ['US']],
    ['Federer gewinnt zu Ostern am Südpol im ganzen Bundesland.', []],
  ])('takes German words apart: %s', (text, expected) => {
    expect(codes(text, 'de')).toEqual(expected);
  });

  it("knows whose federal government is meant by the article's country", () => {
    expect(codes('Die Bundesregierung tagt.', 'de', 'AT')).toEqual(['AT']);
    expect(codes('Die Bundesregierung in Österreich tagt.', 'de')).toEqual(['AT']);
  });

  it('tells acronyms from words by their capitals', () => {
    expect(codes('Sada je vreme da se odluči.', 'sr', 'RS')).toEqual([]);
    expect(codes('SAD su uvele sankcije.', 'sr', 'RS')).toEqual(['US']);
    expect(codes('Tre av USAs krigsskip', 'no')).toEqual(['US']);
    expect(codes('JOIN US FOR THE SHOW', 'en')).toEqual([]);
    expect(codes('US and EU agree', 'en')).toEqual(['US', 'eu']);
  });

  it('does not take names of people, months and empty words for places', () => {
    expect(codes('Gestern sprach Marco mit Sebastian. Indem er ging, wurde es still.', 'de')).toEqual([]);
    expect(codes('It will end in March, said Kerry Packer and Jerry Douglas.', 'en')).toEqual([]);
    expect(codes('Bukan begitu.', 'id')).toEqual([]);
    expect(codes('Prerada traje do Božića.', 'sr', 'RS')).toEqual([]);
  });

  it("knows the towns of the source's country in every case, small and short ones too", () => {
    expect(codes('Fabrika u Leskovcu radi, a u Nišu ne.', 'sr', 'RS')).toEqual(['RS']);
    expect(codes('Požár v Liberci', 'cs', 'CZ')).toEqual(['CZ']);
    expect(codes('Požár v Liberci', 'cs')).toEqual([]);
  });

  it('means the metropolis unless something says that it is a namesake', () => {
    const found = codes('The U.S. president and the U.S. delegation left Washington for Paris.', 'en', 'US');
    expect(found).toEqual(['US', 'FR']);
    expect(
      codes(
        'The Lamar County sheriff and police of Texas and Oklahoma searched Paris for the boy from Tulsa.',
        'en',
        'US',
      ),
    ).toEqual(['US']);
  });

  it("reads 'Island' as Iceland in German only", () => {
    expect(codes('Island hat gewählt.', 'de')).toEqual(['IS']);
    expect(codes('The Island was sold.', 'en')).toEqual([]);
  });

  it('gives spans of the text behind a letter that is two in lower case', () => {
    const found = (text: string, lang: string) =>
      findMentions(text, { lang }).map(({ start, end }) => text.slice(start, end));
    expect(found('İ中国', 'zh')).toEqual(['中国']);
  });

  it('gives spans of the text for any text', () => {
    const place = fc.constantFrom(
      'Serbia',
      'U.S.',
      'Paris, Texas',
      'Côte d’Ivoire',
      'New York',
      '中国',
      'Србије',
      ' ',
      ', ',
      '.',
      '\n',
      'İ',
      '\u0000',
      '👩‍🚀',
    );
    const text = fc
      .array(fc.oneof(place, fc.string({ unit: 'grapheme' })), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.constantFrom('en', 'sr', 'zh', 'ar', 'hu', 'xx'), (words, lang) => {
        let last = 0;
        for (const { start, end } of findMentions(words, { lang })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(words.length);
          last = end;
        }
      }),
    );
  });
});
