/**
 * Writes src/classify/data/regions.json: the news regions below and UN M49 as CLDR carries it.
 *
 * Usage: node tools/build/classify/regions.ts --packages FOLDER     (FOLDER/cldr-core: `npm i --prefix … cldr-core@48.2.0`)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const newsRegions: Record<string, readonly [name: string, countries: string]> = {
  balkans: ['Balkans', 'AL BA BG HR XK ME MK RS SI GR RO'],
  'western-balkans': ['Western Balkans', 'AL BA XK ME MK RS'],
  'ex-yugoslavia': ['Former Yugoslavia', 'BA HR XK ME MK RS SI'],
  nordics: ['Nordic countries', 'DK FI IS NO SE FO GL AX'],
  baltics: ['Baltic states', 'EE LV LT'],
  benelux: ['Benelux', 'BE NL LU'],
  dach: ['German-speaking countries', 'DE AT CH LI'],
  visegrad: ['Visegrád group', 'PL CZ SK HU'],
  'british-isles': ['British Isles', 'GB IE IM JE GG'],
  iberia: ['Iberia', 'ES PT AD GI'],
  eu: ['European Union', 'AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE'],
  'post-soviet': ['Post-Soviet states', 'AM AZ BY EE GE KZ KG LV LT MD RU TJ TM UA UZ'],
  'south-caucasus': ['South Caucasus', 'AM AZ GE'],
  'central-asia': ['Central Asia', 'KZ KG TJ TM UZ'],
  'middle-east': ['Middle East', 'BH CY EG IR IQ IL JO KW LB OM PS QA SA SY TR AE YE'],
  levant: ['Levant', 'IL JO LB PS SY'],
  gulf: ['Gulf states', 'BH KW OM QA SA AE'],
  maghreb: ['Maghreb', 'DZ LY MA MR TN EH'],
  mena: ['Middle East and North Africa', 'BH DZ EG IR IQ IL JO KW LB LY MA OM PS QA SA SY TN AE YE'],
  sahel: ['Sahel', 'BF TD ML MR NE SN SD'],
  'horn-of-africa': ['Horn of Africa', 'DJ ER ET SO'],
  'great-lakes-africa': ['African Great Lakes', 'BI CD KE RW TZ UG'],
  'latin-america': ['Latin America', 'AR BO BR CL CO CR CU DO EC SV GT HN MX NI PA PY PE PR UY VE'],
  'central-america': ['Central America', 'BZ CR SV GT HN NI PA'],
  caribbean: ['Caribbean', 'AG BS BB CU DM DO GD HT JM KN LC VC TT PR'],
  'south-asia': ['South Asia', 'AF BD BT IN MV NP PK LK'],
  'southeast-asia': ['Southeast Asia', 'BN KH ID LA MY MM PH SG TH TL VN'],
  'east-asia': ['East Asia', 'CN HK JP KP KR MO MN TW'],
  pacific: ['Pacific', 'AU NZ FJ PG SB VU WS TO KI FM MH NR PW TV'],
};

/** M49 codes in the order they are listed: intermediate regions and sub-regions, then continents. */
const m49 =
  '005 011 013 014 015 017 018 021 029 030 034 035 039 053 054 057 061 143 145 151 154 155 202 419 002 009 019 142 150'.split(
    ' ',
  );

const { values } = parseArgs({ options: { packages: { type: 'string' } } });
if (!values.packages) throw new Error('--packages FOLDER is missing: the folder that holds cldr-core');
const supplemental = join(values.packages, 'cldr-core', 'supplemental', 'territoryContainment.json');
const containment = JSON.parse(readFileSync(supplemental, 'utf8')).supplemental.territoryContainment as Record<
  string,
  { _contains: string[] }
>;
const english = new Intl.DisplayNames(['en'], { type: 'region' });

/** CLDR lists outlying islands and reserved codes too; they never are what news is about. */
const noCountry = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA', 'QO', 'BV', 'HM', 'IO', 'UM', 'TF', 'GS']);

function countriesOf(code: string): string[] {
  return (containment[code]?._contains ?? []).flatMap((part) => {
    if (/^\d+$/.test(part)) return countriesOf(part);
    return noCountry.has(part) ? [] : [part];
  });
}

const slugOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '-');

const rows = Object.entries(newsRegions).map(([id, [name, countries]]) => ({
  id,
  slug: id,
  name,
  countries: countries.split(' '),
}));
for (const id of m49) {
  const name = english.of(id) ?? id;
  const taken = rows.some((row) => row.slug === slugOf(name));
  rows.push({ id, slug: taken ? `un-${slugOf(name)}` : slugOf(name), name, countries: countriesOf(id).sort() });
}
const file = new URL('../../../src/classify/data/regions.json', import.meta.url);
writeFileSync(file, `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n`);
