import { chooseReading } from './choose-reading.ts';
import type { Name } from './gazetteer.ts';
import { type Find, isShout, type Mention, type Passage } from './mention.ts';
import { dollars, wordsBeforePlaces } from './place-context.ts';
import { supportIn } from './support.ts';
import { keyOf, noPlace, statedAfter, toldElsewhere } from './told-elsewhere.ts';
import type { Word } from './words.ts';

/** Tells which place each name means, by what else is named; names that mean none are left out. */
export function disambiguate(passage: Passage): Mention[] {
  const { text, words, finds } = passage;
  const support = supportIn(passage);
  const told = toldElsewhere(passage);
  return finds.flatMap((find, index) => {
    const whose = told.get(keyOf(words, find));
    const isTold = whose && (whose !== noPlace || !wordsBeforePlaces.has(words[find.first - 1]?.key ?? ''));
    const stated = statedAfter(text, find, finds[index + 1]);
    const name = isTold ? whose : chooseReading(find, passage, support, stated);
    if (!name || name.code === noPlace.code) return [];
    const kind = kindInPlace(name, words, find);
    return name.code.split('+').map((code) => ({ ...name, code, kind, start: find.start, end: find.end }));
  });
}

/** What a name says where it stands. */
function kindInPlace(name: Name, words: readonly Word[], find: Find): Name['kind'] {
  if (isCounty(name, words, find)) return 'area';
  return name.code === 'US' && dollars.has(words[find.after]?.key ?? '') ? 'hint' : name.kind;
}

/** 'Titus County' is a place, 'the county' only hints at where one is. */
function isCounty(name: Name, words: readonly Word[], find: Find): boolean {
  const word = words[find.first];
  const previous = words[find.first - 1];
  if (name.kind !== 'hint' || word?.key !== 'county' || word.first || !word.capital) return false;
  return Boolean(previous?.capital && !isShout(previous));
}
