import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import schema from '../../feeds/sources.schema.json' with { type: 'json' };
import { readCatalogue } from '../../src/catalogue/catalogue.ts';
import { catalogueJsonSchema } from '../../src/catalogue/json-schema.ts';

const file = 'feeds/sources.yaml';
const sources = readCatalogue(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), file);

const continents: Readonly<Record<string, string>> = {
  Africa: 'NG ZA KE MA EG CD SN',
  Asia: 'QA IL IN PK SG TH VN ID PH JP KR HK GE',
  Europe: 'GB IE DE FR IT PT NL SE NO UA LV RU TR BA RS ME HR MK XK AL BG RO SI GR HU PL EE ES',
  'North America': 'US CA MX',
  Oceania: 'AU NZ',
  'South America': 'BR AR UY PE',
};
const balkans = 'AL BA BG HR ME MK RO RS SI XK GR'.split(' ');

describe('the catalogue that comes with the wire', () => {
  it('lists some forty feeds or more, each with language and country, none twice', () => {
    expect(sources.length).toBeGreaterThanOrEqual(40);
    for (const { id, feeds, lang, country } of sources)
      expect({ id, feeds: feeds.length > 0, lang: !!lang, country: !!country }).toEqual({
        id,
        feeds: true,
        lang: true,
        country: true,
      });
    const feeds = sources.flatMap((source) => source.feeds);
    expect(new Set(feeds).size).toBe(feeds.length);
  });

  it('covers all continents, and the Balkans with six at least', () => {
    const listed = new Set(sources.map(({ country }) => country));
    for (const [continent, countries] of Object.entries(continents))
      expect([continent, countries.split(' ').filter((country) => listed.has(country)).length]).not.toEqual([
        continent,
        0,
      ]);
    expect(sources.filter(({ country = '' }) => balkans.includes(country)).length).toBeGreaterThanOrEqual(6);
  });

  it('gives no full text away: nobody has allowed it', () => {
    expect(sources.filter(({ content }) => content === 'full')).toEqual([]);
  });
});

describe('sources.schema.json', () => {
  it('says what the catalogue may say; `courant sources schema` writes it', () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(catalogueJsonSchema())));
  });
});
