/**
 * npm run build:calendar-names
 *
 * Writes the names of months and of days of the week that Node's Intl knows to `src/text/data/calendar-names.json`: asked of Intl
 * itself, they would cost each process 20 MB and 130 ms.
 */
import { writeFileSync } from 'node:fs';
import { plainName } from '../../../src/text/dates/months.ts';

/** Most read first: the first that has a name decides what it means where the page's own language is unknown. */
const languages =
  'en de fr es pt it nl sv da nb fi pl cs sk hu ro bg ru uk sr sr-Latn hr sl sq el tr ar he fa hi bn id ms vi th lt lv et ca eu gl ga is mk ka hy az kk uz mn ko ja zh ta te ml mr gu ur sw af fil'.split(
    ' ',
  );
/** Known only where a page says that it is written in one of them. */
const declaredOnly =
  'bs be cy lb mt fy gd br ne si my km lo am so ha yo ig zu xh rw ps ckb ky tg tk kn pa or as no bs-Cyrl pt-PT de-AT fr-CA es-MX ar-MA ar-DZ ar-TN ar-EG ar-IQ ar-SY ar-LB ar-JO zh-Hant'.split(
    ' ',
  );
const weekdayLanguages =
  'en de fr es pt it nl sv da nb fi pl cs sk hu ro bg ru uk sr sr-Latn hr sl sq el tr id vi lt lv et ca'.split(' ');

function monthsOf(language: string): string {
  const names = new Map<string, number>();
  for (const month of ['long', 'short'] as const)
    for (const day of [undefined, 'numeric'] as const) {
      const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { month, day, timeZone: 'UTC' });
      for (let m = 0; m < 12; m++) {
        const name = format.formatToParts(new Date(Date.UTC(2020, m, 15))).find((part) => part.type === 'month')?.value;
        if (name && !/^\d+/.test(name) && !names.has(plainName(name))) names.set(plainName(name), m + 1);
      }
    }
  return [...names].map(([name, month]) => `${name}:${month}`).join(',');
}

/** `name:days`, where 0 is Sunday; one short name may stand for several days in several languages. */
function weekdays(weekday: 'long' | 'short'): string {
  const names = new Map<string, Set<number>>();
  for (const language of weekdayLanguages) {
    const format = new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' });
    for (let day = 1; day <= 7; day++) {
      const name = format
        .format(Date.UTC(2026, 10, day))
        .toLowerCase()
        .replace(/\.$/, '');
      names.set(name, (names.get(name) ?? new Set()).add(day - 1));
    }
  }
  // A first name as well.
  names.delete('sun');
  return [...names].map(([name, days]) => `${name}:${[...days].join('')}`).join(',');
}

const table = (tags: readonly string[]) => Object.fromEntries(tags.map((tag) => [tag, monthsOf(tag)]));
const names = {
  source: `CLDR ${process.versions.cldr} through Node's Intl: npm run build:calendar-names`,
  months: table(languages),
  declaredOnly: table(declaredOnly),
  weekdays: { long: weekdays('long'), short: weekdays('short') },
};
const file = new URL('../../../src/text/data/calendar-names.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(names, null, 2)}\n`);
console.error(`${Object.keys(names.months).length + Object.keys(names.declaredOnly).length} languages`);
