import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Languages that share the stop words of another. */
const sameWords: Readonly<Record<string, string>> = { sr: 'hr', bs: 'hr', mk: 'bg' };

/** Words of a language that carry no meaning of their own ('indem', 'sada'): stopwords-iso (MIT). */
export function stopWords(packages: string): (lang: string) => readonly string[] {
  const lists = createRequire(join(packages, 'x.js'))('stopwords-iso') as Record<string, string[]>;
  return (lang) => lists[sameWords[lang] ?? lang] ?? [];
}

/** First and last names of some seventy countries, lower case: @faker-js/faker (MIT). */
export async function peoplesNames(packages: string): Promise<ReadonlySet<string>> {
  const entry = createRequire(join(packages, 'x.js')).resolve('@faker-js/faker');
  const { allFakers } = (await import(pathToFileURL(entry).href)) as {
    allFakers: Record<string, { rawDefinitions: { person?: Record<string, Record<string, unknown>> } }>;
  };
  const names = new Set<string>();
  for (const { rawDefinitions } of Object.values(allFakers)) {
    for (const field of ['first_name', 'middle_name', 'last_name']) {
      for (const part of Object.values(rawDefinitions.person?.[field] ?? {})) {
        for (const name of Array.isArray(part) ? part : []) {
          if (typeof name === 'string') names.add(name.normalize('NFC').toLowerCase());
        }
      }
    }
  }
  return names;
}

/** Months and days of the week, which English and others write with a capital letter ('March' is a town too). */
export function calendar(locales: readonly string[]): ReadonlySet<string> {
  const words = new Set<string>();
  for (const locale of locales) {
    const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' });
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
    for (let at = 0; at < 12; at++) words.add(month.format(Date.UTC(2024, at, 1)).toLowerCase());
    for (let at = 1; at < 8; at++) words.add(day.format(Date.UTC(2024, 0, at)).toLowerCase());
  }
  return words;
}
