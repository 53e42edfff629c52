import list from './data/correction-words.json' with { type: 'json' };

const { source: _source, ...byLanguage } = list;
const phrases = [...new Set(Object.values(byLanguage).flat())];
const anyOf = (some: readonly string[]): string =>
  some.map((phrase) => phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');

/** A single word is a notice where it heads its block ('Correction: …'): elsewhere it is a market's, a spine's, or the repair of a road. */
const heading = new RegExp(
  `^[^\\p{L}]{0,5}(?:${anyOf(phrases.filter((one) => !one.includes(' ')))})\\s{0,3}(?:[^\\p{L}\\p{M}\\s]|$)`,
  'iu',
);
const sentence = new RegExp(
  `(?<![\\p{L}\\p{M}])(?:${anyOf(phrases.filter((one) => one.includes(' ')))})(?![\\p{L}\\p{M}])`,
  'iu',
);

/** A notice stands at the beginning of its block. */
const within = 160;

/** Whether a block of an article says that the article was corrected. */
export const saysCorrected = (block: string): boolean => {
  const beginning = block.normalize('NFC').slice(0, within);
  return heading.test(beginning) || sentence.test(beginning);
};
