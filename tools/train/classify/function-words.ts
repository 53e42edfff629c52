/**
 * Writes data/function-words.json: the words that are frequent in one language of Africa and in no other, by which texts are told that
 * the language model does not know.
 *
 * Usage: npm run train:function-words -- --data FOLDER [--half]
 *   FOLDER  holds dev.jsonl.gz; only sets that the manifest allows are counted
 *   --half  leaves every second text of the languages out: for measuring only (bench:classify on the others)
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { plainWords } from '../../../src/classify/function-words.ts';
import { assertMayTrain } from './documents.ts';
import manifest from './manifest.json' with { type: 'json' };

const { values } = parseArgs({ options: { data: { type: 'string' }, half: { type: 'boolean' } } });
if (!values.data) throw new Error('--data FOLDER is needed: see the head of this file');

/** Hausa, Igbo, Lingala, Luganda, Oromo, Nigerian Pidgin, Kirundi, Shona, Tigrinya, Xhosa, Yoruba, Swahili, Somali, Amharic. */
const languages = 'ha ig ln lg om pcm rn sn ti xh yo sw so am'.split(' ');
/** More words than these add names and topics of the day. */
const wordsEach = 150;
const mostFrequent = 600;
/** A word counts for a language when every other language has it less than this share as often. */
const mostElsewhere = 0.1;
/** Of other languages the beginning of each text is enough. */
const beginning = 500;
/** Written without spaces: their texts are no words. */
const unspaced = new Set(['zh', 'ja', 'th']);

interface Row {
  readonly id: string;
  readonly source: string;
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}

const mayTrain = new Set(manifest.sets.filter(({ permission }) => permission === 'train').map(({ id }) => id));
const rows = gunzipSync(readFileSync(join(values.data, 'dev.jsonl.gz')))
  .toString('utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Row)
  .filter(({ source, lang }) => mayTrain.has(source) && !unspaced.has(lang))
  .filter(({ lang }, index) => !values.half || !languages.includes(lang) || index % 2 === 0);
assertMayTrain(new Set(rows.map(({ source }) => source)));

/** Language → word → share of the language's words. */
const shares = new Map<string, Map<string, number>>();
for (const lang of [...new Set(rows.map((row) => row.lang))].sort()) {
  const counts = new Map<string, number>();
  let total = 0;
  for (const { title, text } of rows.filter((row) => row.lang === lang)) {
    const read = languages.includes(lang) ? text : text.slice(0, beginning);
    for (const word of plainWords(`${title} ${read}`.normalize('NFC'))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total++;
    }
  }
  shares.set(lang, new Map([...counts].map(([word, count]) => [word, count / total])));
}

const isOwn = (word: string, share: number, lang: string): boolean =>
  [...shares].every(([other, words]) => other === lang || (words.get(word) ?? 0) < mostElsewhere * share);

const lists = Object.fromEntries(
  languages.map((lang) => [
    lang,
    [...(shares.get(lang) ?? [])]
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, mostFrequent)
      .filter(([word, share]) => isOwn(word, share, lang))
      .slice(0, wordsEach)
      .map(([word]) => word)
      .join(' '),
  ]),
);
const file = new URL('../../../src/classify/data/function-words.json', import.meta.url);
const output = `${JSON.stringify(lists)}\n`;
writeFileSync(file, output);
console.error(`${file.pathname}: ${(Buffer.byteLength(output) / 1000).toFixed(0)} kB, ${languages.length} languages`);
