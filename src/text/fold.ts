import letters from './data/letters.json' with { type: 'json' };
import { plainDigits } from './dates/digits.ts';
import { isUnspaced } from './scripts.ts';

const tableOf = (pairs: string): ReadonlyMap<string, string> =>
  new Map(pairs.split(' ').map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']));

const { cyrillic, cyrillicInEnglish, greek, latin, latinSpelled, arabic } = letters;
const folded = new Map([cyrillic, greek, latin, arabic].flatMap((pairs) => [...tableOf(pairs)]));
const inEnglish = new Map([...folded, ...tableOf(cyrillicInEnglish)]);
const spelled = new Map([...folded, ...tableOf(latinSpelled)]);

/** Invisible characters that stand within words. */
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;
/** Marks over and under letters of these scripts are left out; those of Indic scripts are vowels. */
const mark = /[[\p{sc=Inherited}\p{scx=Latin}\p{scx=Cyrillic}\p{scx=Arabic}\p{scx=Hebrew}]&&\p{M}]/gv;
const digit = /\p{Nd}/u;
const takenApart = /[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}]/u;

function foldCharacter(character: string, table: ReadonlyMap<string, string>): string {
  const own = table.get(character);
  if (own !== undefined) return own;
  if (isUnspaced(character.charCodeAt(0)) || (character.codePointAt(0) ?? 0) >= 0x2_0000) return ` ${character} `;
  if (digit.test(character)) return plainDigits(character);
  if (!takenApart.test(character)) return character;
  const base = character.normalize('NFKD').replace(mark, '').toLowerCase();
  // What was taken apart may be a letter of the tables: a Greek one under an accent.
  return [...base].map((one) => table.get(one) ?? one).join('');
}

const beyondAscii = /[^\p{ASCII}]/u;
const everyBeyondAscii = /[^\p{ASCII}]/gu;

/** What was found out about single characters, by table. */
const known = new Map<ReadonlyMap<string, string>, Map<string, string>>();

function foldBy(text: string, table: ReadonlyMap<string, string>): string {
  const memory = known.get(table) ?? new Map<string, string>();
  known.set(table, memory);
  return text.replace(everyBeyondAscii, (character) => {
    const found = memory.get(character) ?? foldCharacter(character, table);
    memory.set(character, found);
    return found;
  });
}

/** One form of what can be written in several ways, the characters as they were. */
const composed = (text: string): string => {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text.replace(invisible, '').normalize('NFKC').toLowerCase().normalize('NFKC');
};

/**
 * A text as searches compare it: lower case, without marks, in Latin letters where it is Cyrillic or Greek, so that `Constanța` is
 * `constanta` and `мост` is `most`. Where a script writes no spaces each character stands alone. Words stay in their order.
 */
export const fold = (text: string): string => foldBy(composed(text), folded).replace(mark, '');

/** Letters with another usual spelling, and endings that English writes in several ways. */
const spelledOtherwise = /[äöüåøđ\p{sc=Cyrillic}]|(?:iy|yy|ij|yj)(?!\p{L})/u;
const word = /[\p{L}\p{M}]+/gu;
const ending = /(?:iy|yy|ij|yj)$/;

/**
 * Other spellings under which the words of a text are looked for, folded, each once: `Шойгу` is also `shoygu`, `Müller` also `mueller`.
 * What `fold` gives is not among them.
 */
export function otherSpellings(text: string): string[] {
  const whole = composed(text);
  if (!spelledOtherwise.test(whole)) return [];
  const found = new Set<string>();
  for (const [one] of whole.matchAll(word)) {
    if (!spelledOtherwise.test(one)) continue;
    const usual = fold(one);
    for (const table of [inEnglish, spelled]) {
      const other = foldBy(one, table).replace(mark, '').replace(ending, 'y');
      if (other !== usual && other !== '') found.add(other);
    }
  }
  return [...found];
}
